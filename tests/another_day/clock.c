// Moves the date of whoever is started with it (LD_PRELOAD), and of their children, by PLACETTE_CLOCK_SHIFT seconds; or by
// those that the file PLACETTE_CLOCK_FILE holds (8 bytes), at each moment: then days may pass while they run. What measures
// durations (CLOCK_MONOTONIC) is left alone. Its symbols are libc's own: that is how they come first.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t* shared(const char* path) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) abort();
    const void* page = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) abort();
    close(file);
    return page;
}

static long shift(void) {
    static int64_t fixed;
    static const int64_t* seconds;  // set last: two threads that come together read the same text twice
    const int64_t* known = __atomic_load_n(&seconds, __ATOMIC_ACQUIRE);
    if (!known) {
        const char* path = getenv("PLACETTE_CLOCK_FILE");
        const char* text = getenv("PLACETTE_CLOCK_SHIFT");
        fixed = text ? atol(text) : 0;
        known = path ? shared(path) : &fixed;
        __atomic_store_n(&seconds, known, __ATOMIC_RELEASE);
    }
    return (long)__atomic_load_n(known, __ATOMIC_RELAXED);
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
