import { bytesOf } from "./bytes";
import { Result, TOO_MANY_REQUESTS, failure, unpack } from "./result";

/**
 * Calls a method of another service, which was declared as an import, and waits:
 *
 *     @external("parigot:service/stock", "levels")
 *     declare function stock_levels(ptr: usize, len: u32): u64;
 *
 *     const levels = call(stock_levels, "{}");
 */
export function call<T = string>(method: (ptr: usize, len: u32) => u64, request: T = changetype<T>("")): Result {
  const bytes = bytesOf(request);
  return unpack(method(changetype<usize>(bytes), bytes.byteLength));
}

// @ts-ignore: decorator
@external("parigot:future", "wait")
declare function future_wait(handle: i32): u64;
// @ts-ignore: decorator
@external("parigot:future", "ready")
declare function future_ready(handle: i32): i32;
// @ts-ignore: decorator
@external("parigot:future", "drop")
declare function future_drop(handle: i32): void;

/** A call under way. It belongs to the call that started it. */
export class Future {
  constructor(private handle: i32) {}

  /** What the call would have given had it been waited for from the start; 429 if it was refused. Once only. */
  wait(): Result {
    if (!this.handle) return failure(TOO_MANY_REQUESTS, "the call was refused");
    return unpack(future_wait(this.handle));
  }

  /** Whether `wait` would return at once. */
  get ready(): bool {
    return !this.handle || future_ready(this.handle) != 0;
  }

  /** Lets the call go on unwatched. */
  drop(): void {
    future_drop(this.handle);
  }
}

/** Begins a call of an import of "parigot:async/<name>", and does not wait. */
export function start<T = string>(method: (ptr: usize, len: u32) => i32, request: T = changetype<T>("")): Future {
  const bytes = bytesOf(request);
  return new Future(method(changetype<usize>(bytes), bytes.byteLength));
}
