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

/* What a debugger need not show: it steps from a call straight into the method that is called. */
#define PARIGOT_GLUE __attribute__((nodebug))

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

/* Codes that the platform uses; 400 to 599 mean what HTTP means by them. */
enum {
  PARIGOT_BAD_REQUEST = 400,
  PARIGOT_NOT_FOUND = 404,
  PARIGOT_TIMED_OUT = 408,
  PARIGOT_CONFLICT = 409,
  PARIGOT_EXPECTATION_FAILED = 417, /* of a check in a test */
  PARIGOT_TOO_MANY_REQUESTS = 429,
  PARIGOT_NO_MEMORY = 507,
};

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

/* ---- Text that grows --------------------------------------------------------------------- */

/* Text that grows, in memory of this call. Begin with {0}. */
typedef struct {
  uint8_t *ptr;
  uint32_t len, room;
  bool full; /* memory was, and something is missing */
} parigot_writer;

void parigot_write(parigot_writer *writer, parigot_bytes bytes);
void parigot_write_text(parigot_writer *writer, const char *text);
void parigot_write_integer(parigot_writer *writer, int64_t integer);

/* What was written, as the result of a method; 507 if memory was full. */
static inline parigot_result parigot_written(const parigot_writer *writer) {
  if (writer->full) return parigot_fail(PARIGOT_NO_MEMORY, "no memory for the response");
  return parigot_ok((parigot_bytes){writer->ptr, writer->len});
}

/* ---- Methods and calls ------------------------------------------------------------------- */

#define PARIGOT_IMPORT(module, name) \
  __attribute__((import_module(module), import_name(name))) extern

/* Begins the definition of the exported method `name`; its parameter is `request`. */
#define PARIGOT_METHOD(name)                                                                   \
  static parigot_result parigot_method_##name(parigot_bytes request);                          \
  __attribute__((export_name(#name))) PARIGOT_GLUE                                             \
  uint64_t parigot_export_##name(const uint8_t *ptr, uint32_t len) {                           \
    parigot_enter();                                                                           \
    return parigot_leave(parigot_method_##name((parigot_bytes){ptr, len}));                    \
  }                                                                                            \
  static parigot_result parigot_method_##name(__attribute__((unused)) parigot_bytes request)

/* Declares `service_method(request)`, which calls the method of another service and waits. */
#define PARIGOT_CALL(service, method)                                                          \
  PARIGOT_IMPORT("parigot:service/" #service, #method)                                         \
  uint64_t parigot_call_##service##_##method(const uint8_t *ptr, uint32_t len);                \
  PARIGOT_GLUE static inline parigot_result service##_##method(parigot_bytes request) {        \
    return parigot_unpack(parigot_call_##service##_##method(request.ptr, request.len));        \
  }                                                                                            \
  _Static_assert(1, "")

/* A call under way. It belongs to the call that made it. */
typedef int32_t parigot_future;

/*
 * Declares `service_method_start(request)`, which begins a call and does not wait; 0 if it was
 * refused, and then parigot_future_wait gives 429.
 */
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
PARIGOT_IMPORT("parigot:future", "ready") int32_t parigot_future_ready_(parigot_future);
PARIGOT_IMPORT("parigot:future", "drop") void parigot_future_drop_(parigot_future);

/* What the call would have given had it been waited for from the start. Consumes the future. */
static inline parigot_result parigot_future_wait(parigot_future future) {
  if (!future) return parigot_fail(PARIGOT_TOO_MANY_REQUESTS, "the call was refused");
  return parigot_unpack(parigot_future_wait_(future));
}

/* Whether parigot_future_wait would return at once. */
static inline bool parigot_future_ready(parigot_future future) {
  return !future || parigot_future_ready_(future) != 0;
}

/* Lets the call go on unwatched. Consumes the future. */
static inline void parigot_future_drop(parigot_future future) {
  parigot_future_drop_(future);
}

PARIGOT_IMPORT("parigot:call", "get") uint64_t parigot_call_get_(const uint8_t *, uint32_t);

/* "id", "caller", "deadline_ns", "attempt" or "traceparent" of the current call, as text. */
static inline parigot_result parigot_call_info(const char *key) {
  return parigot_unpack(parigot_call_get_((const uint8_t *)key, (uint32_t)strlen(key)));
}

/* The id of who is signed in; the error PARIGOT_NOT_FOUND if nobody is. */
static inline parigot_result parigot_call_user(void) { return parigot_call_info("user"); }

/* What is known of him: a JSON object with id, email, email_verified, name, provider. */
static inline parigot_result parigot_call_claims(void) { return parigot_call_info("claims"); }

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

PARIGOT_IMPORT("parigot:channel", "publish")
uint64_t parigot_channel_publish_(const uint8_t *, uint32_t, const uint8_t *, uint32_t);

/*
 * Sends a message of 64 KiB at most to whoever listens to a channel of the manifest now: once or,
 * if a connection breaks, never. That nobody listens is no error.
 */
static inline parigot_result parigot_channel_publish(const char *channel, parigot_bytes message) {
  return parigot_unpack(parigot_channel_publish_((const uint8_t *)channel,
                                                 (uint32_t)strlen(channel), message.ptr,
                                                 message.len));
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

/*
 * Sends a raw HTTP/1.1 request with an absolute URL to a host that the manifest allows, and gives
 * the raw response; 400 not a request, 403 not allowed, 502 unreachable, 504 late.
 */
static inline parigot_result parigot_http_send(parigot_bytes request) {
  return parigot_unpack(parigot_http_send_(request.ptr, request.len));
}

/* ---- HTTP/1.1 messages: what a method named http gets and returns, and what is sent ------- */

/*
 * A request, as views of the message. `target` is the path and the query as sent; `path` and
 * `query` are its parts, still encoded.
 */
typedef struct {
  parigot_bytes method, target, path, query, headers, body;
} parigot_http_request;

typedef struct {
  uint32_t status;
  parigot_bytes headers, body;
} parigot_http_response;

/* Each reads a message; false if it is none. */
bool parigot_http_read_request(parigot_bytes message, parigot_http_request *request);
bool parigot_http_read_response(parigot_bytes message, parigot_http_response *response);

/* The first value of a header, whatever the case of its name; {NULL, 0} if there is none. */
parigot_bytes parigot_http_header(parigot_bytes headers, const char *name);

/* The first field of that name in a query or a form's body, decoded; {NULL, 0} if there is none. */
parigot_bytes parigot_http_field(parigot_bytes encoded, const char *name);

/* A whole response. */
parigot_result parigot_http_respond(uint32_t status, const char *content_type, parigot_bytes body);

/*
 * A message in steps: one of the first two, headers, and the end with the body, which adds
 * Content-Length and gives the message.
 */
void parigot_http_begin_response(parigot_writer *writer, uint32_t status);
void parigot_http_begin_request(parigot_writer *writer, const char *method, parigot_bytes url);
void parigot_http_write_header(parigot_writer *writer, const char *name, parigot_bytes value);
parigot_result parigot_http_end(parigot_writer *writer, parigot_bytes body);

/* ---- Test modules: methods whose name begins with test, which pass if they do not fail ----- */

/* These imports are refused in any other module. */
PARIGOT_IMPORT("parigot:test", "advance_ns") void parigot_test_advance_ns(int64_t);
PARIGOT_IMPORT("parigot:test", "quiesce") void parigot_test_quiesce(void);
PARIGOT_IMPORT("parigot:test", "run_cron")
uint64_t parigot_test_run_cron_(const uint8_t *, uint32_t);

/* Makes the call of a schedule of the manifest now, and gives its response. */
static inline parigot_result parigot_test_run_cron(const char *name) {
  return parigot_unpack(parigot_test_run_cron_((const uint8_t *)name, (uint32_t)strlen(name)));
}

PARIGOT_IMPORT("parigot:test", "published")
uint64_t parigot_test_published_(const uint8_t *, uint32_t);

/* What a channel got since the test began, oldest first; parigot_kv_next takes one off the bytes. */
static inline parigot_result parigot_test_published(const char *channel) {
  return parigot_unpack(
      parigot_test_published_((const uint8_t *)channel, (uint32_t)strlen(channel)));
}

PARIGOT_IMPORT("parigot:test", "sign_in")
uint64_t parigot_test_sign_in_(const uint8_t *, uint32_t);

/* Makes the test act as a user from now on: a JSON object with an "id"; "" for nobody. */
static inline parigot_result parigot_test_sign_in(const char *claims) {
  return parigot_unpack(parigot_test_sign_in_((const uint8_t *)claims, (uint32_t)strlen(claims)));
}

/*
 * Each checks one thing and, if it does not hold, RETURNS from the test with an error that says
 * where and what: to be used in a method of a test module, not in a function of another type.
 */
#define PARIGOT_CHECK(condition) PARIGOT_CHECKED(parigot_check(condition, #condition))
#define PARIGOT_CHECK_EQUAL(bytes, text) PARIGOT_CHECKED(parigot_check_equal(bytes, text))
#define PARIGOT_CHECK_NUMBER(actual, expected) PARIGOT_CHECKED(parigot_check_number(actual, expected))
#define PARIGOT_CHECK_OK(result) PARIGOT_CHECKED(parigot_check_ok(result))
#define PARIGOT_CHECK_ERROR(result, code) PARIGOT_CHECKED(parigot_check_error(result, code))

#define PARIGOT_CHECKED(failure)                                                               \
  do {                                                                                         \
    parigot_writer parigot_failure = failure;                                                  \
    if (parigot_failure.len)                                                                   \
      return parigot_check_failed(__FILE_NAME__, __LINE__, parigot_failure);                   \
  } while (0)

/* Each writes what was expected and what was got, or nothing. */
parigot_writer parigot_check(bool holds, const char *condition);
parigot_writer parigot_check_equal(parigot_bytes actual, const char *expected);
parigot_writer parigot_check_number(int64_t actual, int64_t expected);
parigot_writer parigot_check_ok(parigot_result result);
parigot_writer parigot_check_error(parigot_result result, uint32_t code);
parigot_result parigot_check_failed(const char *file, int line, parigot_writer failure);

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

PARIGOT_GLUE void parigot_enter(void) {
  if (!parigot_finished) return;
  parigot_finished = false;
  while (parigot_chunks && parigot_chunks->next) {
    parigot_chunk *chunk = parigot_chunks;
    parigot_chunks = chunk->next;
    PARIGOT_FREE(chunk);
  }
  if (parigot_chunks) parigot_chunks->used = 0;
}

PARIGOT_GLUE void *parigot_allocate(uint32_t len) {
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

__attribute__((export_name("parigot_alloc"))) PARIGOT_GLUE void *parigot_alloc(uint32_t len) {
  parigot_enter();
  return parigot_allocate(len);
}

/* ---- Results ----------------------------------------------------------------------------- */

PARIGOT_GLUE static uint64_t parigot_pack(const uint8_t *ptr, uint32_t error, uint32_t len) {
  return (uint64_t)(uintptr_t)ptr << 32 | (uint64_t)error << 31 | len;
}

PARIGOT_GLUE uint64_t parigot_leave(parigot_result result) {
  parigot_finished = true;
  parigot_bytes bytes = result.bytes;
  if (!result.error) return parigot_pack(bytes.len ? bytes.ptr : NULL, 0, bytes.len);
  uint8_t *error = parigot_allocate(bytes.len + 4);
  if (!error) return parigot_pack(NULL, 1, 0);
  memcpy(error, &result.error, 4);
  if (bytes.len) memcpy(error + 4, bytes.ptr, bytes.len);
  return parigot_pack(error, 1, bytes.len + 4);
}

PARIGOT_GLUE parigot_result parigot_unpack(uint64_t packed) {
  const uint8_t *ptr = (const uint8_t *)(uintptr_t)(packed >> 32);
  uint32_t len = packed & INT32_MAX;
  if (!(packed >> 31 & 1)) return parigot_ok((parigot_bytes){ptr, len});
  if (len < 4) return parigot_fail(PARIGOT_NO_MEMORY, "no memory for the result");
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

/* ---- Text that grows --------------------------------------------------------------------- */

void parigot_write(parigot_writer *writer, parigot_bytes bytes) {
  if (bytes.len > writer->room - writer->len) {
    uint64_t room = ((uint64_t)writer->len + bytes.len) * 2 + 64;
    uint8_t *ptr = room > PARIGOT_LARGEST ? NULL : parigot_allocate((uint32_t)room);
    if (!ptr) {
      writer->full = true;
      return;
    }
    if (writer->len) memcpy(ptr, writer->ptr, writer->len);
    writer->ptr = ptr;
    writer->room = (uint32_t)room;
  }
  if (bytes.len) memcpy(writer->ptr + writer->len, bytes.ptr, bytes.len);
  writer->len += bytes.len;
}

void parigot_write_text(parigot_writer *writer, const char *text) {
  parigot_write(writer, parigot_text(text));
}

void parigot_write_integer(parigot_writer *writer, int64_t integer) {
  char digits[24];
  char *at = digits + sizeof digits;
  uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
  *--at = 0;
  do *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  if (integer < 0) *--at = '-';
  parigot_write_text(writer, at);
}

/* ---- HTTP/1.1 messages ------------------------------------------------------------------- */

/* The bytes before the first `mark` of `rest`, which then begins behind it; all if there is none. */
static parigot_bytes parigot_http_until(parigot_bytes *rest, const char *mark) {
  uint32_t len = (uint32_t)strlen(mark);
  for (uint32_t i = 0; i + len <= rest->len; i++) {
    if (memcmp(rest->ptr + i, mark, len)) continue;
    parigot_bytes before = {rest->ptr, i};
    *rest = (parigot_bytes){rest->ptr + i + len, rest->len - i - len};
    return before;
  }
  parigot_bytes all = *rest;
  *rest = (parigot_bytes){rest->ptr + rest->len, 0};
  return all;
}

/* Splits a message; false if its head does not end or a header has no name. */
static bool parigot_http_split(parigot_bytes message, parigot_bytes *start, parigot_bytes *headers,
                               parigot_bytes *body) {
  *body = message;
  parigot_bytes head = parigot_http_until(body, "\r\n\r\n");
  if (head.len == message.len) return false;
  *headers = (parigot_bytes){head.ptr, head.len + 2};
  *start = parigot_http_until(headers, "\r\n");
  for (parigot_bytes rest = *headers; rest.len;) {
    parigot_bytes line = parigot_http_until(&rest, "\r\n"), value = line;
    parigot_bytes name = parigot_http_until(&value, ":");
    if (!name.len || name.len == line.len || memchr(name.ptr, ' ', name.len)) return false;
  }
  return true;
}

bool parigot_http_read_request(parigot_bytes message, parigot_http_request *request) {
  parigot_bytes start;
  if (!parigot_http_split(message, &start, &request->headers, &request->body)) return false;
  request->method = parigot_http_until(&start, " ");
  request->target = parigot_http_until(&start, " ");
  request->query = request->target;
  request->path = parigot_http_until(&request->query, "?");
  return request->method.len && request->target.len && start.len > 5 &&
         !memcmp(start.ptr, "HTTP/", 5);
}

bool parigot_http_read_response(parigot_bytes message, parigot_http_response *response) {
  parigot_bytes start;
  if (!parigot_http_split(message, &start, &response->headers, &response->body)) return false;
  parigot_bytes version = parigot_http_until(&start, " ");
  parigot_bytes status = parigot_http_until(&start, " ");
  response->status = 0;
  for (uint32_t i = 0; i < status.len && i < 4; i++)
    response->status = response->status * 10 + (uint32_t)(status.ptr[i] - '0');
  return version.len > 5 && !memcmp(version.ptr, "HTTP/", 5) && status.len == 3 &&
         response->status >= 100 && response->status <= 999;
}

static uint8_t parigot_http_lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

static bool parigot_http_same(parigot_bytes a, parigot_bytes b) {
  if (a.len != b.len) return false;
  for (uint32_t i = 0; i < a.len; i++)
    if (parigot_http_lower(a.ptr[i]) != parigot_http_lower(b.ptr[i])) return false;
  return true;
}

parigot_bytes parigot_http_header(parigot_bytes headers, const char *name) {
  while (headers.len) {
    parigot_bytes value = parigot_http_until(&headers, "\r\n");
    if (!parigot_http_same(parigot_http_until(&value, ":"), parigot_text(name))) continue;
    while (value.len && (*value.ptr == ' ' || *value.ptr == '\t')) value.ptr++, value.len--;
    while (value.len && (value.ptr[value.len - 1] == ' ' || value.ptr[value.len - 1] == '\t'))
      value.len--;
    return value;
  }
  return (parigot_bytes){0};
}

static int parigot_http_hex(uint8_t digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  digit |= 0x20;
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* What is no escape stays as it is. */
static parigot_bytes parigot_http_decode(parigot_bytes text) {
  uint8_t *out = parigot_allocate(text.len), *end = out;
  if (!out) return (parigot_bytes){0};
  for (uint32_t i = 0; i < text.len; i++) {
    uint8_t c = text.ptr[i];
    int high = c == '%' && i + 2 < text.len ? parigot_http_hex(text.ptr[i + 1]) : -1;
    int low = high >= 0 ? parigot_http_hex(text.ptr[i + 2]) : -1;
    if (low >= 0) i += 2;
    *end++ = low >= 0 ? (uint8_t)(high << 4 | low) : c == '+' ? ' ' : c;
  }
  return (parigot_bytes){out, (uint32_t)(end - out)};
}

parigot_bytes parigot_http_field(parigot_bytes encoded, const char *name) {
  while (encoded.len) {
    parigot_bytes value = parigot_http_until(&encoded, "&");
    parigot_bytes key = parigot_http_until(&value, "=");
    if (parigot_equal(parigot_http_decode(key), parigot_text(name)))
      return parigot_http_decode(value);
  }
  return (parigot_bytes){0};
}

/* Without what would end the line. */
static void parigot_http_write_clean(parigot_writer *writer, parigot_bytes text) {
  for (uint32_t i = 0; i < text.len; i++) {
    uint8_t c = text.ptr[i];
    if (c == '\r' || c == '\n' || !c) c = ' ';
    parigot_write(writer, (parigot_bytes){&c, 1});
  }
}

void parigot_http_begin_response(parigot_writer *writer, uint32_t status) {
  parigot_write_text(writer, "HTTP/1.1 ");
  parigot_write_integer(writer, status);
  parigot_write_text(writer, " \r\n");
}

void parigot_http_begin_request(parigot_writer *writer, const char *method, parigot_bytes url) {
  parigot_bytes host = url;
  parigot_write_text(writer, method);
  parigot_write_text(writer, " ");
  parigot_http_write_clean(writer, url);
  parigot_write_text(writer, " HTTP/1.1\r\n");
  parigot_http_until(&host, "://");
  uint32_t len = 0;
  while (len < host.len && !strchr("/?#", host.ptr[len])) len++;
  if (len) parigot_http_write_header(writer, "Host", (parigot_bytes){host.ptr, len});
}

void parigot_http_write_header(parigot_writer *writer, const char *name, parigot_bytes value) {
  parigot_write_text(writer, name);
  parigot_write_text(writer, ": ");
  parigot_http_write_clean(writer, value);
  parigot_write_text(writer, "\r\n");
}

parigot_result parigot_http_end(parigot_writer *writer, parigot_bytes body) {
  parigot_write_text(writer, "Content-Length: ");
  parigot_write_integer(writer, body.len);
  parigot_write_text(writer, "\r\n\r\n");
  parigot_write(writer, body);
  return parigot_written(writer);
}

parigot_result parigot_http_respond(uint32_t status, const char *content_type, parigot_bytes body) {
  parigot_writer response = {0};
  parigot_http_begin_response(&response, status);
  parigot_http_write_header(&response, "Content-Type", parigot_text(content_type));
  return parigot_http_end(&response, body);
}

/* ---- Checks of tests --------------------------------------------------------------------- */

static void parigot_check_quote(parigot_writer *out, parigot_bytes text) {
  parigot_write_text(out, "\"");
  parigot_write(out, text);
  parigot_write_text(out, "\"");
}

static void parigot_check_got(parigot_writer *out, parigot_result result) {
  if (result.error) {
    parigot_write_text(out, ", got error ");
    parigot_write_integer(out, result.error);
    parigot_write_text(out, " ");
  } else {
    parigot_write_text(out, ", got the response ");
  }
  parigot_check_quote(out, result.bytes);
}

parigot_writer parigot_check(bool holds, const char *condition) {
  parigot_writer out = {0};
  if (holds) return out;
  parigot_write_text(&out, "expected ");
  parigot_write_text(&out, condition);
  return out;
}

parigot_writer parigot_check_equal(parigot_bytes actual, const char *expected) {
  parigot_writer out = {0};
  if (parigot_equal(actual, parigot_text(expected))) return out;
  parigot_write_text(&out, "expected ");
  parigot_check_quote(&out, parigot_text(expected));
  parigot_write_text(&out, ", got ");
  parigot_check_quote(&out, actual);
  return out;
}

parigot_writer parigot_check_number(int64_t actual, int64_t expected) {
  parigot_writer out = {0};
  if (actual == expected) return out;
  parigot_write_text(&out, "expected ");
  parigot_write_integer(&out, expected);
  parigot_write_text(&out, ", got ");
  parigot_write_integer(&out, actual);
  return out;
}

parigot_writer parigot_check_ok(parigot_result result) {
  parigot_writer out = {0};
  if (!result.error) return out;
  parigot_write_text(&out, "expected no error");
  parigot_check_got(&out, result);
  return out;
}

parigot_writer parigot_check_error(parigot_result result, uint32_t code) {
  parigot_writer out = {0};
  if (result.error == code) return out;
  parigot_write_text(&out, "expected error ");
  parigot_write_integer(&out, code);
  parigot_check_got(&out, result);
  return out;
}

parigot_result parigot_check_failed(const char *file, int line, parigot_writer failure) {
  parigot_writer out = {0};
  parigot_write_text(&out, file);
  parigot_write_text(&out, ":");
  parigot_write_integer(&out, line);
  parigot_write_text(&out, ": ");
  parigot_write(&out, (parigot_bytes){failure.ptr, failure.len});
  return (parigot_result){PARIGOT_EXPECTATION_FAILED, {out.ptr, out.len}};
}

#endif /* PARIGOT_IMPLEMENTATION */
