// node calls-node.mjs WOUND CALLER ECHO PORT: nanoseconds wound, with glue, and over HTTP to the server on that port, a line each.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { measure } from './calls.mjs';

const REQUESTS = 2_000;
const ROUNDS = 5;
const [wound, caller, echo] = process.argv.slice(2, 5).map((file) => new WebAssembly.Module(readFileSync(file)));
const calls = measure({ wound, caller, echo });

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const body = new Uint8Array(1024).fill(65);
const options = { host: '127.0.0.1', port: process.argv[5], path: '/echo/echo', method: 'POST', agent, headers: { 'content-length': body.length } };

const post = () =>
  new Promise((done, failed) => {
    const sent = request(options, (response) => {
      response.on('data', () => {});
      response.on('end', done);
    });
    sent.on('error', failed);
    sent.end(body);
  });

let http = Infinity;
for (let round = 0; round < ROUNDS; round++) {
  const begin = performance.now();
  for (let i = 0; i < REQUESTS; i++) await post();
  http = Math.min(http, ((performance.now() - begin) * 1e6) / REQUESTS);
}
agent.destroy();
for (const nanos of [calls.wound, calls.glue, http]) console.log(Math.round(nanos));
