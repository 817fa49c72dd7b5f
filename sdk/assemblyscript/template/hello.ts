import { BAD_REQUEST, fail, ok, requestText } from "./parigot/assembly";
export { parigot_alloc, parigot_free } from "./parigot/assembly";

/** A name → a greeting */
export function greet(ptr: usize, len: u32): u64 {
  const name = requestText(ptr, len);
  if (!name.length) return fail(BAD_REQUEST, "expected a name");
  return ok(`Hello, ${name}!`);
}
