/** The worker of the conformance suite in Node. */
import { parentPort } from 'node:worker_threads';
import { ground } from './conformance-ground.mjs';

const receive = await ground(process.argv[2], (message, transfer) => parentPort.postMessage(message, transfer));
parentPort.on('message', receive);
