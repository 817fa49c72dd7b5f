// HTTP/1.1 messages: what a method named http gets and returns, and requests to other hosts.
//
//     export function http(ptr: usize, len: u32): u64 {
//       const request = Http.Request.parse(requestBytes(ptr, len));
//       if (!request) return fail(400, "not a request");
//       return new Http.Response(200, "text/plain", "Hello, " + request.query("name") + "!").respond();
//     }
//
// An error that the method returns becomes a response with its code and its text.

import { bytesOf, join, textOf } from "./bytes";
import { Result, ok, unpack } from "./result";

// @ts-ignore: decorator
@external("parigot:http", "send")
declare function http_send(ptr: usize, len: u32): u64;

/** One header line. */
export class Header {
  constructor(
    readonly name: string,
    readonly value: string,
  ) {}
}

/** The first line, the headers and the body. */
class Message {
  headers: Header[] = [];

  constructor(
    public start: string,
    public body: ArrayBuffer,
  ) {}

  static parse(bytes: ArrayBuffer): Message | null {
    const end = endOfHead(bytes);
    if (end < 0) return null;
    const lines = textOf(bytes.slice(0, end)).split("\r\n");
    const message = new Message(lines[0], bytes.slice(end + 4));
    for (let i = 1; i < lines.length; i++) {
      const colon = lines[i].indexOf(":");
      const name = lines[i].substring(0, colon);
      if (colon < 1 || name.includes(" ")) return null;
      message.headers.push(new Header(name, lines[i].substring(colon + 1).trim()));
    }
    return message;
  }

  get(name: string): string {
    const lower = name.toLowerCase();
    for (let i = 0; i < this.headers.length; i++) {
      if (this.headers[i].name.toLowerCase() == lower) return this.headers[i].value;
    }
    return "";
  }

  bytes(start: string, withLength: bool): ArrayBuffer {
    let head = start + "\r\n";
    for (let i = 0; i < this.headers.length; i++) {
      const header = this.headers[i];
      if (header.name.toLowerCase() == "content-length") continue;
      head += clean(header.name) + ": " + clean(header.value) + "\r\n";
    }
    if (withLength) head += "Content-Length: " + this.body.byteLength.toString() + "\r\n";
    return join(bytesOf(head + "\r\n"), this.body);
  }
}

function endOfHead(bytes: ArrayBuffer): i32 {
  const at = changetype<usize>(bytes);
  for (let i = 0; i + 4 <= bytes.byteLength; i++) {
    if (load<u32>(at + i) == 0x0a0d0a0d) return i; // CR LF CR LF
  }
  return -1;
}

// Without what would end its line.
function clean(text: string): string {
  return text.replaceAll("\r", " ").replaceAll("\n", " ").replaceAll("\0", " ");
}

/** A request. `target` is the path and the query as sent; in a request to another host it is an absolute URL. */
export class Request {
  private message: Message = new Message("", new ArrayBuffer(0));

  constructor(
    readonly method: string,
    readonly target: string,
  ) {}

  /** Reads a message; null if it is no request. */
  static parse(bytes: ArrayBuffer): Request | null {
    const message = Message.parse(bytes);
    if (!message) return null;
    const words = message.start.split(" ");
    if (words.length != 3 || !words[0].length || !words[1].length || !words[2].startsWith("HTTP/")) return null;
    const request = new Request(words[0], words[1]);
    request.message = message;
    return request;
  }

  /** Adds a header. */
  header(name: string, value: string): Request {
    this.message.headers.push(new Header(name, value));
    return this;
  }

  /** Sets the body. */
  withBody<T>(body: T): Request {
    this.message.body = bytesOf(body);
    return this;
  }

  get headers(): Header[] {
    return this.message.headers;
  }

  get body(): ArrayBuffer {
    return this.message.body;
  }

  /** The first value of a header, whatever the case of its name; empty if there is none. */
  get(name: string): string {
    return this.message.get(name);
  }

  /** The target without its query, as sent. */
  get path(): string {
    return this.target.split("?")[0];
  }

  /** The first parameter of that name in the query, decoded; empty if there is none. */
  query(name: string): string {
    const at = this.target.indexOf("?");
    return at < 0 ? "" : field(this.target.substring(at + 1), name);
  }

  /** The first field of that name in a body of application/x-www-form-urlencoded, decoded; empty if there is none. */
  form(name: string): string {
    return field(textOf(this.body), name);
  }

  /** The message. Host and Content-Length are added where they lack. */
  get bytes(): ArrayBuffer {
    const scheme = this.target.indexOf("://");
    if (scheme >= 0 && !this.get("Host").length) {
      const host = this.target.substring(scheme + 3).split("/")[0].split("?")[0].split("#")[0];
      this.headers.unshift(new Header("Host", host));
    }
    return this.message.bytes(`${clean(this.method)} ${clean(this.target)} HTTP/1.1`, this.body.byteLength > 0);
  }

  /**
   * Sends it to the host of its URL, which the manifest must allow, and waits; the result's bytes are for
   * `Response.parse`. 400 not a request, 403 not allowed, 502 unreachable, 504 late.
   */
  send(): Result {
    const bytes = this.bytes;
    return unpack(http_send(changetype<usize>(bytes), bytes.byteLength));
  }
}

/** A response. */
export class Response {
  private message: Message = new Message("", new ArrayBuffer(0));

  constructor(
    readonly status: i32,
    contentType: string = "",
    body: string = "",
  ) {
    if (contentType.length) this.header("Content-Type", contentType);
    this.message.body = bytesOf(body);
  }

  /** Reads a message; null if it is no response. */
  static parse(bytes: ArrayBuffer): Response | null {
    const message = Message.parse(bytes);
    if (!message) return null;
    const words = message.start.split(" ");
    if (words.length < 2 || !words[0].startsWith("HTTP/") || words[1].length != 3) return null;
    const status = I32.parseInt(words[1]);
    if (status < 100 || status > 999) return null;
    const response = new Response(status);
    response.message = message;
    return response;
  }

  /** Adds a header. */
  header(name: string, value: string): Response {
    this.message.headers.push(new Header(name, value));
    return this;
  }

  /** Sets the body. */
  withBody<T>(body: T): Response {
    this.message.body = bytesOf(body);
    return this;
  }

  get headers(): Header[] {
    return this.message.headers;
  }

  get body(): ArrayBuffer {
    return this.message.body;
  }

  /** The first value of a header, whatever the case of its name; empty if there is none. */
  get(name: string): string {
    return this.message.get(name);
  }

  /** The message. Content-Length is added. */
  get bytes(): ArrayBuffer {
    return this.message.bytes(`HTTP/1.1 ${this.status} `, true);
  }

  /** Returns it from the method. */
  respond(): u64 {
    return ok(this.bytes);
  }
}

function field(encoded: string, name: string): string {
  const pairs = encoded.split("&");
  for (let i = 0; i < pairs.length; i++) {
    const equals = pairs[i].indexOf("=");
    const key = equals < 0 ? pairs[i] : pairs[i].substring(0, equals);
    if (decode(key) == name) return equals < 0 ? "" : decode(pairs[i].substring(equals + 1));
  }
  return "";
}

// What is no escape stays as it is.
function decode(text: string): string {
  const encoded = Uint8Array.wrap(bytesOf(text));
  const decoded = new Uint8Array(encoded.length);
  let length = 0;
  for (let i = 0; i < encoded.length; i++) {
    const c = encoded[i];
    const escaped = c == 0x25 && i + 2 < encoded.length ? hex(encoded[i + 1]) * 16 + hex(encoded[i + 2]) : -1;
    if (escaped >= 0) i += 2;
    decoded[length++] = escaped >= 0 ? <u8>escaped : c == 0x2b ? 0x20 : c;
  }
  return textOf(decoded.buffer.slice(0, length));
}

// Far below zero for what is no digit, so that a pair with one is below zero too.
function hex(digit: u8): i32 {
  if (digit >= 0x30 && digit <= 0x39) return digit - 0x30;
  const lower = digit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -4096;
}
