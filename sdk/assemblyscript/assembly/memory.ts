/** Room for a request or for the result of an import, outside of the garbage collector. */
export function parigot_alloc(len: u32): usize {
  return heap.alloc(len);
}

/** Gives back what parigot_alloc gave. */
export function parigot_free(ptr: usize, len: u32): void {
  if (len) heap.free(ptr);
}
