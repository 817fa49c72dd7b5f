// Randomness, good enough for secrets.

// @ts-ignore: decorator
@external("parigot:random", "fill")
declare function random_fill(ptr: usize, len: u32): void;

/** Fills a buffer. */
export function fill(buffer: ArrayBuffer): void {
  random_fill(changetype<usize>(buffer), buffer.byteLength);
}

/** A random number. */
export function number(): u64 {
  const buffer = new ArrayBuffer(8);
  fill(buffer);
  return load<u64>(changetype<usize>(buffer));
}
