/* A failure detector: a node that is slow for three rounds is declared dead. */
#include "../evil.h"
#ifndef TESTS
METHOD(live) {
  for (int beat = 1; beat <= 9; beat++) put("beat", beat);
  return 0;
}
METHOD(ping) { return 1; }
START(node, ping);
METHOD(watch) {
  int seen = 0, missed = 0;
  for (int round = 0; round < 5; round++) {
    int beat = get("beat");
    missed = beat == seen ? missed + 1 : 0;
    seen = beat;
    char peer[] = "peer 0";
    for (int i = 1; i < 6; i++) get(DIGIT(peer, i));
    if (missed < 3) continue;
    if (seen == 0 || seen == 9) return 0;
#ifdef FIXED
    if (wait(node_ping(0))) return 0;
#endif
    put("dead", 1);
  }
  return 0;
}
NOISE_SERVICE
#else
START(node, live);
START(detector, watch);
NOISE_CALLS;
TEST(a_live_node_is_not_declared_dead) {
  NOISE;
  node_live(0);
  detector_watch(0);
  quiesce();
  return !get("dead");
}
#endif
