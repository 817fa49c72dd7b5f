/** What a case of the conformance suite expects, compared with what came of it. */
export class Check {
  #http;

  constructor(http) {
    this.#http = http;
  }

  equal(actual, expected, what) {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
  }

  /** The bytes that a suite writes as `notation`. */
  bytes(notation) {
    if (notation === undefined || notation === null) return new Uint8Array(0);
    if (typeof notation === 'string') return new TextEncoder().encode(notation);
    if (Array.isArray(notation)) return this.#http.joined(notation.map(part => this.bytes(part)));
    if ('hex' in notation) return Uint8Array.from(notation.hex.match(/../g) ?? [], pair => parseInt(pair, 16));
    if ('u32' in notation) return new Uint8Array(Uint32Array.from(notation.u32).buffer);
    if ('u64' in notation) return new Uint8Array(BigInt64Array.from(notation.u64.map(BigInt)).buffer);
    if ('repeat' in notation) return new TextEncoder().encode(notation.repeat.repeat(notation.times));
    throw new Error(`no notation of bytes: ${JSON.stringify(notation)}`);
  }

  /** So that a difference can be read: text as itself, other bytes as hexadecimals. */
  shown(bytes) {
    const text = new TextDecoder().decode(bytes);
    return /^[ -~]*$/.test(text) ? text : Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  }

  outcome({ call, response, error }, outcome) {
    const code = this.#http.codeOf(outcome);
    if (!error) {
      if (code !== 0) throw new Error(`${call} gave ${JSON.stringify(outcome)}`);
      this.#response(call, response, outcome.bytes);
      return;
    }
    if (code !== error.code) throw new Error(`${call} gave ${code} ${JSON.stringify(outcome)} instead of ${error.code}`);
    if (error.text !== undefined) this.equal(outcome.message, error.text, call);
    if (error.pattern !== undefined) this.#matches(outcome.message, error.pattern, call);
  }

  #matches(text, pattern, what) {
    if (!new RegExp(pattern).test(text)) throw new Error(`${what}: ${text} has no ${pattern}`);
  }

  #response(call, expected, bytes) {
    const text = new TextDecoder().decode(bytes);
    if (expected?.pattern !== undefined) this.#matches(text, expected.pattern, call);
    else if (expected?.length !== undefined && !Array.isArray(expected) && typeof expected !== 'string') this.equal(bytes.length, expected.length, call);
    else if (expected?.message) this.answer(expected.message, this.#http.readResponse(bytes, 'GET'));
    else if (expected?.json) this.equal(JSON.parse(text), expected.json, call);
    else this.equal(this.shown(bytes), this.shown(this.bytes(expected)), call);
  }

  /** What the client gets of a call of a method `http` or a command. */
  response(outcome, kind, method) {
    const command = kind === 'command';
    const text = (status, body, headers = []) => ({ status, headers: [['Content-Type', 'text/plain'], ...headers], body: this.bytes(body) });
    if (outcome.kind === 'failed') {
      return outcome.code >= 1000 ? text(422, outcome.message, [['Parigot-Error', String(outcome.code)]]) : text(outcome.code, outcome.message);
    }
    if (outcome.kind !== 'returned') return text(command && outcome.kind === 'trapped' ? 502 : this.#http.codeOf(outcome), '');
    try {
      return command ? this.#http.readCgi(outcome.bytes, method).response : this.#http.readResponse(outcome.bytes, method);
    } catch (thrown) {
      if (thrown instanceof this.#http.MalformedMessage) return text(502, thrown.message);
      throw thrown;
    }
  }

  answer(expected, response) {
    const text = new TextDecoder().decode(response.body);
    this.equal(response.status, expected.status, `status of ${text}`);
    for (const [name, value] of Object.entries(expected.headers ?? {})) {
      const told = this.#http.first(response.headers, name.toLowerCase());
      this.equal((name.toLowerCase() === 'content-type' ? told?.split(';')[0] : told) ?? null, value, name);
    }
    if (expected.body !== undefined) this.equal(this.shown(response.body), this.shown(this.bytes(expected.body)), 'body');
    const lines = text.split('\n');
    for (const line of expected.lines ?? []) {
      if (!lines.includes(line)) throw new Error(`no line ${line} in ${text}`);
    }
    for (const start of expected.noLines ?? []) {
      if (lines.some(line => line.toLowerCase().startsWith(start.toLowerCase()))) throw new Error(`${start} is in ${text}`);
    }
  }
}
