import { bytesOf, join, textOf } from "./bytes";

// Codes that the platform uses; 400 to 599 mean what HTTP means by them, 1000 and above are the app's own.
export const BAD_REQUEST: u32 = 400;
export const NOT_FOUND: u32 = 404;
export const TIMED_OUT: u32 = 408;
export const CONFLICT: u32 = 409;
/** Of a check that failed. */
export const EXPECTATION_FAILED: u32 = 417;
export const TOO_MANY_REQUESTS: u32 = 429;
export const NO_MEMORY: u32 = 507;

/** What a call gave: a response, or an error's code and text. */
export class Result {
  constructor(
    /** 0, or the code of an error. */
    readonly error: u32,
    /** The response, or the error's text. */
    readonly bytes: ArrayBuffer,
  ) {}

  get ok(): bool {
    return this.error == 0;
  }

  get text(): string {
    return textOf(this.bytes);
  }

  /** This result as that of the method that got it. */
  respond(): u64 {
    return this.ok ? pack(this.bytes, 0) : packError(this.error, this.bytes);
  }
}

/** An error as a result, for functions between a method and its calls. */
export function failure(code: u32, text: string): Result {
  return new Result(code, String.UTF8.encode(text));
}

// The last response: the caller reads it until the next call enters.
let response: ArrayBuffer = new ArrayBuffer(0);

function pack(bytes: ArrayBuffer, error: u64): u64 {
  response = bytes;
  const ptr = bytes.byteLength ? <u64>changetype<usize>(bytes) : 0;
  return (ptr << 32) | (error << 31) | (<u64>bytes.byteLength);
}

function packError(code: u32, text: ArrayBuffer): u64 {
  const head = new ArrayBuffer(4);
  store<u32>(changetype<usize>(head), code);
  return pack(join(head, text), 1);
}

/** Returns text, JSON usually, or bytes from a method. */
export function ok<T = string>(data: T = changetype<T>("")): u64 {
  return pack(bytesOf(data), 0);
}

/** Returns an error from a method. */
export function fail(code: u32, text: string): u64 {
  return packError(code, String.UTF8.encode(text));
}

/** A method's request. */
export function requestBytes(ptr: usize, len: u32): ArrayBuffer {
  const bytes = new ArrayBuffer(len);
  memory.copy(changetype<usize>(bytes), ptr, len);
  return bytes;
}

/** A method's request as text. */
export function requestText(ptr: usize, len: u32): string {
  return String.UTF8.decodeUnsafe(ptr, len);
}

/** Reads what an import gave, and frees its memory. */
export function unpack(packed: u64): Result {
  const ptr = <usize>(packed >> 32);
  const len = <u32>(packed & 0x7fffffff);
  if (!((packed >> 31) & 1)) {
    const bytes = requestBytes(ptr, len);
    if (len) heap.free(ptr);
    return new Result(0, bytes);
  }
  if (len < 4) return failure(NO_MEMORY, "no memory for the result");
  const code = load<u32>(ptr);
  const text = requestBytes(ptr + 4, len - 4);
  heap.free(ptr);
  return new Result(code ? code : 500, text);
}
