// From outside, whatever language it is in.

import { call, test } from "../../../sdk/assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../../../sdk/assemblyscript/assembly";

@external("parigot:service/poll", "vote")
declare function vote(ptr: usize, len: u32): u64;
@external("parigot:service/poll", "results")
declare function results(ptr: usize, len: u32): u64;
@external("parigot:service/poll", "chart")
declare function chart(ptr: usize, len: u32): u64;

export function test_counts_votes(ptr: usize, len: u32): u64 {
  test.ok(call(vote, "tea"), "1");
  test.ok(call(vote, " Tea\n"), "2");
  test.ok(call(vote, "water"), "1");
  test.ok(call(results), '{"tea": 2, "water": 1}');
  return test.end();
}

export function test_refuses_what_is_no_option(ptr: usize, len: u32): u64 {
  test.error(call(vote, "wine"), 1001);
  test.error(call(vote), 1001);
  test.ok(call(results), "{}");
  return test.end();
}

export function test_draws_the_count_and_the_last_vote(ptr: usize, len: u32): u64 {
  test.ok(call(chart), "No votes yet.\n");
  call(vote, "coffee");
  test.quiesce(); // the journal is written without anybody waiting for it
  const drawn = call(chart);
  test.check(drawn.text.includes("coffee"), "a bar of coffee");
  test.check(drawn.text.endsWith("The last vote was for Coffee.\n"), "the last vote, not " + drawn.text);
  return test.end();
}
