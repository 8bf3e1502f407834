#include "load/weights.h"

static bool read_effort(sr_rows r, sr_effort_weights *w, sr_error *err)
{
  return sr_quantity(r, "energy", &w->energy, err) && sr_quantity(r, "activation", &w->activation, err) &&
         sr_quantity(r, "exponent", &w->exponent, err) && sr_quantity(r, "acceleration", &w->acceleration, err) &&
         sr_quantity(r, "limit", &w->limit, err) && sr_quantity(r, "trunk", &w->trunk, err) &&
         sr_quantity(r, "smooth", &w->smooth, err);
}

// The mesh of a movement, and that of its cold starts.
static bool read_mesh(sr_rows r, int *intervals, int *degree, int *coarse_intervals, int *coarse_degree, sr_error *err)
{
  int *const size[4] = {intervals, degree, coarse_intervals, coarse_degree};
  const char *const key[4] = {"intervals", "degree", "coarse_intervals", "coarse_degree"};
  for (int i = 0; i < 4; i++) {
    double value;
    if (!sr_quantity(r, key[i], &value, err)) return false;
    *size[i] = (int)value;
  }
  return true;
}

static bool read_walk(sr_rows r, sr_walk_weights *w, sr_error *err)
{
  return read_mesh(r, &w->intervals, &w->degree, &w->coarse_intervals, &w->coarse_degree, err) &&
         read_effort(r, &w->effort, err) && sr_quantity(r, "upright", &w->upright, err) &&
         sr_quantity(r, "level", &w->level, err) && sr_quantity(r, "habit", &w->habit, err) &&
         sr_quantity(r, "least_load", &w->least_load, err) && sr_quantity(r, "mesh_error", &w->mesh_error, err) &&
         sr_quantity(r, "chosen_speed", &w->chosen_speed, err);
}

static bool read_still(sr_rows r, sr_static_weights *w, sr_error *err)
{
  return sr_quantity(r, "pressure_ahead", &w->pressure_ahead, err) &&
         sr_quantity(r, "heel_share", &w->heel_share, err) && sr_quantity(r, "toe_share", &w->toe_share, err) &&
         sr_quantity(r, "lifted_clearance", &w->lifted_clearance, err) &&
         sr_quantity(r, "lifted_thigh", &w->lifted_thigh, err) &&
         sr_quantity(r, "lifted_behind", &w->lifted_behind, err) &&
         sr_quantity(r, "lifted_pose", &w->lifted_pose, err) && sr_quantity(r, "trunk_lean", &w->trunk_lean, err) &&
         sr_quantity(r, "rise_step", &w->rise_step, err) && sr_quantity(r, "heels_level", &w->heels_level, err) &&
         sr_quantity(r, "small_rise", &w->small_rise, err);
}

static bool read_kick(sr_rows r, sr_kick_weights *w, sr_error *err)
{
  double intervals, degree;
  const struct {
    const char *key;
    double *to;
  } row[] = {{"speed", &w->speed},
             {"ball_height", &w->ball_height},
             {"ball_play", &w->ball_play},
             {"ball_near", &w->ball_near},
             {"ball_far", &w->ball_far},
             {"catch_ahead", &w->catch_ahead},
             {"catch_behind", &w->catch_behind},
             {"trunk_most", &w->trunk_most},
             {"least_load", &w->least_load},
             {"clearance", &w->clearance},
             {"lifted_clearance", &w->lifted_clearance},
             {"lifted_thigh", &w->lifted_thigh},
             {"shortest", &w->shortest},
             {"longest", &w->longest},
             {"joint_speed", &w->joint_speed},
             {"joint_acceleration", &w->joint_acceleration},
             {"mesh_error", &w->mesh_error},
             {"intervals", &intervals},
             {"degree", &degree}};
  for (size_t i = 0; i < sizeof row / sizeof *row; i++)
    if (!sr_quantity(r, row[i].key, row[i].to, err)) return false;
  w->intervals = (int)intervals;
  w->degree = (int)degree;
  return read_effort(r, &w->effort, err);
}

static bool read_heel_raises(sr_rows r, sr_repeat_weights *w, sr_error *err)
{
  double most;
  if (!sr_quantity(r, "height_share", &w->height_share, err) || !sr_quantity(r, "step", &w->step, err) ||
      !sr_quantity(r, "period", &w->period, err) || !sr_quantity(r, "share", &w->share, err) ||
      !sr_quantity(r, "most", &most, err))
    return false;
  w->most = (int)most;
  return true;
}

static bool read_fatigue(sr_rows r, sr_fatigue *calf, sr_fatigue *thigh, sr_error *err)
{
  if (!sr_quantity(r, "calf_tire", &calf->tire, err) || !sr_quantity(r, "calf_recover", &calf->recover, err) ||
      !sr_quantity(r, "thigh_tire", &thigh->tire, err) || !sr_quantity(r, "thigh_recover", &thigh->recover, err) ||
      !sr_quantity(r, "follow", &calf->follow, err) || !sr_quantity(r, "rest_factor", &calf->rest_factor, err))
    return false;
  thigh->follow = calf->follow;
  thigh->rest_factor = calf->rest_factor;
  return true;
}

static bool read_leap(sr_rows r, sr_leap_weights *w, sr_error *err)
{
  return read_mesh(r, &w->intervals, &w->degree, &w->coarse_intervals, &w->coarse_degree, err) &&
         sr_quantity(r, "clearance", &w->clearance, err) && sr_quantity(r, "hop_flight", &w->hop_flight, err) &&
         sr_quantity(r, "free_thigh", &w->free_thigh, err) && sr_quantity(r, "free_shank", &w->free_shank, err) &&
         sr_quantity(r, "jump_time", &w->jump_time, err) && sr_quantity(r, "height", &w->height, err) &&
         sr_quantity(r, "mesh_error", &w->mesh_error, err);
}

bool sr_weights_read(sr_rows tasks, sr_weights *out, sr_error *err)
{
  sr_rows rest, walk, run, still, kick, raises, fatigue, leap;
  double activation;
  *out = (sr_weights){0};
  if (!sr_rows_find(tasks, "rest", &rest, err) || !sr_quantity(rest, "activation", &activation, err) ||
      !sr_rows_find(tasks, "walk", &walk, err) || !read_walk(walk, &out->walk, err) ||
      !sr_rows_find(tasks, "run", &run, err) || !sr_quantity(run, "impact", &out->run.impact, err) ||
      !sr_quantity(run, "clearance", &out->run.clearance, err) ||
      !sr_quantity(run, "easy_speed", &out->run.easy_speed, err) || !sr_rows_find(tasks, "still", &still, err) ||
      !read_still(still, &out->still, err) || !sr_rows_find(tasks, "kick", &kick, err) ||
      !read_kick(kick, &out->kick, err) || !sr_rows_find(tasks, "heel_raises", &raises, err) ||
      !read_heel_raises(raises, &out->heel_raises, err) || !sr_rows_find(tasks, "fatigue", &fatigue, err) ||
      !read_fatigue(fatigue, &out->calf, &out->thigh, err) || !sr_rows_find(tasks, "leap", &leap, err) ||
      !read_leap(leap, &out->leap, err))
    return false;
  out->walk.rest = out->still.rest = out->kick.rest = activation;
  return true;
}

bool sr_weights_load(sr_weights *out, sr_error *err)
{
  sr_arena *work = sr_arena_new();
  sr_rows tasks;
  const bool is_good = sr_rows_open("tasks.toml", work, &tasks, err) && sr_weights_read(tasks, out, err);
  sr_arena_free(work);
  return is_good;
}
