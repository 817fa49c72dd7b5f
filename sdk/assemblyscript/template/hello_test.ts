import { BAD_REQUEST, call, test } from "./parigot/assembly";
export { parigot_alloc, parigot_free } from "./parigot/assembly";

@external("parigot:service/hello", "greet")
declare function hello_greet(ptr: usize, len: u32): u64;

export function test_greets_by_name(ptr: usize, len: u32): u64 {
  test.ok(call(hello_greet, "Ada"), "Hello, Ada!");
  return test.end();
}

export function test_wants_a_name(ptr: usize, len: u32): u64 {
  test.error(call(hello_greet), BAD_REQUEST);
  return test.end();
}
