/* Eight messages: a consumer ends after its effect and before the message is acknowledged. */
#include "../evil.h"
#ifndef TESTS
METHOD(consume) {
  char key[] = "effect 0", done[] = "done 0";
  if (get(DIGIT(done, it))) return 0;
#ifdef FIXED
  get(DIGIT(key, it)), put(key, 1);
#else
  put(DIGIT(key, it), get(DIGIT(key, it)) + 1);
#endif
  put(done, 1);
  put("last", it);
  return 0;
}
NOISE_SERVICE
#else
NOISE_CALLS;
TEST(each_has_its_effect_once) {
  NOISE;
  for (int i = 1; i <= 8; i++) send("messages", i);
  quiesce();
  char key[] = "effect 0";
  return get(DIGIT(key, 5)) == 1;
}
#endif
