/* What was voted for last. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_CALL(rules, title);

static parigot_bytes key(void) { return parigot_text("poll/last"); }

/* An option: it is the last one now */
PARIGOT_METHOD(note) {
  parigot_result title = rules_title(request);
  return title.error ? title : parigot_kv_put(key(), title.bytes);
}

/* → the last option; 404 if there is none yet */
PARIGOT_METHOD(last) { return parigot_kv_get(key()); }
