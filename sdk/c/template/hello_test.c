#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_CALL(hello, greet);

PARIGOT_METHOD(test_greets_by_name) {
  parigot_result greeting = hello_greet(parigot_text("Ada"));
  PARIGOT_CHECK_OK(greeting);
  PARIGOT_CHECK_EQUAL(greeting.bytes, "Hello, Ada!");
  return parigot_ok((parigot_bytes){0});
}

PARIGOT_METHOD(test_wants_a_name) {
  PARIGOT_CHECK_ERROR(hello_greet((parigot_bytes){0}), PARIGOT_BAD_REQUEST);
  return parigot_ok((parigot_bytes){0});
}
