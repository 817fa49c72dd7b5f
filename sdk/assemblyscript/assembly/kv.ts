// The app's key-value store, which all of its services share: prefix your keys. A key has 1 to 512
// bytes, a value at most 1 MiB. Each operation is atomic.

import { bytesOf } from "./bytes";
import { Result, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:kv", "get")
declare function kv_get(key: usize, klen: u32): u64;
// @ts-ignore: decorator
@external("parigot:kv", "put")
declare function kv_put(key: usize, klen: u32, value: usize, vlen: u32): u64;
// @ts-ignore: decorator
@external("parigot:kv", "delete")
declare function kv_delete(key: usize, klen: u32): u64;
// @ts-ignore: decorator
@external("parigot:kv", "compare_and_set")
declare function kv_compare_and_set(key: usize, klen: u32, old: usize, oldlen: i32, value: usize, vlen: u32): u64;
// @ts-ignore: decorator
@external("parigot:kv", "list")
declare function kv_list(prefix: usize, plen: u32, after: usize, alen: u32, limit: i32): u64;

/** The value of a key, or 404. */
export function get(key: string): Result {
  const k = String.UTF8.encode(key);
  return unpack(kv_get(changetype<usize>(k), k.byteLength));
}

/** Sets the value of a key. */
export function put<T>(key: string, value: T): Result {
  const k = String.UTF8.encode(key);
  const v = bytesOf(value);
  return unpack(kv_put(changetype<usize>(k), k.byteLength, changetype<usize>(v), v.byteLength));
}

/** Removes a key; succeeds if it is absent. (`delete` is a word of the language.) */
export function remove(key: string): Result {
  const k = String.UTF8.encode(key);
  return unpack(kv_delete(changetype<usize>(k), k.byteLength));
}

/** Sets the value if the present one is `old` (null: the key must be absent); 409 if it is not. */
export function compareAndSet<T>(key: string, old: ArrayBuffer | null, value: T): Result {
  const k = String.UTF8.encode(key);
  const v = bytesOf(value);
  const oldlen = old === null ? -1 : old.byteLength;
  return unpack(
    kv_compare_and_set(changetype<usize>(k), k.byteLength, changetype<usize>(old), oldlen, changetype<usize>(v), v.byteLength),
  );
}

/**
 * Keys with the prefix, in byte order, after the key `after` (empty: from the start); at most `limit`,
 * fewer if they would exceed 1 MiB. Read the result with `keys`. For the next page, `after` is the last
 * key of this one; a page without keys is the end.
 */
export function list(prefix: string, after: string, limit: i32): Result {
  const p = String.UTF8.encode(prefix);
  const a = String.UTF8.encode(after);
  return unpack(kv_list(changetype<usize>(p), p.byteLength, changetype<usize>(a), a.byteLength, limit));
}

/** The keys in what `list` gave. */
export function keys(listed: Result): string[] {
  const found: string[] = [];
  if (!listed.ok) return found;
  let at = changetype<usize>(listed.bytes);
  const end = at + listed.bytes.byteLength;
  while (end - at >= 4) {
    const len = load<u32>(at);
    if (<usize>len > end - at - 4) break;
    found.push(String.UTF8.decodeUnsafe(at + 4, len));
    at += 4 + len;
  }
  return found;
}
