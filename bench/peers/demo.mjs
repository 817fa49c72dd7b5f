/**
 * The page of a demo in the benchmark `demo`: tells when a service first answered it, in milliseconds since the demo was opened, and
 * how many calls a second can be made; then it opens what it is told to open next.
 */
const CALLS = 200;
const METHOD = '/catalog/list';

async function call() {
  const answer = await fetch(METHOD, { method: 'POST' });
  if (!answer.ok) throw new Error(`${METHOD} answered ${answer.status}`);
  await answer.arrayBuffer();
}

await call();
const opened = performance.timeOrigin + performance.now() - parent.performance.timeOrigin;

while (!parent.document.querySelector('.state')?.textContent.includes('offline too')) {
  await new Promise(resolve => setTimeout(resolve, 20));
}
const begin = performance.now();
for (let i = 0; i < CALLS; i++) await call();
const persecond = (CALLS * 1000) / (performance.now() - begin);

// By another name of the same host: what is asked of its own goes to the app.
const told = await fetch(`http://127.0.0.1:${location.port}/figures`, { method: 'POST', body: `${Math.round(opened)}\n${Math.round(persecond)}` });
parent.location.href = await told.text();
