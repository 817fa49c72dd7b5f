// Many who listen and one who publishes: node listen.mjs PORT HOST CHANNEL METHOD LISTENERS MESSAGES MILLIS. Each message says when it was
// sent; prints the milliseconds from then until a listener has it, p50 and p99 of all of them, and how many are missing.
import { Agent, request } from 'node:http';

const [port, host, channel, method, listeners, messages, millis] = process.argv.slice(2);
const headers = { Host: host };
const to = { host: '127.0.0.1', port };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const latencies = []; let ends = 0, closes = 0;

function listen() {
  return new Promise((ready, failed) => {
    const sent = request({ ...to, path: channel, headers: { ...headers, Accept: 'text/event-stream' }, agent: false }, (response) => {
      if (response.statusCode !== 200) failed(new Error(`the channel answered ${response.statusCode}`));
      let left = '';
      response.setEncoding('utf8'); response.on('end', () => ends++); response.on('close', () => closes++);
      response.on('data', (text) => {
        const now = performance.now();
        const lines = (left + text).split('\n');
        left = lines.pop();
        for (const line of lines) {
          if (line.startsWith('data: ')) latencies.push(now - Number(JSON.parse(line.slice(6)).sent));
          if (line.startsWith('id: ')) ready(sent);
        }
      });
    });
    sent.on('error', failed);
    sent.end();
  });
}

function publish() {
  return new Promise((done, failed) => {
    const body = JSON.stringify({ sent: performance.now(), fill: 'x'.repeat(200) });
    const sent = request({ ...to, path: method, method: 'POST', agent, headers: { ...headers, 'Content-Length': body.length } }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? done() : failed(new Error(`the method answered ${response.statusCode}`))));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

const pause = (time) => new Promise((done) => setTimeout(done, time));
const open = await Promise.all(Array.from({ length: Number(listeners) }, listen));
for (let i = 0; i < Number(messages); i++) {
  await publish();
  await pause(Number(millis));
}
await pause(500);
if (listeners * messages - latencies.length > 0) { console.log("MISSING", listeners * messages - latencies.length); await pause(500); console.log('ends', ends, 'closes', closes); console.log("after 8 s missing", listeners * messages - latencies.length); }
open.forEach((each) => each.on('error', () => {}).destroy());
agent.destroy();
latencies.sort((a, b) => a - b);
const part = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))].toFixed(2);
console.log(`${part(0.5)} ${part(0.99)} ${listeners * messages - latencies.length}`);
