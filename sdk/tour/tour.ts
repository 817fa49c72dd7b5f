// Everything that the SDK has, once. The same methods in each language; SdkTest calls them.

import {
  BAD_REQUEST, CONFLICT, NOT_FOUND, Result, call, callInfo, channel, clock, config, fail, failure, http as Http, kv, log, ok, queue,
  random, requestBytes, start, test, textOf,
} from "../assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../assemblyscript/assembly";

const NO_TEA: u32 = 1001;

@external("parigot:service/other", "echo")
declare function other_echo(ptr: usize, len: u32): u64;
@external("parigot:async/other", "echo")
declare function later_echo(ptr: usize, len: u32): i32;

export function echo(ptr: usize, len: u32): u64 {
  return ok(requestBytes(ptr, len));
}

export function refuse(ptr: usize, len: u32): u64 {
  return fail(NO_TEA, "no tea left");
}

export function forward(ptr: usize, len: u32): u64 {
  return call(other_echo, requestBytes(ptr, len)).respond();
}

export function futures(ptr: usize, len: u32): u64 {
  const request = requestBytes(ptr, len);
  const first = start(later_echo, request);
  start(later_echo, request).drop();
  while (!first.ready) clock.sleepNs(1000000);
  const answer = first.wait();
  if (answer.ok && first.wait().error != BAD_REQUEST) return fail(500, "a future was waited for twice");
  return answer.respond();
}

function absentOr(result: Result): string {
  return result.error == NOT_FOUND ? "absent" : result.text;
}

export function keys(ptr: usize, len: u32): u64 {
  if (!kv.compareAndSet("key/a", null, "1").ok) return fail(500, "not set");
  const one = kv.get("key/a").bytes;
  if (kv.compareAndSet("key/a", new ArrayBuffer(0), "2").error != CONFLICT) return fail(500, "set though it differs");
  if (!kv.compareAndSet("key/a", one, "2").ok) return fail(500, "not set");
  kv.put("key/b", "");
  kv.put("key/c", new Uint8Array(1));
  kv.put("key/d", new ArrayBuffer(1));
  kv.remove("key/d");
  let told = kv.get("key/a").text + " " + absentOr(kv.get("key/d"));
  let page = kv.keys(kv.list("key/", "", 2));
  while (page.length) {
    told += " " + page.join(" ");
    page = kv.keys(kv.list("key/", page[page.length - 1], 2));
  }
  return ok(told);
}

export function surroundings(ptr: usize, len: u32): u64 {
  const begin = clock.monotonicNs();
  const sane = clock.nowNs() > 0 && clock.monotonicNs() >= begin && random.number() != 0;
  log.warn("the tea is cold");
  const told = [config.get("CURRENCY"), config.get("NOTHING", "absent"), callInfo("id").text, sane ? "sane" : "odd"];
  return ok(told.join(" "));
}

export function send(ptr: usize, len: u32): u64 {
  return queue.send("letters", requestBytes(ptr, len)).respond();
}

export function publish(ptr: usize, len: u32): u64 {
  return channel.publish("orders", requestBytes(ptr, len)).respond();
}

export function fetch(ptr: usize, len: u32): u64 {
  const request = new Http.Request("PUT", "https://example.org/tea?x=1");
  request.header("X-Pot", "blue\r\nevil: 1").withBody(requestBytes(ptr, len));
  const answer = request.send();
  if (!answer.ok) return answer.respond();
  const got = Http.Response.parse(answer.bytes);
  if (!got) return fail(502, "not an HTTP/1.1 response");
  return ok(`${got.status} ${got.get("X-TEMPERATURE")} ${textOf(got.body)}`);
}

export function http(ptr: usize, len: u32): u64 {
  const request = Http.Request.parse(requestBytes(ptr, len));
  if (!request) return fail(BAD_REQUEST, "not an HTTP/1.1 request");
  const told = [request.method, request.path, request.query("name"), request.form("tea"), request.get("host")];
  return new Http.Response(201, "text/plain", told.join(" ")).respond();
}

export function test_controls(ptr: usize, len: u32): u64 {
  test.advanceNs(5);
  test.quiesce();
  test.ok(test.runCron("nightly"), "ran");
  test.error(test.runCron("never"), NOT_FOUND);
  const published = kv.keys(test.published("orders"));
  test.equal(published.join(" "), "first second");
  test.ok(test.signIn('{"id": "ada"}'), "");
  return test.end();
}

export function test_equal(ptr: usize, len: u32): u64 {
  test.check(len == 0, "no request");
  test.equal("green", "black");
  return test.end();
}

export function test_number(ptr: usize, len: u32): u64 {
  test.equal(2, 2);
  test.equal(3, 2);
  return test.end();
}

export function test_error(ptr: usize, len: u32): u64 {
  test.error(failure(NO_TEA, "no tea left"), 404);
  return test.end();
}
