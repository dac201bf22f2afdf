/* A 32-bit program that makes children by fork and by vfork. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    int reaped = 0;
    for (int i = 0; i < 120; i++) {
        pid_t child = i % 2 == 0 ? fork() : vfork();
        if (child == 0)
            _exit(0);
        reaped += waitpid(child, 0, 0) == child;
    }
    printf("%d children\n", reaped);
    return 0;
}
