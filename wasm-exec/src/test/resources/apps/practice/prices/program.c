/* A price is kept in the memory of an instance, which does not see it change in another one. */
#include "../../evil/evil.h"
#ifndef TESTS
static int price;
METHOD(show) {
#ifdef FIXED
  price = get("price");
#else
  if (!price) price = get("price");
#endif
  return price;
}
METHOD(change) {
  put("price", it);
  price = it;
  return 0;
}
#else
START(prices, show);
START(prices, change);
TEST(a_new_price_is_shown) {
  put("price", 10);
  int one = prices_show(0), two = prices_show(0);
  wait(one);
  wait(two);
  wait(prices_change(12));
  one = prices_show(0);
  two = prices_show(0);
  return wait(one) == 12 && wait(two) == 12;
}
#endif
