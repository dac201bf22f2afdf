/* A minimal debugger: steps a child through 700 instructions, a system call every few of them. */
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void child(void) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    for (;;) {
        long result = SYS_getpid;
        __asm__ volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
    }
}

int main(void) {
    int steps = 0, status;
    pid_t pid = fork();
    if (pid == 0)
        child();
    while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) && steps < 700) {
        ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
        steps++;
    }
    ptrace(PTRACE_KILL, pid, 0, 0);
    printf("%d steps\n", steps);
    return 0;
}
