/* A queue and a charge: a message that is delivered twice passes the check before it is set. */
#include "../evil.h"
#ifndef TESTS
METHOD(charge) {
  char charged[] = "charged 0", bank[] = "bank 0";
  if (get(DIGIT(charged, it))) return 0;
#ifdef FIXED
  swap(DIGIT(bank, it), 0, 1);
#else
  put(DIGIT(bank, it), get(DIGIT(bank, it)) + 1);
#endif
  put(charged, 1);
  return 0;
}
NOISE_SERVICE
#else
NOISE_CALLS;
TEST(each_is_charged_once) {
  NOISE;
  send("orders", 1);
  send("orders", 2);
  quiesce();
  return get("bank 1") == 1 && get("bank 2") == 1;
}
#endif
