// Randomness, good enough for secrets.

// @ts-ignore: decorator
@external("parigot:random", "fill")
declare function random_fill(ptr: usize, len: u32): void;

export function bytes(len: i32): Uint8Array {
  const filled = new Uint8Array(len);
  random_fill(filled.dataStart, len);
  return filled;
}
