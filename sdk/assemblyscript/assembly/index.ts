// Write a Parigot service in AssemblyScript. A service exports parigot_alloc and parigot_free from
// here, and its methods, which take (ptr: usize, len: u32) and return what `ok` or `fail` gives.

import * as kv from "./kv";
import * as log from "./log";
import * as clock from "./clock";
import * as random from "./random";
import * as config from "./config";
import * as queue from "./queue";
import * as channel from "./channel";
import * as http from "./http";
import * as test from "./test";

export { parigot_alloc, parigot_free } from "./memory";
export { Result, ok, fail, failure, requestBytes, requestText } from "./result";
export {
  BAD_REQUEST,
  NOT_FOUND,
  TIMED_OUT,
  CONFLICT,
  EXPECTATION_FAILED,
  TOO_MANY_REQUESTS,
  NO_MEMORY,
} from "./result";
export { bytesOf, textOf } from "./bytes";
export { callClaims, callInfo, callUser } from "./call_info";
export { call, start, Future } from "./service";
export { Json } from "./json";
export { kv, log, clock, random, config, queue, channel, http, test };

/** Ends the call as a trap does, and says why in the log. Compile with --use abort=~lib/parigot/assembly/index/abort. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  log.write(4, `${message ? message : "abort"} (${file ? file : "?"}:${line}:${column})`);
  unreachable();
}
