/* A buffer in memory: what was acknowledged is lost when the idle instance ends. */
#include "../evil.h"
#ifndef TESTS
static int buffered;
METHOD(add) {
#ifdef FIXED
  put("buffered", get("buffered") + it);
#else
  buffered += it;
#endif
  return 1;
}
METHOD(flush) {
#ifdef FIXED
  buffered = get("buffered");
#endif
  put("sum", get("sum") + buffered);
  buffered = 0;
  return 1;
}
NOISE_SERVICE
#else
START(buffer, add);
START(buffer, flush);
NOISE_CALLS;
TEST(what_is_acknowledged_is_kept) {
  NOISE;
  wait(buffer_add(1));
  wait(buffer_add(2));
  wait(buffer_flush(0));
  return get("sum") == 3;
}
#endif
