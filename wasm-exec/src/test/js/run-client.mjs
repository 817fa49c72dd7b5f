/**
 * Runs the client for pages against a server that fails in every way.
 *
 * node run-client.mjs CLIENT: prints a line of JSON for each case, {case, failure}.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const { ParigotError, channel, service } = await import(pathToFileURL(path.resolve(process.argv[2])).href);

/** What was asked, and what the next requests are answered. */
let asked = [];
let answers = [];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    asked.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const answer = answers.shift() ?? { status: 404, body: 'nothing more' };
    if (typeof answer === 'function') {
      answer(response);
    } else {
      response.writeHead(answer.status ?? 200, answer.headers ?? { 'Content-Type': 'application/json' });
      response.end(answer.body ?? '');
    }
  });
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}`;
const fetched = globalThis.fetch;
// A page's addresses are relative to it.
globalThis.fetch = (url, init) => fetched(base + url, init);

/** What the platform says of a call that it has not begun. */
const SOON = { 'Retry-After': '0' };

const stream = (...parts) => response => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  parts.forEach(part => response.write(part));
};
const broken = (...parts) => response => {
  stream(...parts)(response);
  setTimeout(() => response.destroy(), 20);
};

async function until(holds) {
  const end = Date.now() + 10_000;
  while (!holds() && Date.now() < end) await new Promise(done => setTimeout(done, 5));
  assert.ok(holds(), 'it happens in time');
}

const CASES = {
  async 'a call posts JSON and answers what JSON came'() {
    answers = [{ body: '{"total": 12}' }];
    assert.deepEqual(await service('cart').add({ sku: 'tea' }), { total: 12 });
    assert.equal(`${asked[0].method} ${asked[0].url} ${asked[0].body}`, 'POST /cart/add {"sku":"tea"}');
  },

  async 'an empty answer is nothing, and what is no JSON its bytes'() {
    const headers = { 'Content-Type': 'application/octet-stream' };
    answers = [{ headers }, { headers, body: 'tea' }];
    assert.equal(await service('cart').clear(), undefined);
    assert.deepEqual(await service('cart').raw(), new Uint8Array([116, 101, 97]));
    assert.equal(asked[0].body, '');
  },

  async 'an error of the app has its code and its text'() {
    answers = [{ status: 422, headers: { 'Parigot-Error': '1001' }, body: 'sold out' }];
    await assert.rejects(service('orders').place({}), error => {
      assert.ok(error instanceof ParigotError);
      assert.deepEqual([error.status, error.code, error.message], [422, 1001, 'sold out']);
      return true;
    });
  },

  async 'an error of the platform has its status as its code'() {
    answers = [{ status: 500, body: 'it trapped' }];
    await assert.rejects(service('orders').place({}), { status: 500, code: 500, message: 'it trapped' });
    assert.equal(asked.length, 1);
  },

  async 'a problem of the platform is told in its words'() {
    const headers = { 'Content-Type': 'application/problem+json' };
    answers = [{ status: 401, headers, body: '{"status":401,"detail":"Nobody is signed in.","next":"Sign in at /."}' }];
    await assert.rejects(service('orders').place({}), { status: 401, message: 'Nobody is signed in. Sign in at /.' });
    answers = [{ status: 502, headers, body: 'cut o' }];
    await assert.rejects(service('orders').place({}), { status: 502, message: 'cut o' });
  },

  async 'what was not begun is asked again, and nothing else'() {
    answers = [{ status: 503, headers: SOON, body: 'starting' }, { status: 429, headers: SOON, body: 'too many' }, { body: '1' }];
    assert.equal(await service('orders').place({}), 1);
    assert.equal(asked.length, 3);
    asked = [];
    for (const status of [408, 499, 500, 502, 504, 507]) {
      answers = [{ status, body: 'no' }];
      await assert.rejects(service('orders').place({}), { status });
    }
    assert.equal(asked.length, 6);
  },

  async 'a method that answers 503 or 429 itself is not asked again'() {
    for (const status of [429, 503]) {
      answers = [{ status, body: 'I have done half of it' }];
      await assert.rejects(service('orders').place({}), { status, code: status, message: 'I have done half of it' });
    }
    assert.equal(asked.length, 2);
  },

  async 'an error of the app is not asked again, whatever its status'() {
    answers = [{ status: 503, headers: { 'Parigot-Error': '1001' }, body: 'closed' }];
    await assert.rejects(service('orders').place({}), { status: 503, code: 1001 });
    assert.equal(asked.length, 1);
  },

  async 'it is asked again as often as wanted'() {
    answers = Array.from({ length: 9 }, () => ({ status: 503, headers: SOON, body: 'no' }));
    await assert.rejects(service('orders').place({}, { retries: 1 }), { status: 503 });
    assert.equal(asked.length, 2);
  },

  async 'the rest that the server asks for is kept'() {
    answers = [{ status: 429, headers: { 'Retry-After': '1' }, body: 'no' }, { body: '1' }];
    const begin = Date.now();
    await service('orders').place({});
    assert.ok(Date.now() - begin >= 1000);
  },

  async 'a call that takes too long is a 408, and not asked again'() {
    answers = [() => {}];
    await assert.rejects(service('orders').place({}, { timeout: 50 }), { status: 408, code: 408 });
    assert.equal(asked.length, 1);
  },

  async 'a call that is given up says so in the words of who gave it up'() {
    answers = [() => {}];
    const giver = new AbortController();
    setTimeout(() => giver.abort(new Error('enough')), 30);
    await assert.rejects(service('orders').place({}, { signal: giver.signal }), { message: 'enough' });
  },

  async 'a call that breaks off is told, and not made again'() {
    answers = [response => response.destroy()];
    await assert.rejects(service('orders').place({}), { status: 0, code: 0 });
    assert.equal(asked.length, 1);
  },

  async 'a service is no promise'() {
    assert.equal(await service('cart') === undefined, false);
    assert.equal(asked.length, 0);
  },

  async 'messages are heard as JSON, text or bytes'() {
    answers = [stream('retry: 1000\nid: a.0\n\n', 'id: a.1\ndata: {"left"', ': 3}\n\nid: a.2\ndata: one\ndata: two\n\n: still here\n\n',
      'id: a.3\nevent: base64\ndata: AP8=\n\n', 'id: a.4\ndata: \n\n')];
    const heard = [];
    const stop = channel('stock').listen((data, message) => heard.push([message.id, data]));
    await until(() => heard.length === 4);
    stop();
    assert.deepEqual(heard, [['a.1', { left: 3 }], ['a.2', 'one\ntwo'], ['a.3', new Uint8Array([0, 255])], ['a.4', '']]);
    assert.equal(asked[0].url, '/_parigot/channels/stock');
    assert.equal(asked[0].headers['last-event-id'], undefined);
  },

  async 'a connection that breaks is made again, with the id of the last message'() {
    answers = [broken('id: a.0\n\n'), broken('id: a.0\n\nid: a.1\ndata: 1\n\n'), stream('id: a.1\n\nid: a.2\ndata: 2\n\n')];
    const heard = [];
    const states = [];
    const stop = channel('stock').listen(data => heard.push(data), { onState: state => states.push(state) });
    await until(() => heard.length === 2);
    stop();
    await until(() => states.at(-1) === 'closed');
    assert.deepEqual(asked.map(each => each.headers['last-event-id']), [undefined, 'a.0', 'a.1']);
    assert.deepEqual(states, ['open', 'waiting', 'open', 'waiting', 'open', 'closed']);
  },

  async 'half a message is none'() {
    answers = [broken('id: a.0\n\nid: a.1\ndata: 1\n\nid: a.2\ndata: 2\n'), stream('id: a.1\n\nid: a.2\ndata: 2\n\n')];
    const heard = [];
    const stop = channel('stock').listen(data => heard.push(data));
    await until(() => heard.length === 2);
    stop();
    assert.deepEqual(asked.map(each => each.headers['last-event-id']), [undefined, 'a.1']);
  },

  async 'a server that is away for a while is waited for'() {
    answers = [{ status: 502, body: 'no' }, { status: 429, body: 'no' }, stream('id: a.1\ndata: 1\n\n')];
    const heard = [];
    const stop = channel('stock').listen(data => heard.push(data));
    await until(() => heard.length === 1);
    stop();
  },

  async 'a channel that one may not listen to is told once'() {
    answers = [{ status: 404, body: 'There is no channel stock to listen to.' }];
    const errors = [];
    const states = [];
    channel('stock').listen(() => {}, { onError: error => errors.push(error), onState: state => states.push(state) });
    await until(() => states.includes('closed'));
    assert.deepEqual(errors.map(({ status, message }) => [status, message]), [[404, 'There is no channel stock to listen to.']]);
    assert.equal(asked.length, 1);
  },

  async 'who fails at a message hears the next one'() {
    const told = [];
    globalThis.reportError = error => told.push(error.message);
    answers = [stream('id: a.1\ndata: 1\n\nid: a.2\ndata: 2\n\n')];
    const heard = [];
    const stop = channel('stock').listen(data => {
      heard.push(data);
      if (data === 1) throw new Error('clumsy');
    });
    await until(() => heard.length === 2);
    stop();
    assert.deepEqual(told, ['clumsy']);
  },

  async 'a signal ends it too'() {
    answers = [stream('id: a.0\n\n')];
    const ender = new AbortController();
    const states = [];
    channel('stock').listen(() => {}, { signal: ender.signal, onState: state => states.push(state) });
    await until(() => states.includes('open'));
    ender.abort();
    await until(() => states.includes('closed'));
  },
};

for (const [name, run] of Object.entries(CASES)) {
  asked = [];
  let failure = null;
  try {
    await run();
  } catch (thrown) {
    failure = String(thrown?.stack ?? thrown);
  }
  console.log(JSON.stringify({ case: name, failure }));
}
server.closeAllConnections();
server.close();
