/* A program that sets its own trap flag, so that its system calls are made, and left, with TF set. */
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>

static volatile sig_atomic_t traps;

static void trap(int signal) {
    (void) signal;
    traps++;
}

static long traced_getpid(void) {
    long result = SYS_getpid;
    __asm__ volatile(
        "sub $128, %%rsp\n\t"               /* step over the red zone */
        "pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\t"
        "syscall\n\t"
        "pushfq\n\tandq $~0x100, (%%rsp)\n\tpopfq\n\t"
        "add $128, %%rsp"
        : "+a"(result) : : "rcx", "r11", "memory", "cc");
    return result;
}

int main(void) {
    signal(SIGTRAP, trap);
    for (int i = 0; i < 150; i++)
        traced_getpid();
    printf("%d traps\n", (int) traps);
    return 0;
}
