#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_CALL(tax, added);

static int32_t sum(parigot_bytes prices) {
  int32_t total = 0;
  for (uint32_t i = 0; i < prices.len; i++) {
    total += prices.ptr[i];
  }
  return total;
}

PARIGOT_METHOD(total) {
  int32_t net = sum(request);
  parigot_result gross = tax_added((parigot_bytes){(uint8_t *)&net, sizeof net});
  return gross;
}
