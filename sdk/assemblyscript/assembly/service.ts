import { Result, unpack } from "./result";

/**
 * Calls a method of another service, which was declared as an import, and waits:
 *
 *     @external("parigot:service/stock", "levels")
 *     declare function stock_levels(ptr: usize, len: u32): u64;
 *
 *     const levels = call(stock_levels, "{}");
 */
export function call(method: (ptr: usize, len: u32) => u64, request: string = ""): Result {
  const bytes = String.UTF8.encode(request);
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

/** A call under way. It belongs to the call that made it. */
export class Future {
  constructor(private handle: i32) {}

  /** What the call would have given had it been waited for from the start. Once only. */
  wait(): Result {
    return unpack(future_wait(this.handle));
  }

  get ready(): bool {
    return future_ready(this.handle) == 1;
  }

  /** Lets the call go on unwatched. */
  drop(): void {
    future_drop(this.handle);
  }
}

/** Begins a call of an import of "parigot:async/<name>"; null if it was refused. */
export function start(method: (ptr: usize, len: u32) => i32, request: string = ""): Future | null {
  const bytes = String.UTF8.encode(request);
  const handle = method(changetype<usize>(bytes), bytes.byteLength);
  return handle ? new Future(handle) : null;
}
