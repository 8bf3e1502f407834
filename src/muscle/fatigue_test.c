#include "muscle/fatigue.h"

#include <math.h>

#include "test.h"

// The ankle of Frey-Law et al. 2012.
static const sr_fatigue ankle = {.tire = 0.00589, .recover = 0.00058, .rest_factor = 15.0, .follow = 10.0};

TEST(no_unit_is_lost)
{
  sr_pools p = sr_pools_fresh();
  for (int i = 0; i < 2000; i++) {
    sr_fatigue_pass(&ankle, (i % 7) / 6.0, i % 5 == 0, 0.37, &p);
    NEAR(p.resting + p.active + p.tired, 1.0, 1e-12);
    CHECK(p.resting >= 0.0 && p.active >= 0.0 && p.tired >= 0.0);
  }
}

// While the load is carried active units are load - F active / L, so that tired ones follow one linear equation:
//   tired = a F / R (1 - exp(-R t)),  exhausted when tired = 1 - load.
TEST(endurance_of_a_constant_load_is_that_of_its_closed_form)
{
  for (double load = 0.2; load < 0.95; load += 0.1) {
    const double active = load / (1.0 + ankle.tire / ankle.follow), most = active * ankle.tire / ankle.recover;
    const double seconds = -log(1.0 - (1.0 - load) / most) / ankle.recover;
    NEAR(sr_fatigue_endurance(&ankle, load), seconds, 0.2);  // twice the time that recruiting takes, 1 / L
  }
}

// The times that these constants were published with are those at which active units have fallen visibly short of the
// load, here by 2%; the load exceeds what is left some seconds earlier.
TEST(endurance_is_that_of_the_published_ankle)
{
  static const double load[] = {0.2, 0.3, 0.5, 0.7, 0.9}, want[] = {870.0, 455.0, 183.0, 78.0, 23.0};
  for (int i = 0; i < 5; i++) {
    sr_pools p = sr_pools_fresh();
    double t = 0.0;
    sr_fatigue_pass(&ankle, load[i], false, 1.0, &p);
    for (t = 1.0; p.active > 0.98 * load[i]; t += 0.1) sr_fatigue_pass(&ankle, load[i], false, 0.1, &p);
    NEAR(t, want[i], 1.5);
    CHECK(sr_fatigue_endurance(&ankle, load[i]) < t && sr_fatigue_endurance(&ankle, load[i]) > t - 10.0);
  }
}

// Of a load that lasts, R / (F + R) is carried for ever.
TEST(a_light_load_is_carried_for_ever)
{
  const double ever = ankle.recover / (ankle.tire + ankle.recover);
  CHECK(isinf(sr_fatigue_endurance(&ankle, 0.99 * ever)));
  CHECK(isfinite(sr_fatigue_endurance(&ankle, 1.05 * ever)));
  sr_pools p = sr_pools_fresh();
  sr_fatigue_pass(&ankle, 1.0, false, 3000.0, &p);
  NEAR(p.active, ever, 1e-3 * ever);
}

// A rest brings units back r times as fast as a load of nearly nothing.
TEST(rest_recovers)
{
  sr_pools tired = {.resting = 0.5, .tired = 0.5}, idle = tired;
  sr_fatigue_pass(&ankle, 0.0, true, 60.0, &tired);
  sr_fatigue_pass(&ankle, 0.0, false, 60.0, &idle);
  NEAR(tired.tired, 0.5 * exp(-60.0 * 15.0 * ankle.recover), 1e-6);
  NEAR(idle.tired, 0.5 * exp(-60.0 * ankle.recover), 1e-6);
}
