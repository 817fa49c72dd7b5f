// Draws the count.

import { NOT_FOUND, call, ok, requestText } from "../../../sdk/assemblyscript/assembly";
export { parigot_alloc, parigot_free } from "../../../sdk/assemblyscript/assembly";

@external("parigot:service/journal", "last")
declare function journal_last(ptr: usize, len: u32): u64;

const WIDTH = 40;

/** Lines of an option and its votes, the most first → a bar of each, and the last vote */
export function draw(ptr: usize, len: u32): u64 {
  const lines = requestText(ptr, len).split("\n");
  let most = 1.0;
  let picture = "";
  for (let i = 0; i < lines.length; i++) {
    const words = lines[i].split(" ");
    if (words.length != 2) continue;
    const votes = parseFloat(words[1]);
    most = max(most, votes);
    const bar = "#".repeat(<i32>Math.ceil((votes / most) * WIDTH));
    picture += `${words[0].padEnd(12)} ${bar} ${words[1]}\n`;
  }
  const last = call(journal_last);
  if (!last.ok && last.error != NOT_FOUND) return last.respond();
  return ok(picture + (last.ok ? `The last vote was for ${last.text}.\n` : "No votes yet.\n"));
}
