/**
 * Runs cases of the conformance suite on the browser runtime, in this Node.
 *
 * node run-conformance.mjs RUNTIME CASES: RUNTIME is the folder of the runtime's modules, CASES one that Java has written: for
 * each case N.json, with the description of its app, and the files beside it. Prints a line of JSON for each case.
 */
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import path from 'node:path';
import { Cases } from './conformance-cases.mjs';

const [folder, files] = process.argv.slice(2);
const runtime = `${pathToFileURL(path.resolve(folder)).href}/`;

function worker() {
  const made = new Worker(new URL('./conformance-worker.mjs', import.meta.url), { argv: [runtime] });
  return {
    post: (message, transfer) => made.postMessage(message, transfer),
    listen(receive) {
      made.removeAllListeners('message');
      made.on('message', receive);
    },
    end: () => void made.terminate(),
  };
}

const cases = await Cases.of(runtime, worker, async file => WebAssembly.compile(await readFile(path.join(files, file))));
for (const name of (await readdir(files)).filter(each => each.endsWith('.json')).sort()) {
  const wanted = JSON.parse(await readFile(path.join(files, name), 'utf8'));
  console.log(JSON.stringify({ case: wanted.name, failure: await cases.failure(wanted) }));
}
process.exit(0);
