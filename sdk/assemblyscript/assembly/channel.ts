// Channels of the manifest.

import { bytesOf } from "./bytes";
import { Result, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:channel", "publish")
declare function channel_publish(channel: usize, clen: u32, message: usize, mlen: u32): u64;

/**
 * Sends a message of 64 KiB at most to whoever listens to the channel now: once or, if a connection
 * breaks, never. That nobody listens is no error.
 */
export function publish<T>(channel: string, message: T): Result {
  const c = String.UTF8.encode(channel);
  const m = bytesOf(message);
  return unpack(channel_publish(changetype<usize>(c), c.byteLength, changetype<usize>(m), m.byteLength));
}
