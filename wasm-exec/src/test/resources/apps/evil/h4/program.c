/* An order is cancelled by a timer while its payment is charged. */
#include "../evil.h"
enum { CHARGED = 1, CANCELLED };
#ifndef TESTS
METHOD(charge) {
#ifdef FIXED
  if (!swap("state", 0, CHARGED)) return 0;
#else
  if (get("state")) return 0;
#endif
  put("charged", 1);
  put("receipt", 1);
#ifndef FIXED
  put("state", CHARGED);
#endif
  return 0;
}
METHOD(expire) {
  char other[] = "order 0";
  for (int i = 0; i < 8; i++) get(DIGIT(other, i));
#ifdef FIXED
  if (swap("state", 0, CANCELLED)) put("cancelled", 1);
#else
  if (get("charged")) return 0;
  put("state", CANCELLED);
  put("cancelled", 1);
#endif
  return 0;
}
NOISE_SERVICE
#else
START(payment, charge);
START(timer, expire);
NOISE_CALLS;
TEST(what_is_cancelled_is_not_charged) {
  NOISE;
  payment_charge(0);
  timer_expire(0);
  quiesce();
  return !(get("charged") && get("cancelled"));
}
#endif
