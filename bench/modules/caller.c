/* A service that passes what it is asked to another one, for the benchmarks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_CALL(echo, echo);

PARIGOT_METHOD(pass) { return echo_echo(request); }

/* A hundred calls in one, so that what the host adds to a call hardly counts. */
PARIGOT_METHOD(many) {
  for (int i = 0; i < 100; i++) {
    parigot_result answer = echo_echo(request);
    if (answer.error) return answer;
  }
  return parigot_ok((parigot_bytes){NULL, 0});
}
