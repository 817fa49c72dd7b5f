/** The worker of the conformance suite in a browser. */
import { ground } from './conformance-ground.mjs';

/** What came before the runtime was loaded. */
const early = [];
self.onmessage = ({ data }) => early.push(data);
const receive = await ground(new URL('runtime/', location.origin).href, (message, transfer = []) => self.postMessage(message, transfer));
self.onmessage = ({ data }) => receive(data);
early.forEach(receive);
