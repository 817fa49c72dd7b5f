// Write a Parigot service in AssemblyScript. A service exports parigot_alloc and parigot_free from
// here, and its methods, which take (ptr: usize, len: u32) and return what `ok` or `fail` gives.

import * as kv from "./kv";
import * as log from "./log";
import * as clock from "./clock";
import * as random from "./random";
import * as config from "./config";
import * as info from "./info";
import * as queue from "./queue";
import * as http from "./http";

export { parigot_alloc, parigot_free } from "./memory";
export { Result, ok, fail, requestBytes, requestText, unpack } from "./result";
export { call, start, Future } from "./service";
export { Json } from "./json";
export { kv, log, clock, random, config, info, queue, http };

/** Ends the call as a trap does, and says why in the log. Compile with --use abort=~lib/parigot/assembly/index/abort. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  log.write(4, `${message ? message : "abort"} (${file ? file : "?"}:${line}:${column})`);
  unreachable();
}
