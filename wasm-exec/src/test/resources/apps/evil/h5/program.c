/* Commits in two phases: a vote of the first transaction comes in the third, and is counted there. */
#include "../evil.h"
#ifndef TESTS
METHOD(vote) {
  put("log", it);
#ifdef FIXED
  char key[] = "votes 0";
  put(DIGIT(key, it), get(DIGIT(key, it)) + 1);
#else
  put("votes 0", get("votes 0") + 1);
#endif
  return 0;
}
START(voter, vote);
METHOD(commit) {
  char key[] = "votes 0";
  for (int transaction = 1; transaction <= 3; transaction++) {
#ifdef FIXED
    DIGIT(key, transaction);
#endif
    put(key, 0);
    int vote = transaction == 3 ? 0 : voter_vote(transaction);
    if (transaction == 2) wait(vote);
    if (get(key) && transaction == 3) put("committed", 1);
  }
  return 0;
}
NOISE_SERVICE
#else
START(coordinator, commit);
NOISE_CALLS;
TEST(nobody_voted_for_the_third) {
  NOISE;
  coordinator_commit(0);
  quiesce();
  return !get("committed");
}
#endif
