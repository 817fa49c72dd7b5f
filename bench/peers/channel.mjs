// Server-sent events by hand: node channel.mjs MODULE PORT. What is posted goes through the module's method `echo` and then to all who listen.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { call, imports } from './host.mjs';

const [file, port] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const { exports } = new WebAssembly.Instance(module, imports(module));
exports._initialize?.();

const listeners = new Set();
let last = 0;

createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(`id: ${last}\n\n`);
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.from(call(exports, 'echo', Buffer.concat(chunks))).toString();
    const event = `id: ${++last}\ndata: ${text}\n\n`;
    for (const listener of listeners) listener.write(event);
    response.writeHead(200, { 'Content-Length': 0 });
    response.end();
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
