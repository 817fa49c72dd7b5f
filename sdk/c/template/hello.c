#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

/* A name → a greeting */
PARIGOT_METHOD(greet) {
  if (!request.len) return parigot_fail(PARIGOT_BAD_REQUEST, "expected a name");
  parigot_writer greeting = {0};
  parigot_write_text(&greeting, "Hello, ");
  parigot_write(&greeting, request);
  parigot_write_text(&greeting, "!");
  return parigot_written(&greeting);
}
