/* Two relays of an outbox: one publishes an event again, after newer ones. */
#include "../evil.h"
#ifndef TESTS
METHOD(relay) {
  for (int i = 0; i < 3; i++) {
    int event = get("sent") + 1;
    if (event > 3) return 0;
#ifdef FIXED
    int last = get("published");
    if (last < event) swap("published", last, event);
    int sent = get("sent");
    if (sent < event) swap("sent", sent, event);
#else
    put("published", event);
    put("sent", event);
#endif
  }
  return 0;
}
NOISE_SERVICE
#else
START(relay1, relay);
START(relay2, relay);
NOISE_CALLS;
TEST(the_newest_event_is_published_last) {
  NOISE;
  relay1_relay(0);
  relay2_relay(0);
  quiesce();
  return get("published") == 3;
}
#endif
