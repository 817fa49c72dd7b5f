import { Result, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:call", "get")
declare function call_get(key: usize, klen: u32): u64;

/** "id", "caller", "deadline_ns", "attempt" or "traceparent" of the call that is being answered. */
export function callInfo(key: string): Result {
  const k = String.UTF8.encode(key);
  return unpack(call_get(changetype<usize>(k), k.byteLength));
}

/** The id of who is signed in; the error NOT_FOUND if nobody is. */
export function callUser(): Result {
  return callInfo("user");
}

/** What is known of him: a JSON object with id, email, email_verified, name, provider. */
export function callClaims(): Result {
  return callInfo("claims");
}
