/** Runs the cases of the conformance suite in this browser, and posts what came of them to `told`: a line of JSON for each. */
import { Cases } from './conformance-cases.mjs';

function worker() {
  const made = new Worker(new URL('./conformance-page-worker.mjs', import.meta.url), { type: 'module' });
  return {
    post: (message, transfer = []) => made.postMessage(message, transfer),
    listen(receive) {
      made.onmessage = ({ data }) => receive(data);
    },
    end: () => made.terminate(),
  };
}

const cases = await Cases.of(new URL('/runtime/', location.origin).href, worker, file => WebAssembly.compileStreaming(fetch(`/cases/${file}`)));
const lines = [];
for (const name of await (await fetch('/cases')).json()) {
  const wanted = await (await fetch(`/cases/${name}`)).json();
  lines.push(JSON.stringify({ case: wanted.name, failure: await cases.failure(wanted) }));
}
await fetch('/told', { method: 'POST', body: lines.join('\n') });
