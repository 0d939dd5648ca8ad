// Moves the date of whoever is started with it (LD_PRELOAD), and of their children, by PLACETTE_CLOCK_SHIFT seconds. What
// measures durations (CLOCK_MONOTONIC) is left alone. Its symbols are libc's own: that is how they come first.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long shift(void) {
    static long seconds;
    static int known;  // set last: two threads that come together read the same text twice
    if (!known) {
        const char* text = getenv("PLACETTE_CLOCK_SHIFT");
        seconds = text ? atol(text) : 0;
        __atomic_store_n(&known, 1, __ATOMIC_RELEASE);
    }
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
    const long failed = syscall(SYS_clock_gettime, clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
    return (int)failed;
}

int gettimeofday(struct timeval* restrict now, void* restrict zone) {
    (void)zone;
    struct timespec precise;
    const int failed = clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return failed;
}

time_t time(time_t* kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}
