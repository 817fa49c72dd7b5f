/* A service that answers what it is asked, for the benchmarks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_METHOD(echo) { return parigot_ok(request); }
