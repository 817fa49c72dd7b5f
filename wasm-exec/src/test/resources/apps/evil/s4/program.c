/* Four services with one instance each, each of which waits for the next one's. */
#include "../evil.h"
#ifndef TESTS
START(north, touch);
START(east, touch);
START(south, touch);
START(west, touch);
METHOD(touch) { return 1; }
METHOD(work) {
  put("working", it);
  int next = it == 1 ? east_touch(0) : it == 2 ? south_touch(0) : it == 3 ? west_touch(0) : north_touch(0);
#ifdef FIXED
  if (it == 4) return 1;
#endif
  return wait(next);
}
NOISE_SERVICE
#else
START(north, work);
START(east, work);
START(south, work);
START(west, work);
NOISE_CALLS;
/* Long enough for a call to end, in the plain order. */
#define PAUSE (wait(noise1_noise(1)), wait(noise2_noise(2)))
TEST(all_end) {
  int north = north_work(1);
  PAUSE;
  int east = east_work(2);
  PAUSE;
  int south = south_work(3);
  PAUSE;
  int west = west_work(4);
  return wait(north) + wait(east) + wait(south) + wait(west) == 4;
}
#endif
