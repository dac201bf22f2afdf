/* A program with segments of its own: a stack segment, and one of 32-bit code, both in its LDT. */
#define _GNU_SOURCE
#include <asm/ldt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#define SELECTOR(entry) ((entry) << 3 | 7)      /* of the LDT, for user mode */
#define STACK SELECTOR(0)
#define CODE SELECTOR(1)

static volatile int signals, out;
static unsigned long stack_before;
static char signal_stack[65536];
extern char spin[], behind_spin[], behind_code[];

/*
 * Every second signal leads out of the loop; the others go back into it. It runs on a stack of its own, because 32-bit
 * code may lose the upper half of RSP.
 */
static void alarm_clock(int signal, siginfo_t *info, void *context) {
    (void) signal, (void) info;
    greg_t *regs = ((ucontext_t *) context)->uc_mcontext.gregs;
    if (signals++ % 2 == 0)
        return;
    out++;
    if ((regs[REG_CSGSFS] & 0xffff) == CODE) {
        regs[REG_CSGSFS] = (regs[REG_CSGSFS] & ~0xffffL) | 0x33;
        regs[REG_RIP] = (greg_t) behind_code;
        regs[REG_RSP] = (greg_t) stack_before;
    } else if (regs[REG_RIP] >= (greg_t) spin && regs[REG_RIP] < (greg_t) behind_spin) {
        regs[REG_RIP] = (greg_t) behind_spin;
    }
}

static void segment(int entry, unsigned contents) {
    struct user_desc it = {
        .entry_number = entry, .limit = 0xfffff, .seg_32bit = 1, .contents = contents, .limit_in_pages = 1, .useable = 1
    };
    if (syscall(SYS_modify_ldt, 1, &it, sizeof it) != 0)
        perror("modify_ldt");
}

static void load_stack_segment(void) {
    __asm__ volatile("mov %w0, %%ss" : : "r"(STACK));
}

static unsigned stack_segment(void) {
    unsigned selector;
    __asm__ volatile("mov %%ss, %0" : "=r"(selector));
    return selector;
}

static void timer(long microseconds) {
    struct itimerval it = { { 0, microseconds }, { 0, microseconds } };
    setitimer(ITIMER_REAL, &it, 0);
}

/* Two jumps to each other; at the first, RCX = RIP and R11 = RFLAGS, as they are behind a SYSRET. */
static void __attribute__((noinline)) spin_on_stack_segment(void) {
    __asm__ volatile(
        "sub $128, %%rsp\n\t"                   /* step over the red zone */
        "mov %w0, %%ss\n\t"
        "lea spin(%%rip), %%rcx\n\tpushfq\n\tpop %%r11\n"
        "spin: jmp 1f\n"
        "1: jmp spin\n"
        "behind_spin: add $128, %%rsp"
        : : "r"(STACK) : "rcx", "r11", "memory", "cc");
}

/* The same in 32-bit code, which lies at that address. */
static void __attribute__((noinline)) spin_in_code_segment(unsigned long address) {
    __asm__ volatile(
        "sub $128, %%rsp\n\t"
        "mov %%rsp, %1\n\t"
        "pushfq\n\tpop %%r11\n\t"
        "mov %0, %%rcx\n\t"
        "pushq %2\n\tpushq %%rcx\n\tlretq\n"
        "behind_code: add $128, %%rsp"
        : : "r"(address), "m"(stack_before), "i"(CODE) : "rcx", "r11", "memory", "cc");
}

int main(void) {
    struct sigaction action = { .sa_sigaction = alarm_clock, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    stack_t other = { .ss_sp = signal_stack, .ss_size = sizeof signal_stack };
    sigaltstack(&other, 0);
    sigaction(SIGALRM, &action, 0);
    segment(0, MODIFY_LDT_CONTENTS_DATA);
    segment(1, MODIFY_LDT_CONTENTS_CODE);

    char *pages = mmap(0, 300 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    madvise(pages, 300 * 4096, MADV_NOHUGEPAGE);
    load_stack_segment();
    for (int i = 0; i < 300; i++)
        ((volatile char *) pages)[i * 4096] = 1;
    unsigned behind_faults = stack_segment(), behind_calls = 0;

    for (int i = 0; i < 200; i++) {
        load_stack_segment();
        syscall(SYS_getppid);
        behind_calls += stack_segment() == STACK;
    }

    unsigned char *code = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    memcpy(code, "\xeb\x00\xeb\xfc", 4);        /* two jumps to each other */
    timer(2000);
    while (out < 30)
        spin_on_stack_segment();
    while (out < 50)
        spin_in_code_segment((unsigned long) code);
    timer(0);
    printf("SS %#x behind page faults; kept by %u of 200 calls; %d signals\n", behind_faults, behind_calls, signals);
    return 0;
}
