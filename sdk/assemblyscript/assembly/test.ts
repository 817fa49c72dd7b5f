// For test modules: methods whose name begins with "test", which pass if they return no error. In any
// other module these imports are refused.
//
//     export function testGreeting(ptr: usize, len: u32): u64 {
//       test.ok(call(greet, "Ada"), "Hello, Ada!");
//       test.error(call(greet, ""), 400);
//       return test.end();
//     }
//
// A check that fails is noted and the test goes on; `end` fails with all of them.

import { Result, EXPECTATION_FAILED, fail, ok as pass, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:test", "advance_ns")
declare function advance_ns(nanoseconds: i64): void;
// @ts-ignore: decorator
@external("parigot:test", "quiesce")
declare function quiesce_(): void;
// @ts-ignore: decorator
@external("parigot:test", "run_cron")
declare function run_cron(name: usize, nlen: u32): u64;
// @ts-ignore: decorator
@external("parigot:test", "published")
declare function published_(channel: usize, clen: u32): u64;
// @ts-ignore: decorator
@external("parigot:test", "sign_in")
declare function sign_in(claims: usize, clen: u32): u64;

/** Moves the clock forward. */
export function advanceNs(nanoseconds: i64): void {
  advance_ns(nanoseconds);
}

/** Runs until nothing is left to do: queues are empty, and detached calls have ended. */
export function quiesce(): void {
  quiesce_();
}

/** Makes the call of a schedule of the manifest now, and gives its response. */
export function runCron(name: string): Result {
  const n = String.UTF8.encode(name);
  return unpack(run_cron(changetype<usize>(n), n.byteLength));
}

/** What a channel got since the test began, the oldest first. Read the result with `kv.keys` if the messages are texts. */
export function published(channel: string): Result {
  const c = String.UTF8.encode(channel);
  return unpack(published_(changetype<usize>(c), c.byteLength));
}

/** Makes the test act as a user from now on: a JSON object with an "id"; "" for nobody. */
export function signIn(claims: string): Result {
  const c = String.UTF8.encode(claims);
  return unpack(sign_in(changetype<usize>(c), c.byteLength));
}

let failures: string[] = [];

/** Fails unless it holds; `what` says what should. */
export function check(holds: bool, what: string): void {
  if (!holds) failures.push("expected " + what);
}

/** Fails unless both are the same: texts, or numbers. */
export function equal<T>(actual: T, expected: T): void {
  if (actual != expected) failures.push(`expected ${shown(expected)}, got ${shown(actual)}`);
}

function shown<T>(value: T): string {
  return isString<T>() ? `"${value}"` : `${value}`;
}

/** Fails unless the result is no error, and of that text if one is given. */
export function ok(result: Result, expected: string | null = null): void {
  if (!result.ok) failures.push("expected no error, got " + told(result));
  else if (expected !== null) equal(result.text, expected);
}

/** Fails unless the result is an error of that code. */
export function error(result: Result, code: u32): void {
  if (result.error != code) failures.push(`expected error ${code}, got ${told(result)}`);
}

function told(result: Result): string {
  return result.ok ? `the response "${result.text}"` : `error ${result.error} "${result.text}"`;
}

/** What a test returns: nothing if every check held, else a 417 that tells which did not. */
export function end(): u64 {
  const text = failures.join("; ");
  failures = [];
  return text.length ? fail(EXPECTATION_FAILED, text) : pass();
}
