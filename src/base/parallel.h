// Jobs on several threads. A job writes what is its own alone, so that the number of threads and the order in which
// jobs come to run change no bit.
#ifndef SR_BASE_PARALLEL_H
#define SR_BASE_PARALLEL_H

// Calls job(who, i) for every i of 0..n-1, on up to `threads` threads, the caller's among them, and returns when all
// have ended. Jobs begin in their order. With one thread nothing is started.
void sr_parallel(int threads, int n, void (*job)(void *who, int i), void *who);
// The same where jobs wait for others: i begins when after[i][0] and after[i][1] have ended, both less than i, -1: no
// such job. Of those that may begin the first does.
void sr_parallel_after(int threads, int n, const int (*after)[2], void (*job)(void *who, int i), void *who);

// The same for work inside of jobs: on threads that the process is allowed and that have nothing to do just now. Where
// as many jobs as that run side by side already, all is left to the caller's thread.
void sr_parallel_spare(int n, void (*job)(void *who, int i), void *who);
// How many threads of the process may be at work at once, 1 unless said otherwise: for sr_parallel_spare alone.
void sr_parallel_allow(int threads);
int sr_parallel_allowed(void);
#endif
