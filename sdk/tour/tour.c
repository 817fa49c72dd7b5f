/* Everything that the SDK has, once. The same methods in each language; SdkTest calls them. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

enum { NO_TEA = 1001 };
static const parigot_bytes NOTHING = {0};

PARIGOT_CALL(other, echo);
PARIGOT_START(other, echo);

PARIGOT_METHOD(echo) { return parigot_ok(request); }

PARIGOT_METHOD(refuse) { return parigot_fail(NO_TEA, "no tea left"); }

PARIGOT_METHOD(forward) { return other_echo(request); }

PARIGOT_METHOD(futures) {
  parigot_future first = other_echo_start(request), second = other_echo_start(request);
  parigot_future_drop(second);
  while (!parigot_future_ready(first)) parigot_sleep_ns(1000000);
  parigot_result answer = parigot_future_wait(first);
  if (answer.error) return answer;
  if (parigot_future_wait(first).error != PARIGOT_BAD_REQUEST)
    return parigot_fail(500, "a future was waited for twice");
  return answer;
}

static parigot_result absent_or(parigot_result result) {
  return result.error == PARIGOT_NOT_FOUND ? parigot_ok(parigot_text("absent")) : result;
}

PARIGOT_METHOD(keys) {
  parigot_bytes one = parigot_text("1"), two = parigot_text("2"), name = parigot_text("key/a");
  if (parigot_kv_compare_and_set(name, PARIGOT_ABSENT, one).error) return parigot_fail(500, "set");
  if (parigot_kv_compare_and_set(name, two, two).error != PARIGOT_CONFLICT)
    return parigot_fail(500, "set though it differs");
  if (parigot_kv_compare_and_set(name, one, two).error) return parigot_fail(500, "not set");
  parigot_kv_put(parigot_text("key/b"), NOTHING);
  parigot_kv_put(parigot_text("key/c"), one);
  parigot_kv_put(parigot_text("key/d"), one);
  parigot_kv_delete(parigot_text("key/d"));

  parigot_writer out = {0};
  parigot_write(&out, parigot_kv_get(name).bytes);
  parigot_write_text(&out, " ");
  parigot_write(&out, absent_or(parigot_kv_get(parigot_text("key/d"))).bytes);
  parigot_bytes last = NOTHING;
  do {
    parigot_result page = parigot_kv_list(parigot_text("key/"), last, 2);
    if (page.error) return page;
    last = NOTHING;
    while (parigot_kv_next(&page.bytes, &last)) {
      parigot_write_text(&out, " ");
      parigot_write(&out, last);
    }
  } while (last.len);
  return parigot_written(&out);
}

PARIGOT_METHOD(surroundings) {
  uint64_t random = 0;
  parigot_random(&random, sizeof random);
  int64_t start = parigot_monotonic_ns();
  bool sane = parigot_now_ns() > 0 && parigot_monotonic_ns() >= start && random != 0;
  parigot_log(PARIGOT_WARN, parigot_text("the tea is cold"));
  parigot_writer out = {0};
  parigot_write(&out, parigot_config("CURRENCY").bytes);
  parigot_write_text(&out, " ");
  parigot_write(&out, absent_or(parigot_config("NOTHING")).bytes);
  parigot_write_text(&out, " ");
  parigot_write(&out, parigot_call_info("id").bytes);
  parigot_write_text(&out, sane ? " sane" : " odd");
  return parigot_written(&out);
}

PARIGOT_METHOD(send) { return parigot_queue_send("letters", request); }

PARIGOT_METHOD(publish) { return parigot_channel_publish("orders", request); }

PARIGOT_METHOD(fetch) {
  parigot_http_response got;
  parigot_writer out = {0};
  parigot_http_begin_request(&out, "PUT", parigot_text("https://example.org/tea?x=1"));
  parigot_http_write_header(&out, "X-Pot", parigot_text("blue\r\nevil: 1"));
  parigot_result message = parigot_http_end(&out, request);
  if (message.error) return message;
  parigot_result answer = parigot_http_send(message.bytes);
  if (answer.error) return answer;
  if (!parigot_http_read_response(answer.bytes, &got)) return parigot_fail(502, "no response");
  parigot_writer told = {0};
  parigot_write_integer(&told, got.status);
  parigot_write_text(&told, " ");
  parigot_write(&told, parigot_http_header(got.headers, "X-TEMPERATURE"));
  parigot_write_text(&told, " ");
  parigot_write(&told, got.body);
  return parigot_written(&told);
}

PARIGOT_METHOD(http) {
  parigot_http_request it;
  if (!parigot_http_read_request(request, &it))
    return parigot_fail(PARIGOT_BAD_REQUEST, "not an HTTP/1.1 request");
  parigot_writer told = {0};
  parigot_bytes parts[] = {it.method, it.path, parigot_http_field(it.query, "name"),
                           parigot_http_field(it.body, "tea"), parigot_http_header(it.headers, "host")};
  for (int i = 0; i < 5; i++) {
    if (i) parigot_write_text(&told, " ");
    parigot_write(&told, parts[i]);
  }
  return parigot_http_respond(201, "text/plain", parigot_written(&told).bytes);
}

PARIGOT_METHOD(test_controls) {
  parigot_test_advance_ns(5);
  parigot_test_quiesce();
  parigot_result run = parigot_test_run_cron("nightly");
  PARIGOT_CHECK_OK(run);
  PARIGOT_CHECK_EQUAL(run.bytes, "ran");
  PARIGOT_CHECK_ERROR(parigot_test_run_cron("never"), PARIGOT_NOT_FOUND);
  parigot_bytes messages = parigot_test_published("orders").bytes, message;
  PARIGOT_CHECK(parigot_kv_next(&messages, &message));
  PARIGOT_CHECK_EQUAL(message, "first");
  PARIGOT_CHECK(parigot_kv_next(&messages, &message));
  PARIGOT_CHECK_EQUAL(message, "second");
  PARIGOT_CHECK(!parigot_kv_next(&messages, &message));
  PARIGOT_CHECK_OK(parigot_test_sign_in("{\"id\": \"ada\"}"));
  return parigot_ok(NOTHING);
}

PARIGOT_METHOD(test_equal) {
  PARIGOT_CHECK(request.len == 0);
  PARIGOT_CHECK_EQUAL(parigot_text("green"), "black");
  return parigot_ok(NOTHING);
}

PARIGOT_METHOD(test_number) {
  PARIGOT_CHECK_NUMBER(2, 2);
  PARIGOT_CHECK_NUMBER(3, 2);
  return parigot_ok(NOTHING);
}

PARIGOT_METHOD(test_error) {
  PARIGOT_CHECK_ERROR(parigot_fail(NO_TEA, "no tea left"), 404);
  return parigot_ok(NOTHING);
}
