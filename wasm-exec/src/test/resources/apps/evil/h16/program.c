/* The key that makes a charge happen once expires while it is being made, and the retry charges too. */
#include "../evil.h"
#ifndef TESTS
METHOD(charge) {
  if (!swap("key", 0, 1)) return 0;
  put("bank", 1);
#ifdef FIXED
  if (!swap("done", 0, 1)) return 0;
#endif
  int charges;
  do charges = get("charges");
  while (!swap("charges", charges, charges + 1));
#ifndef FIXED
  put("done", 1);
#endif
  return 0;
}
METHOD(expire) {
  char other[] = "key 0";
  for (int i = 0; i < 10; i++) get(DIGIT(other, i));
  if (!get("done")) delete("key");
  return 0;
}
NOISE_SERVICE
#else
START(payment, charge);
START(retry, charge);
START(expiry, expire);
NOISE_CALLS;
TEST(it_is_charged_once) {
  NOISE;
  payment_charge(0);
  retry_charge(0);
  expiry_expire(0);
  quiesce();
  return get("charges") == 1;
}
#endif
