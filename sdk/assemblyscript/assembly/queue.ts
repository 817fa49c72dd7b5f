// Queues of the manifest.

import { bytesOf } from "./bytes";
import { Result, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:queue", "send")
declare function queue_send(queue: usize, qlen: u32, message: usize, mlen: u32): u64;

/** Puts a message into a queue, which delivers it at least once. */
export function send<T>(queue: string, message: T): Result {
  const q = String.UTF8.encode(queue);
  const m = bytesOf(message);
  return unpack(queue_send(changetype<usize>(q), q.byteLength, changetype<usize>(m), m.byteLength));
}
