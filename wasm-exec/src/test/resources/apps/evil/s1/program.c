/* A counter over the store: two calls read the same count. */
#include "../evil.h"
#ifndef TESTS
METHOD(increment) {
#ifdef FIXED
  int count;
  do count = get("count");
  while (!swap("count", count, count + 1));
#else
  put("count", get("count") + 1);
#endif
  return 0;
}
NOISE_SERVICE
#else
START(counter, increment);
NOISE_CALLS;
TEST(both_count) {
  NOISE;
  counter_increment(0);
  counter_increment(0);
  quiesce();
  return get("count") == 2;
}
#endif
