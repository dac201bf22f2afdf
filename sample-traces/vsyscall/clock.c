/* Asks for the time in the way of 2002: by calls into the vsyscall page. */
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define GETTIMEOFDAY 0xffffffffff600000
#define TIME 0xffffffffff600400
#define GETCPU 0xffffffffff600800

static long through_rax(unsigned long function, void *first, void *second) {
    long result = (long) function;
    __asm__ volatile("sub $128, %%rsp\n\tcall *%%rax\n\tadd $128, %%rsp"
        : "+a"(result), "+D"(first), "+S"(second) : : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory", "cc");
    return result;
}

/* With RCX = RIP when the fault comes. */
static long through_rcx(unsigned long function, void *first, void *second) {
    long result;
    __asm__ volatile("sub $128, %%rsp\n\tcall *%%rcx\n\tadd $128, %%rsp"
        : "=a"(result), "+c"(function), "+D"(first), "+S"(second) : : "rdx", "r8", "r9", "r10", "r11", "memory", "cc");
    return result;
}

int main(void) {
    struct timeval now;
    unsigned cpu;
    long sum = 0;
    for (int i = 0; i < 150; i++) {
        through_rax(GETTIMEOFDAY, &now, 0);
        sum += through_rax(TIME, 0, 0) >= now.tv_sec;
        through_rax(GETCPU, &cpu, 0);
        through_rcx(TIME, 0, 0);
        getppid();
    }
    printf("%ld of 150 times in order\n", sum);
    return 0;
}
