// The app's log.

// @ts-ignore: decorator
@external("parigot:log", "write")
declare function log_write(level: i32, ptr: usize, len: u32): void;

/** One line at a level from 0 (trace) to 4 (error). */
export function write(level: i32, line: string): void {
  const bytes = String.UTF8.encode(line);
  log_write(level, changetype<usize>(bytes), bytes.byteLength);
}

export function trace(line: string): void {
  write(0, line);
}

export function debug(line: string): void {
  write(1, line);
}

export function info(line: string): void {
  write(2, line);
}

export function warn(line: string): void {
  write(3, line);
}

export function error(line: string): void {
  write(4, line);
}
