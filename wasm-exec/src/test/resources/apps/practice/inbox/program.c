/* A message is marked as seen before it has its effect, which an instance that ends between loses. */
#include "../../evil/evil.h"
#ifndef TESTS
METHOD(award) {
  if (get("seen")) return 0;
#ifdef FIXED
  put("points", it);
  put("seen", 1);
#else
  put("seen", 1);
  put("points", it);
#endif
  return 0;
}
METHOD(pay) {
  put("paid", it);
  send("points", it);
  return 0;
}
#else
START(shop, pay);
TEST(points_are_awarded) {
  wait(shop_pay(50));
  quiesce();
  return get("points") == 50;
}
#endif
