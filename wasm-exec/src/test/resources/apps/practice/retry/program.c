/* A client that has no answer for six seconds asks again, and two parcels are sent. */
#include "../../evil/evil.h"
IMPORT("parigot:clock", "sleep_ns") void sleep_ns(long long);
IMPORT("parigot:future", "ready") int future_ready(int);
IMPORT("parigot:future", "drop") void future_drop(int);
#define SECOND 1000000000ll
#ifndef TESTS
START(warehouse, ship);
METHOD(order) {
  int parcel = warehouse_ship(it);
  for (int tries = 0; tries < 2 && !future_ready(parcel); tries++) sleep_ns(3 * SECOND);
  if (future_ready(parcel)) return wait(parcel);
  future_drop(parcel);
  return wait(warehouse_ship(it));
}
METHOD(ship) {
  char shelf[] = "shelf 0";
  for (int i = 0; i < 4; i++) get(DIGIT(shelf, i));
#ifdef FIXED
  if (!swap("shipped", 0, it)) return it;
#else
  if (get("shipped")) return it;
#endif
  int parcels;
  do parcels = get("parcels");
  while (!swap("parcels", parcels, parcels + 1));
#ifndef FIXED
  put("shipped", it);
#endif
  return it;
}
#else
START(client, order);
/* It sleeps for the app to be done, which no fault cuts short. */
TEST(one_parcel_is_sent) {
  client_order(1);
  sleep_ns(60 * SECOND);
  return get("parcels") == 1;
}
#endif
