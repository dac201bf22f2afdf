/* Four named threads take jobs from one queue under one lock. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int waiting, closed, done;

static void *work(void *unused) {
    (void) unused;
    pthread_mutex_lock(&lock);
    while (waiting > 0 || !closed) {
        if (waiting == 0) {
            pthread_cond_wait(&changed, &lock);
            continue;
        }
        waiting--;
        pthread_mutex_unlock(&lock);
        char *pages = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memset(pages, 1, 16384);
        munmap(pages, 16384);
        pthread_mutex_lock(&lock);
        done++;
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

int main(void) {
    pthread_t worker[4];
    for (int i = 0; i < 4; i++) {
        char name[16];
        snprintf(name, sizeof name, "worker %d/4", i + 1);
        pthread_create(&worker[i], 0, work, 0);
        pthread_setname_np(worker[i], name);
    }
    for (int job = 0; job < 400; job++) {
        pthread_mutex_lock(&lock);
        waiting++;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    closed = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < 4; i++)
        pthread_join(worker[i], 0);
    printf("%d jobs\n", done);
    return 0;
}
