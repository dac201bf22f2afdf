/* SIGALRM every 400 microseconds while the program spins, makes system calls, and sleeps in one. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;

static void tick(int signal) {
    (void) signal;
    ticks++;
}

static void install(int flags) {
    struct sigaction action = { .sa_handler = tick, .sa_flags = flags };
    sigaction(SIGALRM, &action, 0);
}

int main(void) {
    struct itimerval often = { { 0, 400 }, { 0, 400 } }, never = { { 0, 0 }, { 0, 0 } };
    install(SA_RESTART);
    setitimer(ITIMER_REAL, &often, 0);
    while (ticks < 300)                     /* interrupted between two instructions */
        ;
    while (ticks < 312)                     /* interrupted in, or right after, a system call */
        syscall(SYS_getppid);
    int ends[2];
    char byte;
    if (pipe(ends) != 0)
        return 1;
    if (fork() == 0) {                      /* a read that signals interrupt and that is restarted */
        usleep(20000);
        _exit(write(ends[1], "x", 1) != 1);
    }
    if (read(ends[0], &byte, 1) != 1)
        return 1;
    install(0);
    while (ticks < 500) {                   /* a sleep that ends with EINTR */
        struct timespec second = { 1, 0 };
        nanosleep(&second, 0);
    }
    setitimer(ITIMER_REAL, &never, 0);
    printf("%d ticks\n", (int) ticks);
    return 0;
}
