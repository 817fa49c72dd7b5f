#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_METHOD(added) {
  int32_t net;
  memcpy(&net, request.ptr, sizeof net);
  int32_t *gross = parigot_allocate(sizeof net);
  *gross = net + net / 5;
  return parigot_ok((parigot_bytes){(uint8_t *)gross, sizeof net});
}
