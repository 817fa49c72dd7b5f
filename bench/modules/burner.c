/* A service that takes processor time, for the benchmarks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

static volatile unsigned sink;

static void burn(unsigned turns) {
  unsigned x = 1;
  for (unsigned i = 0; i < turns; i++) x = x * 1664525u + 1013904223u + (x >> 7);
  sink = x;
}

/* Some milliseconds. */
PARIGOT_METHOD(some) {
  burn(2000000);
  return parigot_ok(request);
}

/* Until its time is over. */
PARIGOT_METHOD(endless) {
  for (;;) burn(1000000);
}
