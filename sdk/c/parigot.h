/*
 * parigot.h: write a Parigot service in C. One header, C11, clang for wasm32-wasi.
 *
 *   #define PARIGOT_IMPLEMENTATION            // in exactly one file of the service
 *   #include "parigot.h"
 *
 *   PARIGOT_CALL(stock, reserve);             // this service calls `reserve` of `stock`
 *
 *   PARIGOT_METHOD(order) {                   // `parigot_bytes request` is its parameter
 *     parigot_result reserved = stock_reserve(request);
 *     if (reserved.error) return reserved;    // every call can fail
 *     return parigot_ok(parigot_text("thank you"));
 *   }
 *
 *   clang-19 --target=wasm32-wasi -mexec-model=reactor -O2 -Wl,--strip-all order.c -o order.wasm
 *
 * Memory: the request, every result of an import and everything from parigot_allocate live until
 * the next call enters this instance, and are released together. What must live longer is
 * copied to memory from malloc, and may still vanish with the instance between any two calls.
 *
 * An import that is declared here and not used is not in the compiled module.
 */
#ifndef PARIGOT_H
#define PARIGOT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Bytes ------------------------------------------------------------------------------- */

/* A view of bytes that it does not own. */
typedef struct {
  const uint8_t *ptr;
  uint32_t len;
} parigot_bytes;

/* The bytes of a NUL-terminated string, without the NUL. */
static inline parigot_bytes parigot_text(const char *text) {
  return (parigot_bytes){(const uint8_t *)text, (uint32_t)strlen(text)};
}

static inline bool parigot_equal(parigot_bytes a, parigot_bytes b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* `len` bytes, aligned to 16, until the next call enters; NULL if memory is full. */
void *parigot_allocate(uint32_t len);

/* As printf, into memory of this call. Empty if memory is full. */
__attribute__((format(printf, 1, 2))) parigot_bytes parigot_format(const char *format, ...);

/* ---- Results ----------------------------------------------------------------------------- */

/*
 * What a method returns, and what every call and import gives. `error` is 0 and `bytes` the
 * response; or `error` is the code and `bytes` its text in UTF-8. Codes from 400 to 599 mean what
 * HTTP means by them; 1000 and above are the app's own.
 */
typedef struct {
  uint32_t error;
  parigot_bytes bytes;
} parigot_result;

static inline parigot_result parigot_ok(parigot_bytes response) {
  return (parigot_result){0, response};
}

static inline parigot_result parigot_fail(uint32_t code, const char *text) {
  return (parigot_result){code, parigot_text(text)};
}

/* A result as it crosses the boundary: ptr << 32 | error << 31 | len. */
parigot_result parigot_unpack(uint64_t packed);

/* ---- Methods and calls ------------------------------------------------------------------- */

#define PARIGOT_IMPORT(module, name) \
  __attribute__((import_module(module), import_name(name))) extern

/* Begins the definition of the exported method `name`; its parameter is `request`. */
#define PARIGOT_METHOD(name)                                                                   \
  static parigot_result parigot_method_##name(parigot_bytes request);                          \
  __attribute__((export_name(#name))) uint64_t parigot_export_##name(const uint8_t *ptr,       \
                                                                     uint32_t len) {           \
    parigot_enter();                                                                           \
    return parigot_leave(parigot_method_##name((parigot_bytes){ptr, len}));                    \
  }                                                                                            \
  static parigot_result parigot_method_##name(__attribute__((unused)) parigot_bytes request)

/* Declares `service_method(request)`, which calls the method of another service and waits. */
#define PARIGOT_CALL(service, method)                                                          \
  PARIGOT_IMPORT("parigot:service/" #service, #method)                                         \
  uint64_t parigot_call_##service##_##method(const uint8_t *ptr, uint32_t len);                \
  static inline parigot_result service##_##method(parigot_bytes request) {                     \
    return parigot_unpack(parigot_call_##service##_##method(request.ptr, request.len));        \
  }                                                                                            \
  _Static_assert(1, "")

/* A call under way. It belongs to the call that made it. */
typedef int32_t parigot_future;

/* Declares `service_method_start(request)`, which begins a call; 0 if it was refused. */
#define PARIGOT_START(service, method)                                                         \
  PARIGOT_IMPORT("parigot:async/" #service, #method)                                           \
  parigot_future parigot_start_##service##_##method(const uint8_t *ptr, uint32_t len);         \
  static inline parigot_future service##_##method##_start(parigot_bytes request) {             \
    return parigot_start_##service##_##method(request.ptr, request.len);                       \
  }                                                                                            \
  _Static_assert(1, "")

/* Around every method, by PARIGOT_METHOD. */
void parigot_enter(void);
uint64_t parigot_leave(parigot_result result);

/* ---- Imports, as in docs/abi.md ---------------------------------------------------------- */

PARIGOT_IMPORT("parigot:future", "wait") uint64_t parigot_future_wait_(parigot_future);
PARIGOT_IMPORT("parigot:future", "ready") int32_t parigot_future_ready(parigot_future);
PARIGOT_IMPORT("parigot:future", "drop") void parigot_future_drop(parigot_future);

/* What the call would have given had it been waited for from the start. Consumes the future. */
static inline parigot_result parigot_future_wait(parigot_future future) {
  return parigot_unpack(parigot_future_wait_(future));
}

PARIGOT_IMPORT("parigot:call", "get") uint64_t parigot_call_get_(const uint8_t *, uint32_t);

/* "id", "caller", "deadline_ns", "attempt" or "traceparent" of the current call, as text. */
static inline parigot_result parigot_call_info(const char *key) {
  return parigot_unpack(parigot_call_get_((const uint8_t *)key, (uint32_t)strlen(key)));
}

PARIGOT_IMPORT("parigot:kv", "get") uint64_t parigot_kv_get_(const uint8_t *, uint32_t);
PARIGOT_IMPORT("parigot:kv", "put")
uint64_t parigot_kv_put_(const uint8_t *, uint32_t, const uint8_t *, uint32_t);
PARIGOT_IMPORT("parigot:kv", "delete") uint64_t parigot_kv_delete_(const uint8_t *, uint32_t);
PARIGOT_IMPORT("parigot:kv", "compare_and_set")
uint64_t parigot_kv_compare_and_set_(const uint8_t *, uint32_t, const uint8_t *, uint32_t,
                                     const uint8_t *, uint32_t);
PARIGOT_IMPORT("parigot:kv", "list")
uint64_t parigot_kv_list_(const uint8_t *, uint32_t, const uint8_t *, uint32_t, int32_t);

/* The value of a key, or 404. */
static inline parigot_result parigot_kv_get(parigot_bytes key) {
  return parigot_unpack(parigot_kv_get_(key.ptr, key.len));
}

static inline parigot_result parigot_kv_put(parigot_bytes key, parigot_bytes value) {
  return parigot_unpack(parigot_kv_put_(key.ptr, key.len, value.ptr, value.len));
}

/* Succeeds if the key is absent. */
static inline parigot_result parigot_kv_delete(parigot_bytes key) {
  return parigot_unpack(parigot_kv_delete_(key.ptr, key.len));
}

/* As the `old` of parigot_kv_compare_and_set: the key must be absent. */
#define PARIGOT_ABSENT ((parigot_bytes){NULL, UINT32_MAX})

/* Sets the value if the present one is `old`; 409 if it is not. */
static inline parigot_result parigot_kv_compare_and_set(parigot_bytes key, parigot_bytes old,
                                                        parigot_bytes value) {
  return parigot_unpack(
      parigot_kv_compare_and_set_(key.ptr, key.len, old.ptr, old.len, value.ptr, value.len));
}

/*
 * Keys with the prefix, in byte order, after the key `after` (empty: from the start); at most
 * `limit`, fewer if they would exceed 1 MiB. Read them with parigot_kv_next.
 */
static inline parigot_result parigot_kv_list(parigot_bytes prefix, parigot_bytes after,
                                             int32_t limit) {
  return parigot_unpack(
      parigot_kv_list_(prefix.ptr, prefix.len, after.ptr, after.len, limit));
}

/* Takes the next key off the bytes that parigot_kv_list gave; false at their end. */
bool parigot_kv_next(parigot_bytes *keys, parigot_bytes *key);

PARIGOT_IMPORT("parigot:queue", "send")
uint64_t parigot_queue_send_(const uint8_t *, uint32_t, const uint8_t *, uint32_t);

/* Puts a message into a queue of the manifest, which delivers it at least once. */
static inline parigot_result parigot_queue_send(const char *queue, parigot_bytes message) {
  return parigot_unpack(parigot_queue_send_((const uint8_t *)queue, (uint32_t)strlen(queue),
                                            message.ptr, message.len));
}

PARIGOT_IMPORT("parigot:config", "get") uint64_t parigot_config_get_(const uint8_t *, uint32_t);

/* The app's configuration value as text, or 404. */
static inline parigot_result parigot_config(const char *key) {
  return parigot_unpack(parigot_config_get_((const uint8_t *)key, (uint32_t)strlen(key)));
}

enum { PARIGOT_TRACE, PARIGOT_DEBUG, PARIGOT_INFO, PARIGOT_WARN, PARIGOT_ERROR };

PARIGOT_IMPORT("parigot:log", "write") void parigot_log_(int32_t, const uint8_t *, uint32_t);

/* One line of the app's log. */
static inline void parigot_log(int level, parigot_bytes line) {
  parigot_log_(level, line.ptr, line.len);
}

/* Unix time in nanoseconds; and a clock that never goes back, for durations. */
PARIGOT_IMPORT("parigot:clock", "now_ns") int64_t parigot_now_ns(void);
PARIGOT_IMPORT("parigot:clock", "monotonic_ns") int64_t parigot_monotonic_ns(void);
PARIGOT_IMPORT("parigot:clock", "sleep_ns") void parigot_sleep_ns(int64_t);

PARIGOT_IMPORT("parigot:random", "fill") void parigot_random(void *ptr, uint32_t len);

PARIGOT_IMPORT("parigot:http", "send") uint64_t parigot_http_send_(const uint8_t *, uint32_t);

/* Sends a raw HTTP/1.1 request with an absolute URL to a host that the manifest allows. */
static inline parigot_result parigot_http_send(parigot_bytes request) {
  return parigot_unpack(parigot_http_send_(request.ptr, request.len));
}

#endif /* PARIGOT_H */

#if defined(PARIGOT_IMPLEMENTATION) && !defined(PARIGOT_IMPLEMENTED)
#define PARIGOT_IMPLEMENTED

/* To use another allocator, define both before the implementation; results are 8-aligned. */
#ifndef PARIGOT_MALLOC
#define PARIGOT_MALLOC malloc
#define PARIGOT_FREE free
#endif

/* ---- Memory of a call: chunks, all released when the next call enters -------------------- */

enum { PARIGOT_CHUNK = 16 * 1024 - 64, PARIGOT_LARGEST = INT32_MAX - 64 };

typedef struct parigot_chunk {
  struct parigot_chunk *next;
  uint32_t size, used, unused;
  uint8_t room[];
} parigot_chunk;

static parigot_chunk *parigot_chunks;
static bool parigot_finished;

void parigot_enter(void) {
  if (!parigot_finished) return;
  parigot_finished = false;
  while (parigot_chunks && parigot_chunks->next) {
    parigot_chunk *chunk = parigot_chunks;
    parigot_chunks = chunk->next;
    PARIGOT_FREE(chunk);
  }
  if (parigot_chunks) parigot_chunks->used = 0;
}

void *parigot_allocate(uint32_t len) {
  if (len > PARIGOT_LARGEST) return NULL;
  uint32_t rounded = (len + 15) & ~15u;
  if (!parigot_chunks || parigot_chunks->size - parigot_chunks->used < rounded) {
    uint32_t size = rounded > PARIGOT_CHUNK ? rounded : PARIGOT_CHUNK;
    parigot_chunk *chunk = PARIGOT_MALLOC(sizeof(parigot_chunk) + size);
    if (!chunk) return NULL;
    *chunk = (parigot_chunk){parigot_chunks, size, 0, 0};
    parigot_chunks = chunk;
  }
  void *room = parigot_chunks->room + parigot_chunks->used;
  parigot_chunks->used += rounded;
  return room;
}

__attribute__((export_name("parigot_alloc"))) void *parigot_alloc(uint32_t len) {
  parigot_enter();
  return parigot_allocate(len);
}

/* ---- Results ----------------------------------------------------------------------------- */

static uint64_t parigot_pack(const uint8_t *ptr, uint32_t error, uint32_t len) {
  return (uint64_t)(uintptr_t)ptr << 32 | (uint64_t)error << 31 | len;
}

uint64_t parigot_leave(parigot_result result) {
  parigot_finished = true;
  parigot_bytes bytes = result.bytes;
  if (!result.error) return parigot_pack(bytes.ptr, 0, bytes.len);
  uint8_t *error = parigot_allocate(bytes.len + 4);
  if (!error) return parigot_pack(NULL, 1, 0);
  memcpy(error, &result.error, 4);
  if (bytes.len) memcpy(error + 4, bytes.ptr, bytes.len);
  return parigot_pack(error, 1, bytes.len + 4);
}

parigot_result parigot_unpack(uint64_t packed) {
  const uint8_t *ptr = (const uint8_t *)(uintptr_t)(packed >> 32);
  uint32_t len = packed & INT32_MAX;
  if (!(packed >> 31 & 1)) return parigot_ok((parigot_bytes){ptr, len});
  if (len < 4) return parigot_fail(507, "no memory for the result");
  parigot_result result = {0, {ptr + 4, len - 4}};
  memcpy(&result.error, ptr, 4);
  if (!result.error) result.error = 500;
  return result;
}

parigot_bytes parigot_format(const char *format, ...) {
  va_list measured, written;
  va_start(measured, format);
  va_copy(written, measured);
  int len = vsnprintf(NULL, 0, format, measured);
  va_end(measured);
  char *text = len < 0 ? NULL : parigot_allocate((uint32_t)len + 1);
  if (text) vsnprintf(text, (size_t)len + 1, format, written);
  va_end(written);
  return (parigot_bytes){(const uint8_t *)text, text ? (uint32_t)len : 0};
}

bool parigot_kv_next(parigot_bytes *keys, parigot_bytes *key) {
  uint32_t len;
  if (keys->len < 4) return false;
  memcpy(&len, keys->ptr, 4);
  if (len > keys->len - 4) return false;
  *key = (parigot_bytes){keys->ptr + 4, len};
  *keys = (parigot_bytes){keys->ptr + 4 + len, keys->len - 4 - len};
  return true;
}

#endif /* PARIGOT_IMPLEMENTATION */
