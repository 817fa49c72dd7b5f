// A CGI program. Its path says what it does.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

int main(int argc, char **argv) {
  const char *path = getenv("PATH_INFO");
  static int runs;
  if (strcmp(path, "/env") == 0) {
    printf("Content-Type: text/plain\n\n");
    for (char **each = environ; *each; each++) puts(*each);
  } else if (strcmp(path, "/echo") == 0) {
    char buffer[1000];
    printf("Content-Type: application/octet-stream\n\n");
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, stdin)) > 0;) fwrite(buffer, 1, n, stdout);
  } else if (strcmp(path, "/runs") == 0) {
    printf("Content-Type: text/plain\n\n%d of %s", ++runs, argv[0]);
  } else if (strcmp(path, "/complain") == 0) {
    fprintf(stderr, "first\nsecond");
    printf("Status: 204\n\n");
  } else if (strcmp(path, "/exit") == 0) {
    printf("Content-Type: text/plain\n\nlost");
    fflush(stdout);
    exit(3);
  } else if (strcmp(path, "/exit0") == 0) {
    printf("Content-Type: text/plain\n\nkept");
    exit(0);
  } else if (strcmp(path, "/trap") == 0) {
    __builtin_trap();
  } else if (strcmp(path, "/spin") == 0) {
    for (volatile int i = 0;; i++);
  } else if (strcmp(path, "/flood") == 0) {
    static char block[1 << 16];
    for (;;) fwrite(block, 1, sizeof block, stdout);
  }
  return 0;
}
