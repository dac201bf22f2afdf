/* A 32-bit program: system calls by the C library, by int $0x80, page faults, and a few signals. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile sig_atomic_t signals;

static void count(int signal) {
    (void) signal;
    signals++;
}

int main(void) {
    char text[100];
    int zero = open("/dev/zero", O_RDONLY), null = open("/dev/null", O_WRONLY);
    for (int i = 0; i < 250; i++)
        if (write(null, text, read(zero, text, sizeof text)) != sizeof text)
            return 1;
    for (int i = 0; i < 250; i++) {
        int result = SYS_getpid;
        __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
    }
    volatile char *memory = malloc(300 * 4096);
    for (int page = 0; page < 300; page++)
        memory[page * 4096] = 1;
    signal(SIGUSR1, count);
    for (int i = 0; i < 50; i++)
        raise(SIGUSR1);
    for (volatile long spin = 0; spin < 300000000; spin++)
        ;
    printf("%d signals\n", (int) signals);
    return 0;
}
