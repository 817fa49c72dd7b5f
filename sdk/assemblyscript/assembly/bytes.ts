/** Text as UTF-8, or bytes as they are: what every function here takes as data. */
export function bytesOf<T>(data: T): ArrayBuffer {
  if (isString<T>()) return String.UTF8.encode(changetype<string>(data));
  if (data instanceof ArrayBuffer) return changetype<ArrayBuffer>(data);
  if (data instanceof Uint8Array) {
    const view = changetype<Uint8Array>(data);
    return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  }
  ERROR("expected a string, an ArrayBuffer or a Uint8Array");
}

/** Bytes as text; what is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: ArrayBuffer): string {
  return String.UTF8.decode(bytes);
}

/** Joins bytes. */
export function join(first: ArrayBuffer, second: ArrayBuffer): ArrayBuffer {
  const both = new ArrayBuffer(first.byteLength + second.byteLength);
  memory.copy(changetype<usize>(both), changetype<usize>(first), first.byteLength);
  memory.copy(changetype<usize>(both) + first.byteLength, changetype<usize>(second), second.byteLength);
  return both;
}
