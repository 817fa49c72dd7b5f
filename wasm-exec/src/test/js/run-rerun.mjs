/**
 * Runs tests again that Java has recorded.
 *
 * node run-rerun.mjs RUNTIME CASES: RUNTIME has the two scripts, and their modules. CASES is a folder with a file N.json for each case, `{name, which, rerun}`, and the files of
 * modules by their digests. Prints a line of JSON for each: `{case, where, state}`.
 */
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import path from 'node:path';

const [folder, files] = process.argv.slice(2);
const runtime = `${pathToFileURL(path.resolve(folder)).href}/`;
const { Rerun } = await import(new URL('page.js', runtime).href);
const { Seed } = await import(new URL('rerun/seed.js', runtime).href);

function hire() {
  const worker = new Worker(new URL('./rerun-worker.mjs', import.meta.url), { argv: [runtime] });
  const bench = { postMessage: message => worker.postMessage(message), terminate: () => void worker.terminate(), onmessage: null };
  worker.on('message', data => bench.onmessage({ data }));
  return bench;
}

// One that never goes on is no reason to wait for ever.
setTimeout(() => process.exit(1), 120_000);

const text = bytes => Buffer.from(bytes).toString();

for (const name of (await readdir(files)).filter(each => each.endsWith('.json')).sort()) {
  const { name: told, which, rerun } = JSON.parse(await readFile(path.join(files, name), 'utf8'));
  const modules = new Map();
  for (const { name: module, digest } of rerun.modules) {
    modules.set(module, await WebAssembly.compile(await readFile(path.join(files, digest.replace('sha256:', '')))));
  }
  const run = new Rerun(rerun, which, modules, hire);
  while (!run.where.end) await run.next();
  const { store, messages } = run.state;
  const state = {
    store: store.map(({ key, value }) => `${key}=${text(value)}`),
    messages: messages.map(({ queue, number, place }) => `${queue} ${number} ${place}`),
  };
  run.close();
  console.log(JSON.stringify({ case: told, ...run.where, state }));
}
const generator = new Seed(-3n).of('random of t-1').generator();
console.log(JSON.stringify({ case: 'random', numbers: Array.from({ length: 20 }, () => BigInt.asIntN(64, generator.next()).toString()) }));
process.exit(0);
