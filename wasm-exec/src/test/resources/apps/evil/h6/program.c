/* An election among five nodes, two of which stand in the same term: a vote that comes twice is counted twice. */
#include "../evil.h"
#ifdef FIXED
#define WITH(votes, voter) ((votes) | 1 << (voter))
#define COUNT(votes) __builtin_popcount(votes)
#else
#define WITH(votes, voter) ((votes) + 1)
#define COUNT(votes) (votes)
#endif
enum { NODES = 5 };
#ifndef TESTS
START(node1, ask);
START(node2, ask);
START(node3, ask);
START(node4, ask);
START(node5, ask);
static int voted_for(int voter, int candidate) {
  char voted[] = "voted 0";
  return swap(DIGIT(voted, voter), 0, candidate);
}
METHOD(ask) {
  int candidate = it & 7, voter = it >> 3;
  if (voted_for(voter, candidate)) send(candidate == 1 ? "votes1" : "votes2", it);
  return 0;
}
METHOD(stand) {
  char votes[] = "votes 0";
  if (!voted_for(it, it)) return 0;
  put(DIGIT(votes, it), WITH(0, it));
  if (it == 1) node2_ask(2 << 3 | it);
  else node1_ask(1 << 3 | it);
  node3_ask(3 << 3 | it), node4_ask(4 << 3 | it), node5_ask(5 << 3 | it);
  return 0;
}
METHOD(count) {
  int candidate = it & 7, had, has;
  char votes[] = "votes 0", leads[] = "leads 0";
  if (get("heartbeat")) return 0;
  do had = get(DIGIT(votes, candidate)), has = WITH(had, it >> 3);
  while (!swap(votes, had, has));
  if (COUNT(has) <= NODES / 2) return 0;
  put(DIGIT(leads, candidate), 1);
  put("heartbeat", candidate);
  return 0;
}
NOISE_SERVICE
#else
START(node1, stand);
START(node2, stand);
NOISE_CALLS;
TEST(there_is_one_leader) {
  NOISE;
  node1_stand(1);
  node2_stand(2);
  quiesce();
  return !(get("leads 1") && get("leads 2"));
}
#endif
