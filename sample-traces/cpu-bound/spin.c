/* One thread computes on a processor that a sleeping thread shares; a third one, on another processor, wakes the sleeper. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int ends[2];
static volatile int running = 1;

static void stay_on(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static void *compute(void *sum) {
    stay_on(1);
    unsigned value = 1;
    while (running)
        value = value * 1664525 + 1013904223;
    *(unsigned *) sum = value;
    return 0;
}

static void *sleeper(void *unused) {
    char byte;
    stay_on(1);
    while (read(ends[0], &byte, 1) == 1)
        ;
    return unused;
}

int main(void) {
    pthread_t spinning, sleeping;
    unsigned sum;
    if (pipe(ends) != 0)
        return 1;
    stay_on(0);
    pthread_create(&sleeping, 0, sleeper, 0);
    pthread_create(&spinning, 0, compute, &sum);
    volatile char *memory = malloc(1000 * 4096);
    for (int page = 0; page < 1000; page++) {
        memory[page * 4096] = 1;
        for (volatile int pause = 0; pause < 1000000; pause++)
            ;
        if (page % 3 == 0 && write(ends[1], "x", 1) != 1)
            return 1;
    }
    running = 0;
    close(ends[1]);
    pthread_join(spinning, 0);
    pthread_join(sleeping, 0);
    printf("sum %u\n", sum);
    return 0;
}
