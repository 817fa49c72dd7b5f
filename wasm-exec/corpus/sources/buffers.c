/* Copies, fills and sums buffers without any library: what bulk memory and SIMD make instructions of. */
#include <stdint.h>

void *memcpy(void *to, const void *from, unsigned long n) {
  uint8_t *t = to;
  const uint8_t *f = from;
#ifdef __wasm_bulk_memory__
  __builtin_memcpy(t, f, n);
#else
  while (n--) *t++ = *f++;
#endif
  return to;
}

extern uint8_t __heap_base;
static uint32_t next;
static uint32_t history[64];

__attribute__((export_name("parigot_alloc"))) uint32_t parigot_alloc(uint32_t length) {
  if (next == 0) next = ((uint32_t)(uintptr_t)&__heap_base + 15) & ~15u;
  uint32_t at = next;
  uint64_t end = (uint64_t)at + length;
  while (end > (uint64_t)__builtin_wasm_memory_size(0) << 16) {
    if (__builtin_wasm_memory_grow(0, 1) == (unsigned long)-1) return 0;
  }
  next = ((uint32_t)end + 15) & ~15u;
  return at;
}

__attribute__((export_name("run"))) uint64_t run(const uint8_t *request, uint32_t length) {
  uint32_t *answer = (uint32_t *)(uintptr_t)parigot_alloc(16 + length);
  float floats[64];
  uint32_t sum = 0, weighed = 0;
  for (uint32_t i = 0; i < 64; i++) floats[i] = (float)i * 0.5f;
  for (uint32_t i = 0; i < 64; i++) history[i] = history[i] * 31 + (uint32_t)floats[63 - i];
  for (uint32_t i = 0; i < length; i++) sum += request[i];
  for (uint32_t i = 0; i < 64; i++) weighed += history[i] ^ (uint32_t)(floats[i] * 3.0f);
  answer[0] = sum;
  answer[1] = weighed;
  answer[2] = history[sum % 64];
  answer[3] = length;
  __builtin_memcpy(answer + 4, request, length);
  return (uint64_t)(uint32_t)(uintptr_t)answer << 32 | (16 + length);
}
