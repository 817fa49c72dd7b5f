// Counts words with maps, strings, closures and a class of its own.

class Tally {
  private counts: Map<string, i32> = new Map<string, i32>();

  add(word: string): void {
    this.counts.set(word, (this.counts.has(word) ? this.counts.get(word) : 0) + 1);
  }

  toString(): string {
    const words = this.counts.keys();
    words.sort();
    let text = "";
    for (let i = 0; i < words.length; i++) {
      text += words[i] + ":" + this.counts.get(words[i]).toString() + " ";
    }
    return text;
  }
}

let calls = 0;
const kept: ArrayBuffer[] = [];

export function parigot_alloc(length: u32): usize {
  const room = new ArrayBuffer(<i32>length + 8);
  kept.push(room);
  return (changetype<usize>(room) + 7) & ~7;
}

export function run(at: usize, length: u32): u64 {
  const tally = new Tally();
  const request = String.UTF8.decodeUnsafe(at, length);
  request.split(" ").forEach((word) => {
    kept.push(new ArrayBuffer(word.length));
  });
  const words = request.split(" ").filter((word) => word.length > 0);
  for (let i = 0; i < words.length; i++) tally.add(words[i]);
  calls += 1;
  const answer = String.UTF8.encode("call " + calls.toString() + " " + tally.toString() + Math.sqrt(<f64>length).toString());
  kept.push(answer);
  return (<u64>changetype<usize>(answer) << 32) | <u64>answer.byteLength;
}
