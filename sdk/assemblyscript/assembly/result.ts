/** What a call gave: a response, or an error's code and text. */
export class Result {
  constructor(
    /** 0, or the code: 400 to 599 as in HTTP, 1000 and above the app's own. */
    readonly error: u32,
    /** The response, or the error's text. */
    readonly bytes: ArrayBuffer,
  ) {}

  get ok(): bool {
    return this.error == 0;
  }

  get text(): string {
    return String.UTF8.decode(this.bytes);
  }

  /** This result as that of the method that got it. */
  respond(): u64 {
    return this.ok ? pack(this.bytes, 0) : packError(this.error, this.bytes);
  }
}

// The last response: the caller reads it until the next call enters.
let response: ArrayBuffer = new ArrayBuffer(0);

function pack(bytes: ArrayBuffer, error: u64): u64 {
  response = bytes;
  return ((<u64>changetype<usize>(bytes)) << 32) | (error << 31) | (<u64>bytes.byteLength);
}

function packError(code: u32, text: ArrayBuffer): u64 {
  const packed = new ArrayBuffer(4 + text.byteLength);
  store<u32>(changetype<usize>(packed), code);
  memory.copy(changetype<usize>(packed) + 4, changetype<usize>(text), text.byteLength);
  return pack(packed, 1);
}

/** Returns text, JSON usually, from a method. */
export function ok(text: string = ""): u64 {
  return pack(String.UTF8.encode(text), 0);
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
  if (len < 4) return new Result(507, String.UTF8.encode("no memory for the result"));
  const code = load<u32>(ptr);
  const text = requestBytes(ptr + 4, len - 4);
  heap.free(ptr);
  return new Result(code ? code : 500, text);
}
