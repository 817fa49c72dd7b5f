// The kernels in V8: node kernels.mjs MODULE NAME ARGUMENT ROUNDS; prints nanoseconds, a line a round.
import { readFileSync } from 'node:fs';

const [file, name, argument, rounds] = process.argv.slice(2);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {});
for (let i = 0; i < Number(rounds); i++) {
  const begin = process.hrtime.bigint();
  exports[name](Number(argument));
  console.log(String(process.hrtime.bigint() - begin));
}
