/* Moves the clock of one process: LD_PRELOAD this, name a file in SOAK_CLOCK that holds seconds to add, such as "+3600".
   Only the wall clock is moved; sleeps and time-outs go by the monotonic one, as when somebody sets a machine's clock.
   (libfaketime also rewrites absolute sleeps by the monotonic clock, which then fail with EINVAL.)
   cc -shared -fPIC -O2 -o soak_clock.so soak_clock.c */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long ask(void) {
    static long told;        /* two threads that both read it write the same */
    static time_t looked;
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    if (now.tv_sec == looked) return told;
    looked = now.tv_sec;
    const char *name = getenv("SOAK_CLOCK");
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return told;
    char text[32];
    ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    if (size > 0) {
        text[size] = 0;
        told = strtol(text, NULL, 10);
    }
    return told;
}

int clock_gettime(clockid_t which, struct timespec *at) {
    int failed = (int)syscall(SYS_clock_gettime, which, at);
    if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) at->tv_sec += ask();
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    struct timespec now;
    int failed = clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
