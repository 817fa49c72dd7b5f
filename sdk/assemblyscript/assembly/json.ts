// JSON, as far as services need it to talk with each other and with a browser.

// Nesting beyond this is refused: it bounds the stack.
const DEPTH: i32 = 64;

enum Kind {
  Null,
  True,
  False,
  Number,
  String,
  Array,
  Object,
}

/** A JSON value. A number keeps its text, so that none is rounded on its way through. */
export class Json {
  private kind: Kind = Kind.Null;
  private value: string = "";
  private items: Json[] = [];
  private names: string[] = [];

  /** Reads one value with nothing but white space around it; null if it is not that. */
  static parse(text: string): Json | null {
    const reader = new Reader(text);
    const value = reader.value(0);
    return reader.atEnd() ? value : null;
  }

  static string(text: string): Json {
    const json = new Json();
    json.kind = Kind.String;
    json.value = text;
    return json;
  }

  static integer(integer: i64): Json {
    return Json.number(integer.toString());
  }

  /** A number from its JSON text. */
  static number(text: string): Json {
    const json = new Json();
    json.kind = Kind.Number;
    json.value = text;
    return json;
  }

  static bool(value: bool): Json {
    const json = new Json();
    json.kind = value ? Kind.True : Kind.False;
    return json;
  }

  static array(): Json {
    const json = new Json();
    json.kind = Kind.Array;
    return json;
  }

  static object(): Json {
    const json = new Json();
    json.kind = Kind.Object;
    return json;
  }

  /** Adds an item to an array. */
  push(item: Json): Json {
    this.items.push(item);
    return this;
  }

  /** Adds a member to an object. */
  set(name: string, value: Json): Json {
    this.names.push(name);
    this.items.push(value);
    return this;
  }

  /** An object's member; JSON's null if there is none, or if this is no object. */
  get(name: string): Json {
    const at = this.names.indexOf(name);
    return at < 0 ? new Json() : this.items[at];
  }

  /** An array's items; none if this is no array. */
  get elements(): Json[] {
    return this.kind == Kind.Array ? this.items : [];
  }

  get isNull(): bool {
    return this.kind == Kind.Null;
  }

  get isString(): bool {
    return this.kind == Kind.String;
  }

  get isArray(): bool {
    return this.kind == Kind.Array;
  }

  /** A string's text; empty if this is no string. */
  get text(): string {
    return this.kind == Kind.String ? this.value : "";
  }

  /** Whether this is a number without fraction and exponent, of at most 18 digits. */
  get isInteger(): bool {
    if (this.kind != Kind.Number) return false;
    const digits = this.value.charCodeAt(0) == 0x2d ? 1 : 0;
    if (this.value.length - digits > 18) return false;
    for (let i = digits; i < this.value.length; i++) {
      if (!isDigit(this.value.charCodeAt(i))) return false;
    }
    return true;
  }

  /** An integer's value; 0 if this is none. */
  get integer(): i64 {
    return this.isInteger ? I64.parseInt(this.value) : 0;
  }

  toString(): string {
    switch (this.kind) {
      case Kind.True:
        return "true";
      case Kind.False:
        return "false";
      case Kind.Number:
        return this.value;
      case Kind.String:
        return quoted(this.value);
      case Kind.Array:
        return "[" + this.items.map<string>((item) => item.toString()).join(",") + "]";
      case Kind.Object: {
        const members: string[] = [];
        for (let i = 0; i < this.items.length; i++) {
          members.push(quoted(this.names[i]) + ":" + this.items[i].toString());
        }
        return "{" + members.join(",") + "}";
      }
      default:
        return "null";
    }
  }
}

function isDigit(c: i32): bool {
  return c >= 0x30 && c <= 0x39;
}

function quoted(text: string): string {
  let out = '"';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x20 && c != 0x22 && c != 0x5c) continue;
    out += text.substring(start, i) + "\\";
    out += c < 0x20 ? "u" + c.toString(16).padStart(4, "0") : String.fromCharCode(c);
    start = i + 1;
  }
  return out + text.substring(start) + '"';
}

// Reads from `at` on; after a mistake `broken` is set, and what it gives means nothing.
class Reader {
  private at: i32 = 0;
  private broken: bool = false;

  constructor(private text: string) {}

  /** Whether nothing is left, and nothing was wrong. */
  atEnd(): bool {
    return this.space() < 0 && !this.broken;
  }

  private peek(): i32 {
    return this.at < this.text.length && !this.broken ? this.text.charCodeAt(this.at) : -1;
  }

  /** Skips white space and shows the next character, or -1. */
  private space(): i32 {
    let c = this.peek();
    while (c == 0x20 || c == 0x09 || c == 0x0a || c == 0x0d) {
      this.at++;
      c = this.peek();
    }
    return c;
  }

  private take(c: i32): bool {
    if (this.peek() != c) return false;
    this.at++;
    return true;
  }

  private expect(c: i32): void {
    if (!this.take(c)) this.broken = true;
  }

  value(depth: i32): Json {
    const c = this.space();
    if (c == 0x7b) return this.collection(depth, Json.object(), 0x7d);
    if (c == 0x5b) return this.collection(depth, Json.array(), 0x5d);
    if (c == 0x22) return Json.string(this.string());
    if (c == 0x74) return this.word("true", Json.bool(true));
    if (c == 0x66) return this.word("false", Json.bool(false));
    if (c == 0x6e) return this.word("null", new Json());
    return this.number();
  }

  private word(word: string, json: Json): Json {
    if (!this.text.startsWith(word, this.at)) this.broken = true;
    this.at += word.length;
    return json;
  }

  private collection(depth: i32, json: Json, close: i32): Json {
    if (depth == DEPTH) this.broken = true;
    this.at++;
    if (this.space() == close) {
      this.at++;
      return json;
    }
    while (!this.broken) {
      if (close == 0x7d) {
        this.space();
        const name = this.string();
        this.space();
        this.expect(0x3a);
        json.set(name, this.value(depth + 1));
      } else {
        json.push(this.value(depth + 1));
      }
      this.space();
      if (this.take(close)) break;
      this.expect(0x2c);
    }
    return json;
  }

  private digits(): void {
    if (!isDigit(this.peek())) this.broken = true;
    while (isDigit(this.peek())) this.at++;
  }

  private number(): Json {
    const start = this.at;
    this.take(0x2d);
    if (!this.take(0x30)) this.digits();
    if (this.take(0x2e)) this.digits();
    if (this.take(0x65) || this.take(0x45)) {
      if (!this.take(0x2b)) this.take(0x2d);
      this.digits();
    }
    return Json.number(this.text.substring(start, this.at));
  }

  private string(): string {
    let out = "";
    this.expect(0x22);
    let start = this.at;
    let c = this.peek();
    while (c != 0x22 && c >= 0x20) {
      if (c == 0x5c) {
        out += this.text.substring(start, this.at++) + this.escape();
        start = this.at;
      } else {
        this.at++;
      }
      c = this.peek();
    }
    out += this.text.substring(start, this.at);
    this.expect(0x22);
    return out;
  }

  private escape(): string {
    const c = this.peek();
    this.at++;
    if (c == 0x22 || c == 0x5c || c == 0x2f) return String.fromCharCode(c);
    if (c == 0x62) return "\b";
    if (c == 0x66) return "\f";
    if (c == 0x6e) return "\n";
    if (c == 0x72) return "\r";
    if (c == 0x74) return "\t";
    if (c == 0x75) return this.unit();
    this.broken = true;
    return "";
  }

  private unit(): string {
    let unit = 0;
    for (let i = 0; i < 4; i++) {
      const c = this.peek();
      const lower = c | 0x20;
      if (isDigit(c)) unit = (unit << 4) | (c - 0x30);
      else if (lower >= 0x61 && lower <= 0x66) unit = (unit << 4) | (lower - 0x57);
      else this.broken = true;
      this.at++;
    }
    return String.fromCharCode(unit);
  }
}
