/* A debugger that changes registers of its child at system call stops, in a different way each time. */
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define CARRY 0x1UL
#define TF 0x100UL
#define RF 0x10000UL

enum edit {
    NOTHING,
    RIP, RIP_AND_RCX, RCX, R11, RFLAGS, SS,     /* at the stop behind the call */
    RF_IN_BOTH, TF_IN_BOTH,
    LAST_PAGE, NOT_CANONICAL, VSYSCALL_PAGE,    /* RIP and RCX, to an address where nothing can run */
    ALL_REGISTERS,                              /* PTRACE_SETREGS, which no trace shows the values of */
    R11_AT_ENTRY, ALL_REGISTERS_AT_ENTRY,       /* at the stop before the call */
    EDITS
};

static pid_t pid;
static struct user_regs_struct at;              /* the registers at the stop */

static void poke(size_t offset, unsigned long value) {
    ptrace(PTRACE_POKEUSER, pid, offset, value);
}

#define POKE(register, value) poke(offsetof(struct user_regs_struct, register), (value))

static void jump(unsigned long address) {
    POKE(rip, address);
    POKE(rcx, address);
}

static void before_call(enum edit edit) {
    if (edit == R11_AT_ENTRY)
        POKE(r11, at.r11 ^ CARRY);
    if (edit == ALL_REGISTERS_AT_ENTRY) {
        at.rip++;                               /* over the NOP behind the SYSCALL */
        ptrace(PTRACE_SETREGS, pid, 0, &at);
    }
}

static void behind_call(enum edit edit) {
    switch (edit) {
    case RIP:           POKE(rip, at.rip + 1); break;
    case RIP_AND_RCX:   jump(at.rip + 1); break;
    case RCX:           POKE(rcx, 0); break;
    case R11:           POKE(r11, at.r11 ^ CARRY); break;
    case RFLAGS:        POKE(eflags, at.eflags ^ CARRY); break;
    case SS:            POKE(ss, at.cs); break;     /* no stack segment: the return faults */
    case RF_IN_BOTH:    POKE(eflags, at.eflags | RF); POKE(r11, at.eflags | RF); break;
    case TF_IN_BOTH:    POKE(eflags, at.eflags | TF); POKE(r11, at.eflags | TF); break;
    case LAST_PAGE:     jump(0x7ffffffff000); break;
    case NOT_CANONICAL: jump(0x800000000000); break;
    case VSYSCALL_PAGE: jump(0xffffffffff600009); break;
    case ALL_REGISTERS: at.rip++; ptrace(PTRACE_SETREGS, pid, 0, &at); break;
    default:            break;
    }
}

static void child(void) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    for (;;) {
        long result = SYS_getpid;
        __asm__ volatile("syscall\n\tnop" : "+a"(result) : : "rcx", "r11", "memory", "cc");
    }
}

int main(void) {
    int calls = 0, traps = 0, status;
    pid = fork();
    if (pid == 0)
        child();
    waitpid(pid, &status, 0);
    ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    int behind = 0;
    while (calls < 10 * EDITS) {
        ptrace(PTRACE_SYSCALL, pid, 0, 0);
        if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
            return 1;
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {     /* the trap flag's trap, or a fault: back to the loop */
            POKE(eflags, at.eflags);
            POKE(ss, at.ss);
            POKE(rip, at.rip);
            traps++;
            continue;
        }
        ptrace(PTRACE_GETREGS, pid, 0, &at);
        if (behind)
            behind_call(calls++ % EDITS);
        else
            before_call(calls % EDITS);
        behind = !behind;
    }
    printf("%d calls, %d traps\n", calls, traps);
    return 0;
}
