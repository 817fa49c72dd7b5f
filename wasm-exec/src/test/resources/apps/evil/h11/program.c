/* A long poll: the event comes between the look for it and the registration. */
#include "../evil.h"
#ifndef TESTS
METHOD(poll) {
#ifdef FIXED
  put("waiting", 1);
  if (get("event")) put("woken", 1);
#else
  if (get("event")) put("woken", 1);
  else put("waiting", 1);
#endif
  return 0;
}
METHOD(publish) {
  put("event", 1);
  for (int i = 0; i < 10; i++) put("audit", i);
  if (get("waiting")) put("woken", 1);
  return 0;
}
NOISE_SERVICE
#else
START(poller, poll);
START(publisher, publish);
NOISE_CALLS;
TEST(who_waits_is_woken) {
  NOISE;
  publisher_publish(0);
  poller_poll(0);
  quiesce();
  return get("woken");
}
#endif
