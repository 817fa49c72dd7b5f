// Requests to other hosts.

import { Result, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:http", "send")
declare function http_send(ptr: usize, len: u32): u64;

/** Sends a raw HTTP/1.1 request with an absolute URL, to a host that the manifest allows. */
export function send(request: string): Result {
  const bytes = String.UTF8.encode(request);
  return unpack(http_send(changetype<usize>(bytes), bytes.byteLength));
}
