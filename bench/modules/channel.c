/* A service that publishes what it is asked, for the benchmarks. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_METHOD(post) { return parigot_channel_publish("ticks", request); }
