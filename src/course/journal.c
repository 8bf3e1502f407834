#include "course/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "task/layout.h"

// A record is this head and `size` bytes: the key, closed by a zero, and what belongs to it. The first record is the
// question and has no key.
typedef struct head {
  char mark[8];
  uint64_t size, sum;
} head;
static const char mark[8] = {'s', 'r', '-', 's', 'o', 'l', 'v', '1'};

typedef struct entry {
  const char *key;
  off_t at;  // of the record's bytes in the file
  size_t size;
} entry;

struct sr_journal {
  sr_arena *keep;
  const char *path;
  int fd;
  int nentry, room;
  entry *entry;  // of the earlier run; never changed once the journal is open
  atomic_bool is_broken;
  sr_error trouble;
};

static uint64_t sum_of(const char *bytes, size_t size)
{
  const uint64_t n = size;
  return sr_digest(sr_digest(sr_digest_start, &n, sizeof n), bytes, size);
}

// --- bytes in and out

static void put(sr_text *t, const void *bytes, size_t size)
{
  sr_text_append(t, bytes, size);
}

static void put_count(sr_text *t, uint64_t n)
{
  put(t, &n, sizeof n);
}

static void put_doubles(sr_text *t, const double *x, size_t n)
{
  put_count(t, n);
  if (n > 0) put(t, x, n * sizeof *x);
}

// Bytes that are being read. What is taken beyond the end is nothing, and is_good says so.
typedef struct cursor {
  const char *at;
  size_t left;
  bool is_good;
} cursor;

static const char *take(cursor *c, size_t size)
{
  c->is_good = c->is_good && size <= c->left;
  if (!c->is_good) return NULL;
  const char *at = c->at;
  c->at += size;
  c->left -= size;
  return at;
}

static uint64_t take_count(cursor *c)
{
  uint64_t n = 0;
  const char *at = take(c, sizeof n);
  if (at != NULL) memcpy(&n, at, sizeof n);
  return n;
}

// As many doubles as are wanted, no more and no fewer.
static void take_doubles(cursor *c, double *x, size_t n)
{
  c->is_good = c->is_good && take_count(c) == n && n <= c->left / sizeof *x;
  const char *at = take(c, c->is_good ? n * sizeof *x : 0);
  if (at != NULL && n > 0) memcpy(x, at, n * sizeof *x);
}

static void put_result(sr_text *t, const sr_task_result *r, sr_arena *work)
{
  sr_task_result plain = *r;
  size_t size;
  plain.curves.nrow = 0;  // the columns, without the rounded numbers of a text
  const char *json = sr_task_result_to_json(&plain, work, &size);
  put_count(t, size);
  put(t, json, size);
  put_count(t, (uint64_t)r->curves.nrow);
  put_doubles(t, r->curves.at, (size_t)r->curves.nrow * (size_t)r->curves.ncol);
}

static bool take_result(cursor *c, sr_arena *keep, sr_task_result *r)
{
  const size_t size = (size_t)take_count(c);
  const char *json = take(c, size);
  if (json == NULL || !sr_task_result_from_json("journal", json, size, keep, r, NULL)) return false;
  const uint64_t nrow = take_count(c), ncol = (uint64_t)r->curves.ncol;
  c->is_good = c->is_good && (ncol > 0 ? nrow <= c->left / sizeof(double) / ncol : nrow == 0);
  if (!c->is_good) return false;
  r->curves.nrow = (int)nrow;
  r->curves.at = sr_alloc(keep, double, nrow *ncol + 1);
  take_doubles(c, r->curves.at, (size_t)(nrow * ncol));
  return c->is_good;
}

static void put_solution(sr_text *t, const sr_solution *s, const sr_model *m)
{
  const sr_layout l = sr_layout_of(m);
  const sr_traj *a = &s->traj;
  const size_t n = (size_t)a->npoint;
  put_count(t, n);
  if (n == 0) return;
  put_count(t, s->is_full_cycle);
  put_count(t, (uint64_t)a->mesh.nint);
  put_count(t, (uint64_t)a->mesh.degree);
  put_count(t, (uint64_t)l.nx);
  put_count(t, (uint64_t)l.nu);
  put_count(t, (uint64_t)a->np);
  put_doubles(t, a->x, n * (size_t)l.nx);
  put_doubles(t, a->u, n * (size_t)l.nu);
  put_doubles(t, a->p, (size_t)a->np);
}

static bool take_solution(cursor *c, sr_arena *keep, sr_solution *s)
{
  *s = (sr_solution){0};
  const uint64_t n = take_count(c);
  if (n == 0) return c->is_good;
  const bool is_full = take_count(c) != 0;
  const uint64_t nint = take_count(c), degree = take_count(c), nx = take_count(c), nu = take_count(c);
  const uint64_t np = take_count(c);
  // a point takes as many doubles as it has numbers, so what is left bounds every size
  c->is_good = c->is_good && nint <= c->left && degree >= 1 && degree <= 4 && nx <= c->left && nu <= c->left &&
               np <= c->left && nint * degree + 1 == n && nx + nu > 0 && n <= c->left / sizeof(double) / (nx + nu);
  if (!c->is_good) return false;
  *s = (sr_solution){.is_full_cycle = is_full,
                     .traj = sr_traj_new((sr_mesh){(int)nint, (int)degree}, (int)nx, (int)nu, (int)np, keep)};
  take_doubles(c, s->traj.x, (size_t)(n * nx));
  take_doubles(c, s->traj.u, (size_t)(n * nu));
  take_doubles(c, s->traj.p, np);
  return c->is_good;
}

// --- the file

static bool read_at(int fd, off_t at, void *bytes, size_t size)
{
  for (size_t n = 0; n < size;) {
    const ssize_t got = pread(fd, (char *)bytes + n, size - n, at + (off_t)n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    n += (size_t)got;
  }
  return true;
}

// The bytes of the record at a place, NULL where there is no whole one.
static char *read_record(int fd, off_t at, off_t end, sr_arena *work, size_t *size)
{
  head h;
  if (end - at < (off_t)sizeof h || !read_at(fd, at, &h, sizeof h)) return NULL;
  if (memcmp(h.mark, mark, sizeof mark) != 0 || h.size > (uint64_t)(end - at) - sizeof h) return NULL;
  char *bytes = sr_alloc(work, char, h.size + 1);
  if (!read_at(fd, at + (off_t)sizeof h, bytes, (size_t)h.size)) return NULL;
  *size = (size_t)h.size;
  return sum_of(bytes, *size) == h.sum ? bytes : NULL;
}

static bool write_record(int fd, const sr_text *bytes, sr_arena *work)
{
  head h = {.size = bytes->size, .sum = sum_of(bytes->at, bytes->size)};
  memcpy(h.mark, mark, sizeof mark);
  sr_text whole = sr_text_new(work);
  put(&whole, &h, sizeof h);
  put(&whole, bytes->at, bytes->size);
  // one call, at the end of the file wherever that is by then: records of several threads cannot mix
  const ssize_t got = write(fd, whole.at, whole.size);
  if (got >= 0 && (size_t)got < whole.size) errno = ENOSPC;
  return got == (ssize_t)whole.size && fsync(fd) == 0;
}

static void add_entry(sr_journal *j, const char *key, off_t at, size_t size)
{
  if (j->nentry == j->room) {
    const int room = j->room == 0 ? 64 : 2 * j->room;
    entry *more = sr_alloc(j->keep, entry, room);
    if (j->nentry > 0) memcpy(more, j->entry, (size_t)j->nentry * sizeof *more);
    j->entry = more;
    j->room = room;
  }
  j->entry[j->nentry++] = (entry){sr_arena_strdup(j->keep, key), at, size};
}

// Finds the records behind the question; the place behind the last good one, 0 if the question is another.
static off_t find_records(sr_journal *j, const char *question, off_t end)
{
  sr_arena *work = sr_arena_new();
  off_t at = 0;
  for (;;) {
    const sr_mark top = sr_arena_mark(work);
    size_t size = 0;
    const char *bytes = read_record(j->fd, at, end, work, &size);
    const bool is_good = bytes != NULL && (at > 0 ? memchr(bytes, '\0', size) != NULL
                                                  : size == strlen(question) && memcmp(bytes, question, size) == 0);
    if (is_good && at > 0) add_entry(j, bytes, at + (off_t)sizeof(head), size);
    if (is_good) at += (off_t)(sizeof(head) + size);
    sr_arena_release(work, top);
    if (!is_good) break;
  }
  sr_arena_free(work);
  return at;
}

static bool start(sr_journal *j, const char *question, bool is_resumed)
{
  struct stat st;
  if (fstat(j->fd, &st) != 0) return false;
  const off_t good = is_resumed ? find_records(j, question, st.st_size) : 0;
  if (ftruncate(j->fd, good) != 0) return false;
  if (good > 0) return true;
  sr_text first = sr_text_new(j->keep);
  put(&first, question, strlen(question));
  return write_record(j->fd, &first, j->keep);
}

// One run at a time writes to a folder; a file system without locks has to be trusted.
static bool is_in_use(int fd)
{
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return fcntl(fd, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN);
}

sr_journal *sr_journal_open(const char *path, const char *question, bool is_resumed, sr_error *err)
{
  const int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) {
    sr_fail(err, SR_BAD_FILE, "%s: cannot be opened: %s", path, strerror(errno));
    return NULL;
  }
  if (is_in_use(fd)) {
    sr_fail(err, SR_BAD_FILE, "%s: another run is writing there; give each its own folder", path);
    close(fd);
    return NULL;
  }
  sr_arena *keep = sr_arena_new();
  sr_journal *j = sr_alloc(keep, sr_journal, 1);
  j->keep = keep;
  j->path = sr_arena_strdup(keep, path);
  j->fd = fd;
  if (start(j, question, is_resumed)) return j;
  sr_fail(err, SR_BAD_FILE, "%s: cannot be written: %s", path, strerror(errno));
  sr_journal_close(j);
  return NULL;
}

void sr_journal_close(sr_journal *j)
{
  if (j == NULL) return;
  close(j->fd);
  sr_arena_free(j->keep);
}

int sr_journal_count(const sr_journal *j)
{
  return j->nentry;
}

bool sr_journal_find(const sr_journal *j, const char *key, sr_arena *keep, sr_task_result *r, sr_solution *s)
{
  for (int i = j->nentry - 1; i >= 0; i--) {
    if (strcmp(j->entry[i].key, key) != 0) continue;
    char *bytes = sr_alloc(keep, char, j->entry[i].size + 1);
    if (!read_at(j->fd, j->entry[i].at, bytes, j->entry[i].size)) return false;
    cursor c = {.at = bytes, .left = j->entry[i].size, .is_good = true};
    take(&c, strlen(key) + 1);
    return take_result(&c, keep, r) && take_solution(&c, keep, s) && c.left == 0;
  }
  return false;
}

void sr_journal_append(sr_journal *j, const char *key, const sr_model *m, const sr_task_result *r, const sr_solution *s)
{
  if (atomic_load(&j->is_broken)) return;
  sr_arena *work = sr_arena_new();
  sr_text bytes = sr_text_new(work);
  put(&bytes, key, strlen(key) + 1);
  put_result(&bytes, r, work);
  put_solution(&bytes, s, m);
  if (!write_record(j->fd, &bytes, work)) {
    const int why = errno;
    if (!atomic_exchange(&j->is_broken, true))
      sr_fail(&j->trouble, SR_BAD_FILE, "%s: cannot be written: %s", j->path, strerror(why));
  }
  sr_arena_free(work);
}

const char *sr_journal_trouble(const sr_journal *j)
{
  return atomic_load(&j->is_broken) ? j->trouble.text : NULL;
}

unsigned long long sr_journal_body(const sr_model *m)
{
  uint64_t h = sr_digest_start;
  for (int k = 0; k < m->nmuscle; k++) {
    const sr_model_muscle *x = &m->muscle[k];
    h = sr_digest(sr_digest(h, &x->par, sizeof x->par), &x->act_max, sizeof x->act_max);
  }
  for (int b = 0; b < m->skeleton.nbody; b++) h = sr_digest(h, &m->skeleton.body[b].mass, sizeof(double));
  for (int j = 0; j < m->skeleton.ncoord; j++) h = sr_digest(h, &m->coord[j].stiffness, sizeof(double));
  return h;
}

unsigned long long sr_journal_digest(const sr_model *m, const sr_solution *from)
{
  if (from == NULL || from->traj.npoint == 0) return 0;
  sr_arena *work = sr_arena_new();
  sr_text bytes = sr_text_new(work);
  put_solution(&bytes, from, m);
  const unsigned long long h = sr_digest(sr_digest_start, bytes.at, bytes.size);
  sr_arena_free(work);
  return h;
}
