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
START(noise1, touch);
TEST(all_end) {
  NOISE;
  int north = north_work(1), east = east_work(2), south = south_work(3);
  wait(noise1_touch(0));
  int west = west_work(4);
  return wait(north) + wait(east) + wait(south) + wait(west) == 4;
}
#endif
