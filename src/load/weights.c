#include "load/weights.h"

static bool read_effort(sr_rows r, sr_effort_weights *w, sr_error *err)
{
  return sr_quantity(r, "energy", &w->energy, err) && sr_quantity(r, "activation", &w->activation, err) &&
         sr_quantity(r, "exponent", &w->exponent, err) && sr_quantity(r, "acceleration", &w->acceleration, err) &&
         sr_quantity(r, "limit", &w->limit, err) && sr_quantity(r, "trunk", &w->trunk, err) &&
         sr_quantity(r, "smooth", &w->smooth, err);
}

static bool read_walk(sr_rows r, sr_walk_weights *w, sr_error *err)
{
  double size[4];
  const char *const key[4] = {"intervals", "degree", "coarse_intervals", "coarse_degree"};
  for (int i = 0; i < 4; i++)
    if (!sr_quantity(r, key[i], &size[i], err)) return false;
  w->intervals = (int)size[0];
  w->degree = (int)size[1];
  w->coarse_intervals = (int)size[2];
  w->coarse_degree = (int)size[3];
  return read_effort(r, &w->effort, err) && sr_quantity(r, "upright", &w->upright, err) &&
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

bool sr_weights_read(sr_rows tasks, sr_weights *out, sr_error *err)
{
  sr_rows rest, walk, run, still;
  double activation;
  *out = (sr_weights){0};
  if (!sr_rows_find(tasks, "rest", &rest, err) || !sr_quantity(rest, "activation", &activation, err) ||
      !sr_rows_find(tasks, "walk", &walk, err) || !read_walk(walk, &out->walk, err) ||
      !sr_rows_find(tasks, "run", &run, err) || !sr_quantity(run, "impact", &out->run.impact, err) ||
      !sr_quantity(run, "clearance", &out->run.clearance, err) ||
      !sr_quantity(run, "easy_speed", &out->run.easy_speed, err) || !sr_rows_find(tasks, "still", &still, err) ||
      !read_still(still, &out->still, err))
    return false;
  out->walk.rest = out->still.rest = activation;
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
