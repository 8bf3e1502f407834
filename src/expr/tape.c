// Writes the tape: the live nodes in an order of evaluation, products taken into sums where only the sum wants them,
// each value in a slot that is free again after its last use.
#include "expr/tape.h"

#include <string.h>

typedef struct sr_writer {
  const sr_graph *g;
  sr_live live;
  int *nuse;        // (live) uses that are still to come, stores among them
  int *slot;        // (live)
  int *inside;      // (live) place of the product that is made together with this sum, -1 none
  bool *is_inside;  // (live) made together with a sum
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

static void write(sr_writer *w, sr_instr n)
{
  w->instr[w->ninstr++] = n;
}

static const sr_node *node_at(const sr_writer *w, int place)
{
  return &w->g->node[w->live.id[place]];
}

static int place_of(const sr_writer *w, int id)
{
  return id < 0 ? -1 : w->live.at[id] - 1;
}

static int fused_operation(sr_op product, sr_op sum, int operand)
{
#define ROW(name, of, in, at, value) \
  if (product == SR_OP_##of && sum == SR_OP_##in && (at < 0 || operand == at)) return SR_TAPE_##name;
  SR_TAPE_FUSED(ROW)
#undef ROW
  return -1;
}

// Takes products into sums: the later one of the two operands first, since its own operands are the younger.
static void choose_fused(sr_writer *w)
{
  for (int i = 0; i < w->live.n; i++) {
    const sr_node *n = node_at(w, i);
    w->inside[i] = -1;
    if (n->op != SR_OP_ADD && n->op != SR_OP_SUB) continue;
    const int a = place_of(w, n->a), b = place_of(w, n->b), later = a > b ? a : b, earlier = a > b ? b : a;
    const int choice[2] = {later, earlier};
    for (int c = 0; c < 2 && w->inside[i] < 0; c++) {
      const int p = choice[c];
      if (w->nuse[p] != 1 || fused_operation(node_at(w, p)->op, n->op, p == b) < 0) continue;
      w->inside[i] = p;
      w->is_inside[p] = true;
    }
  }
}

// The result takes its slot before the operands give theirs back: no instruction writes what it reads.
static void write_instruction(sr_writer *w, int op, int y, int a, int b, int c, double k)
{
  const int operand[3] = {a, b, c};
  int slot[3];
  w->slot[y] = take_slot(w);
  for (int o = 0; o < 3; o++) slot[o] = operand[o] < 0 ? 0 : w->slot[operand[o]];
  write(w, (sr_instr){.op = op, .y = w->slot[y], .a = slot[0], .b = slot[1], .c = slot[2], .k = k});
  for (int o = 0; o < 3; o++)
    if (operand[o] >= 0) use(w, operand[o]);
}

static void write_operation(sr_writer *w, int place)
{
  const sr_node *n = node_at(w, place);
  if (n->op == SR_OP_CONST || w->is_inside[place]) return;
  if (n->op == SR_OP_INPUT) {
    w->slot[place] = take_slot(w);
    write(w, (sr_instr){.op = SR_TAPE_LOAD, .y = w->slot[place], .a = n->a});
    return;
  }
  const int a = place_of(w, n->a), b = place_of(w, n->b), p = w->inside[place];
  if (p < 0) {
    write_instruction(w, (int)n->op, place, a, b, -1, n->k);
    return;
  }
  const sr_node *product = node_at(w, p);
  write_instruction(w, fused_operation(product->op, n->op, p == b), place, place_of(w, product->a),
                    place_of(w, product->b), p == b ? a : b, product->k);
}

// A value goes out as soon as it is there, so that outputs hold no slots.
static void write_stores(sr_writer *w, int place)
{
  const sr_node *n = node_at(w, place);
  for (int o = w->store[place]; o >= 0; o = w->store_next[o]) {
    if (n->op == SR_OP_CONST) {
      write(w, (sr_instr){.op = SR_TAPE_STORE_CONST, .y = o, .k = n->k});
    } else {
      write(w, (sr_instr){.op = SR_TAPE_STORE, .y = o, .a = w->slot[place]});
      use(w, place);
    }
  }
}

static void count_uses(sr_writer *w, const sr_ex *out, int nout)
{
  for (int i = 0; i < w->live.n; i++) {
    const sr_node *n = node_at(w, i);
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
  w.inside = sr_alloc(work, int, w.live.n + 1);
  w.is_inside = sr_alloc(work, bool, w.live.n + 1);
  w.free = sr_alloc(work, int, w.live.n + 1);
  w.store = sr_alloc(work, int, w.live.n + 1);
  w.store_next = sr_alloc(work, int, nout + 1);
  w.instr = sr_alloc(work, sr_instr, w.live.n + nout + 1);
  count_uses(&w, out, nout);
  choose_fused(&w);
  for (int i = 0; i < w.live.n; i++) {
    write_operation(&w, i);
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
