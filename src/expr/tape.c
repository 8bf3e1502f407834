// Writes the tape: the live nodes in an order of evaluation, each with a slot that is free again after its last use.
#include "expr/tape.h"

#include <string.h>

typedef struct sr_writer {
  const sr_graph *g;
  sr_live live;
  int *nuse;  // (live) uses that are still to come, stores among them
  int *slot;  // (live)
  int nslot, nfree;
  int *free;   // (live) slots that hold nothing more, the last one freed is taken first
  int *store;  // (live) first output that wants this node, -1 none; store_next (nout) chains the others
  int *store_next;
  sr_instr *instr;
  int ninstr;
} sr_writer;

static int take_slot(sr_writer *w)
{
  return w->nfree > 0 ? w->free[--w->nfree] : w->nslot++;
}

static void use(sr_writer *w, int place)
{
  if (--w->nuse[place] == 0) w->free[w->nfree++] = w->slot[place];
}

static void write(sr_writer *w, int op, int y, int a, int b, double k)
{
  w->instr[w->ninstr++] = (sr_instr){.op = op, .y = y, .a = a, .b = b, .k = k};
}

// The result takes its slot before the operands give theirs back: no instruction writes what it reads.
static void write_operation(sr_writer *w, int place)
{
  const sr_node *n = &w->g->node[w->live.id[place]];
  const int noperand = sr_operand_count(n);
  const int a = noperand > 0 ? w->live.at[n->a] - 1 : -1, b = noperand > 1 ? w->live.at[n->b] - 1 : -1;
  const int y = w->slot[place] = take_slot(w);
  if (n->op == SR_OP_INPUT)
    write(w, SR_TAPE_LOAD, y, n->a, -1, 0.0);
  else
    write(w, (int)n->op, y, w->slot[a], b < 0 ? -1 : w->slot[b], n->k);
  if (a >= 0) use(w, a);
  if (b >= 0) use(w, b);
}

// A value goes out as soon as it is there, so that outputs hold no slots.
static void write_stores(sr_writer *w, int place)
{
  const sr_node *n = &w->g->node[w->live.id[place]];
  for (int o = w->store[place]; o >= 0; o = w->store_next[o]) {
    if (n->op == SR_OP_CONST) {
      write(w, SR_TAPE_STORE_CONST, o, -1, -1, n->k);
    } else {
      write(w, SR_TAPE_STORE, o, w->slot[place], -1, 0.0);
      use(w, place);
    }
  }
}

static void count_uses(sr_writer *w, const sr_ex *out, int nout)
{
  for (int i = 0; i < w->live.n; i++) {
    const sr_node *n = &w->g->node[w->live.id[i]];
    const int noperand = sr_operand_count(n);
    if (noperand > 0) w->nuse[w->live.at[n->a] - 1]++;
    if (noperand > 1) w->nuse[w->live.at[n->b] - 1]++;
    w->store[i] = -1;
  }
  for (int o = nout - 1; o >= 0; o--) {
    const int place = w->live.at[out[o].id] - 1;
    w->nuse[place]++;
    w->store_next[o] = w->store[place];
    w->store[place] = o;
  }
}

const sr_tape *sr_tape_new(const sr_graph *g, const sr_ex *out, int nout, sr_arena *keep)
{
  sr_arena *work = sr_arena_new();
  sr_writer w = {.g = g, .live = sr_live_find(g, out, nout, work)};
  w.nuse = sr_alloc(work, int, w.live.n + 1);
  w.slot = sr_alloc(work, int, w.live.n + 1);
  w.free = sr_alloc(work, int, w.live.n + 1);
  w.store = sr_alloc(work, int, w.live.n + 1);
  w.store_next = sr_alloc(work, int, nout + 1);
  w.instr = sr_alloc(work, sr_instr, w.live.n + nout + 1);
  count_uses(&w, out, nout);
  for (int i = 0; i < w.live.n; i++) {
    if (g->node[w.live.id[i]].op != SR_OP_CONST) write_operation(&w, i);
    write_stores(&w, i);
  }
  sr_instr *instr = sr_alloc(keep, sr_instr, w.ninstr + 1);
  memcpy(instr, w.instr, (size_t)w.ninstr * sizeof *instr);
  sr_tape *t = sr_alloc(keep, sr_tape, 1);
  *t = (sr_tape){.ninstr = w.ninstr, .nslot = w.nslot, .instr = instr};
  sr_arena_free(work);
  return t;
}

int sr_tape_length(const sr_tape *t)
{
  return t->ninstr;
}
