// A service that uses what the C library gets from WASI.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define EXPORT(name) __attribute__((export_name(name)))

static long long packed(const char *text) {
  return (long long)(size_t)text << 32 | strlen(text);
}

EXPORT("parigot_alloc") void *alloc(int len) { return malloc(len); }
EXPORT("parigot_free") void release(void *at, int len) { free(at); }

EXPORT("print") long long print(const char *request, int len) {
  printf("out: %.*s\nsecond", len, request);
  fflush(stdout);
  fprintf(stderr, "err: %.*s\n", len, request);
  return 0;
}

EXPORT("currency") long long currency(const char *request, int len) {
  const char *value = getenv("CURRENCY");
  return packed(value ? value : "none");
}

EXPORT("later") long long later(const char *request, int len) {
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  usleep(20000);
  clock_gettime(CLOCK_MONOTONIC, &after);
  long long nanos = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
  return packed(nanos >= 20000000 ? "later" : "too early");
}

EXPORT("random_bytes") long long random_bytes(const char *request, int len) {
  static unsigned char bytes[16];
  getentropy(bytes, sizeof bytes);
  return (long long)(size_t)bytes << 32 | sizeof bytes;
}

EXPORT("open_file") long long open_file(const char *request, int len) {
  return packed(fopen("/etc/passwd", "r") ? "opened" : "refused");
}

EXPORT("leave") long long leave(const char *request, int len) { exit(3); }
