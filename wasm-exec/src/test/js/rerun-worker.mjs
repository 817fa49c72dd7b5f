/** The worker of an instance in Node. */
import { parentPort } from 'node:worker_threads';

globalThis.self = { postMessage: message => parentPort.postMessage(message), onmessage: null };
await import(new URL('worker.js', process.argv[2]).href);
parentPort.on('message', data => globalThis.self.onmessage({ data }));
