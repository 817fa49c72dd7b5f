/** @import { Guest } from './guest.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { KeyValue } from './key-value.js' */
/** @import { Call, Origin } from './program.js' */

/**
 * Where a program runs: everything that its services can reach.
 *
 * @typedef {object} Situation
 * @property {KeyValue} keyValue
 * @property {Map<string, string>} config
 * @property {(guest: Guest, level: number, message: string) => void} log
 * @property {Clock} clock
 * @property {(bytes: Uint8Array, guest?: Guest) => void} random fills them, for a guest or for the runtime itself
 * @property {(queue: string, message: Uint8Array, call: Call) => void} send refuses with 404 if there is no such queue
 * @property {(channel: string, message: Uint8Array) => void} publish refuses with 400 or 404 if there is no such channel
 * @property {(message: Uint8Array, call: Call) => Uint8Array} outbound answers a raw HTTP response
 * @property {(deadline: number, service: string) => void} busy is told of the monotonic time by which a guest must have ended
 * @property {TestControl} [test] where test modules run
 * @property {Observer} [observer]
 */

/**
 * @typedef {object} Clock
 * @property {(guest?: Guest) => bigint} now nanoseconds since 1970, as a guest is told
 * @property {() => number} monotonic nanoseconds since an arbitrary moment
 * @property {(nanos: number) => void} sleep
 */

/**
 * @typedef {object} TestControl
 * @property {(nanos: bigint) => void} advance
 * @property {() => void} quiesce
 * @property {(name: string) => Outcome} runCron
 * @property {(channel: string) => Uint8Array[]} published the oldest first; refuses as publishing does
 */

/**
 * Sees what a program does. The runtime's panel is drawn from it.
 *
 * @typedef {object} Observer
 * @property {(guest: Guest, module: string, name: string, key: Uint8Array) => void} hostCall
 * @property {(call: Call) => void} began
 * @property {(call: Call, code: number) => void} ended with the code of its error, or 0
 */

export {};
