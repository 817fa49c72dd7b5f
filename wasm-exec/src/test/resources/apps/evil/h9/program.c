/* A list of free places: its head is another one that looks the same. */
#include "../evil.h"
#ifdef FIXED
#define TURN 16
#else
#define TURN 0
#endif
#ifndef TESTS
static int pop(void) {
  for (;;) {
    int head = get("head"), place = head & 15;
    if (!place) return 0;
    char key[] = "next 0";
    int next = get(DIGIT(key, place));
    if (swap("head", head, (head & ~15) + TURN + next)) return place;
  }
}
METHOD(take) {
  int place = pop();
  char key[] = "taken 0";
  put(DIGIT(key, place), get(DIGIT(key, place)) + 1);
  return 0;
}
METHOD(refund) {
  int first = pop();
  int second = pop();
  char key[] = "taken 0";
  put(DIGIT(key, second), get(DIGIT(key, second)) + 1);
  for (int i = 0; i < 6; i++) put("audit", i);
  for (;;) {
    int head = get("head");
    char next[] = "next 0";
    put(DIGIT(next, first), head & 15);
    if (swap("head", head, (head & ~15) + TURN + first)) return 0;
  }
}
NOISE_SERVICE
#else
START(stock, take);
START(returns, refund);
NOISE_CALLS;
TEST(no_place_is_taken_twice) {
  put("head", 1);
  put("next 1", 2);
  put("next 2", 3);
  put("next 3", 4);
  put("next 4", 5);
  NOISE;
  wait(noise1_noise(1));
  int took = stock_take(0), refunded = returns_refund(0);
  wait(took), wait(refunded);
  wait(stock_take(0));
  return get("taken 1") < 2 && get("taken 2") < 2 && get("taken 3") < 2;
}
#endif
