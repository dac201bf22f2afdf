/* Two threads on one processor, whose restartable sequences are cut off by each other and by signals. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/rseq.h>
#include <sys/time.h>

static volatile sig_atomic_t signals;
static int yields_cut, loops_cut;

static void alarm_clock(int signal) {
    (void) signal;
    signals++;
}

/* A sequence around BODY; at its end, or cut off, ABORTED says which. RSEQ_SIG stands before an abort handler. */
#define SECTION(body) \
    ".pushsection __rseq_cs, \"aw\"\n\t.balign 32\n" \
    "9:\t.long 0, 0\n\t.quad 1f, 2f - 1f, 4f\n\t.popsection\n\t" \
    "lea 9b(%%rip), %%rax\n\tmov %%rax, %[descriptor]\n" \
    "1:\t" body "\n" \
    "2:\txor %[aborted], %[aborted]\n\tjmp 5f\n\t" \
    ".byte 0x0f, 0xb9, 0x3d\n\t.long 0x53053053\n" \
    "4:\tmov $1, %[aborted]\n" \
    "5:"

static struct rseq *area(void) {
    return (struct rseq *) ((char *) __builtin_thread_pointer() + __rseq_offset);
}

static int yield_in_section(void) {
    int aborted;
    __asm__ volatile(SECTION("mov $24, %%eax\n\tsyscall\n\tnop")
        : [aborted] "=&r"(aborted), [descriptor] "=m"(area()->rseq_cs) : : "rax", "rcx", "r11", "memory", "cc");
    return aborted;
}

static int loop_in_section(long turns) {
    int aborted;
    __asm__ volatile(SECTION("3: dec %[turns]\n\tjnz 3b")
        : [aborted] "=&r"(aborted), [descriptor] "=m"(area()->rseq_cs), [turns] "+r"(turns) : : "rax", "memory", "cc");
    return aborted;
}

static void *work(void *argument) {
    for (int i = 0; i < 200; i++)
        __atomic_fetch_add(&yields_cut, yield_in_section(), __ATOMIC_RELAXED);
    for (int i = 0; i < 150; i++)
        __atomic_fetch_add(&loops_cut, loop_in_section(10000000), __ATOMIC_RELAXED);
    return argument;
}

int main(void) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    sched_setaffinity(0, sizeof one, &one);
    signal(SIGALRM, alarm_clock);
    struct itimerval timer = { { 0, 10000 }, { 0, 10000 } };
    setitimer(ITIMER_REAL, &timer, 0);
    pthread_t other;
    pthread_create(&other, 0, work, 0);
    work(0);
    pthread_join(other, 0);
    printf("cut off: %d of 400 with a yield, %d of 300 loops; %d signals\n", yields_cut, loops_cut, (int) signals);
    return 0;
}
