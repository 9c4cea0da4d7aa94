/* Answers each state of a robot that speaks FCI version 10 with a command of zero velocities, and nothing else:
   what the kernel and the machine allow. usage: echo PORT PRIORITY WARM_UP_CYCLES CYCLES FILE */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STATE = 1377, COMMAND = 371, GENERATOR = 1288, CONTROLLER = 1289, MODE = 1372, RATE = 1373, FINISHED = 313, SETTLED = 100 };

static int tcp, udp;
static uint32_t requests;
static uint8_t state[STATE + 1], command[COMMAND];
static struct sockaddr_in robot;
static uint64_t lost;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void receive_all(void *to, size_t bytes) {
    for (size_t have = 0; have < bytes;) {
        ssize_t read = recv(tcp, (char *) to + have, bytes - have, 0);
        if (read <= 0) die("the robot hung up");
        have += read;
    }
}

/* The status of the next answer. */
static int answer(void) {
    uint32_t head[3];
    uint8_t rest[64];
    receive_all(head, sizeof head);
    if (head[2] <= 12 || head[2] > 12 + sizeof rest) die("an answer of another length");
    receive_all(rest, head[2] - 12);
    return rest[0];
}

static void request(uint32_t id, const void *payload, uint32_t bytes) {
    uint8_t message[512];
    uint32_t head[3] = {id, requests++, 12 + bytes};
    memcpy(message, head, sizeof head);
    memcpy(message + 12, payload, bytes);
    if (send(tcp, message, 12 + bytes, 0) != 12 + (ssize_t) bytes) die("send");
}

static uint64_t state_id(void) {
    uint64_t id;
    memcpy(&id, state, 8);
    return id;
}

/* Takes the newest of what has come; whether there was a newer one. */
static int drain(void) {
    static uint8_t datagram[STATE + 1];
    int fresh = 0;
    for (;;) {
        socklen_t length = sizeof robot;
        ssize_t bytes = recvfrom(udp, datagram, sizeof datagram, MSG_DONTWAIT, (struct sockaddr *) &robot, &length);
        if (bytes < 0) return fresh;
        uint64_t id;
        memcpy(&id, datagram, 8);
        if (bytes == STATE && id > state_id()) {
            if (state_id()) lost += id - state_id() - 1;
            memcpy(state, datagram, STATE);
            fresh = 1;
        }
    }
}

/* Waits for a newer state; when the thread was woken. */
static int64_t await(void) {
    for (;;) {
        int64_t noticed = now();
        if (drain()) return noticed;
        struct pollfd waiting = {udp, POLLIN, 0};
        if (poll(&waiting, 1, 2000) <= 0) die("no state");
        noticed = now();
        if (drain()) return noticed;
    }
}

int main(int count, char **words) {
    if (count != 6) return 2;
    struct sched_param priority = {atoi(words[2])};
    sched_setscheduler(0, SCHED_FIFO, &priority);
    mlockall(MCL_CURRENT | MCL_FUTURE);
    long warm = atol(words[3]), cycles = atol(words[4]);
    int32_t *nanos = calloc(cycles, sizeof *nanos);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))}, own = {.sin_family = AF_INET};
    inet_aton("127.0.0.1", &address.sin_addr);
    tcp = socket(AF_INET, SOCK_STREAM, 0);
    udp = socket(AF_INET, SOCK_DGRAM, 0);
    int one = 1;
    setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    socklen_t length = sizeof own;
    if (bind(udp, (struct sockaddr *) &own, sizeof own) || getsockname(udp, (struct sockaddr *) &own, &length)) die("bind");
    if (connect(tcp, (struct sockaddr *) &address, sizeof address)) die("connect");
    uint16_t greeting[2] = {10, ntohs(own.sin_port)};
    request(0, greeting, sizeof greeting);
    if (answer()) die("another version");

    uint64_t reflexes = 0, lost_before = 0;
    double success = 0, lowest = 1;
    for (long measured = 0; measured < cycles;) {
        uint8_t move[113] = {0};
        uint32_t modes[2] = {0, 1};
        double deviations[6] = {10, 3.12, 6.28, 10, 3.12, 6.28};
        memcpy(move, modes, sizeof modes);
        memcpy(move + 8, deviations, sizeof deviations);
        await();
        request(1, move, sizeof move);
        if (answer() != 1) die("the motion is refused");
        do await(); while (state[GENERATOR] != 2);
        for (long cycle = 0;; cycle++) {
            int64_t noticed = await();
            if (state[MODE] != 2) break;
            memcpy(command, state, 8);
            command[FINISHED] = measured == cycles;
            sendto(udp, command, COMMAND, 0, (struct sockaddr *) &robot, sizeof robot);
            if (warm > 0) {
                if (--warm == 0) lost_before = lost;
            } else if (measured < cycles) {
                float rate;
                nanos[measured++] = (int32_t) (now() - noticed);
                memcpy(&rate, state + RATE, 4);
                success += rate;
                if (cycle > SETTLED && rate < lowest) lowest = rate;
            }
        }
        if (answer() && measured < cycles) {
            reflexes += warm == 0;
            request(10, "", 0);
            if (answer()) die("no recovery");
        }
    }
    FILE *file = fopen(words[5], "wb");
    uint64_t lost_states = lost - lost_before;
    int64_t no_heap = -1;
    if (!file || fwrite(&lost_states, 8, 1, file) != 1 || fwrite(&reflexes, 8, 1, file) != 1 || fwrite(&success, 8, 1, file) != 1
        || fwrite(&lowest, 8, 1, file) != 1 || fwrite(&no_heap, 8, 1, file) != 1 || fwrite(nanos, 4, cycles, file) != (size_t) cycles
        || fclose(file)) die(words[5]);
    return 0;
}
