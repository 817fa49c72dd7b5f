/* A service that puts what it is asked into a queue, and takes what that brings, for the benchmarks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_METHOD(post) { return parigot_queue_send("letters", request); }

PARIGOT_METHOD(take) { return parigot_ok(parigot_text("")); }
