// The app's configuration.

import { unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:config", "get")
declare function config_get(key: usize, klen: u32): u64;

/** A configuration value as text, or the default if there is none. */
export function get(key: string, otherwise: string = ""): string {
  const k = String.UTF8.encode(key);
  const value = unpack(config_get(changetype<usize>(k), k.byteLength));
  return value.ok ? value.text : otherwise;
}
