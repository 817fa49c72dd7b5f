/* Two workers and a lease, which runs out under the first: it writes all the same. */
#include "../evil.h"
#ifndef TESTS
METHOD(work) {
  int token;
  do token = get("token");
  while (!swap("token", token, token + 1));
  token++;
  char progress[] = "progress 0";
  for (int i = 0; i < 6; i++) put(DIGIT(progress, token), i);
#ifdef FIXED
  int newest;
  do {
    newest = get("fence");
    if (newest > token) return 0;
  } while (!swap("fence", newest, token));
  do {
    newest = get("data");
    if (newest > token) return 0;
  } while (!swap("data", newest, token));
#else
  if (get("token") == token) put("data", token);
#endif
  return 0;
}
NOISE_SERVICE
#else
START(first, work);
START(second, work);
NOISE_CALLS;
TEST(the_newest_lease_wins) {
  NOISE;
  first_work(0);
  second_work(0);
  quiesce();
  return get("data") == 2;
}
#endif
