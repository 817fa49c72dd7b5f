// Node's http server in front of the module: node server.mjs MODULE PORT
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { call, imports } from './host.mjs';

const [file, port] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const { exports } = new WebAssembly.Instance(module, imports(module));
exports._initialize?.();

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const method = request.url.split('/')[2];
    const body = call(exports, method, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': body.length });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
