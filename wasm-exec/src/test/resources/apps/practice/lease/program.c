/* A leader's lease is over by the clock when it writes, and what the next leader wrote is lost. */
#include "../../evil/evil.h"
IMPORT("parigot:clock", "now_ns") long long now_ns(void);
IMPORT("parigot:clock", "sleep_ns") void sleep_ns(long long);
#define SECOND 1000000000ll
#ifndef TESTS
METHOD(lead) {
  int lease, now;
  for (;;) {
    lease = get("lease");
    now = (int)(now_ns() / SECOND);
    if (lease > now) sleep_ns((lease - now) * SECOND);
    else if (swap("lease", lease, now + 10)) break;
  }
  char progress[] = "progress 0";
  for (int i = 0; i < 3; i++) put(DIGIT(progress, it), i);
  int journal = get("journal");
  if (get("lease") != now + 10) return 0;
#ifdef FIXED
  if (!swap("journal", journal, journal * 10 + it)) return 0;
#else
  put("journal", journal * 10 + it);
#endif
  char wrote[] = "wrote 0";
  put(DIGIT(wrote, it), 1);
  return 0;
}
#else
START(node, lead);
TEST(what_a_leader_wrote_is_kept) {
  node_lead(1);
  node_lead(2);
  quiesce();
  int journal = get("journal"), one = 0, two = 0;
  for (; journal; journal /= 10) {
    one |= journal % 10 == 1;
    two |= journal % 10 == 2;
  }
  return get("wrote 1") <= one && get("wrote 2") <= two;
}
#endif
