// A durable queue by hand: node queue.mjs MODULE FILE MESSAGES BYTES. Messages go into an SQLite file, each in a transaction that is on
// the disk before the next one is sent; then each is taken, given to the module's method `echo`, and deleted, likewise. Prints both rates.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { call, imports } from './host.mjs';

const [file, path, messages, bytes] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const { exports } = new WebAssembly.Instance(module, imports(module));
exports._initialize?.();

const database = new DatabaseSync(path);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec('CREATE TABLE messages (id INTEGER PRIMARY KEY, content BLOB NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL)');
const insert = database.prepare('INSERT INTO messages (content, attempts, due) VALUES (?, 0, ?)');
const first = database.prepare('SELECT id, attempts, content FROM messages WHERE due <= ? ORDER BY due, id LIMIT 1');
const take = database.prepare('UPDATE messages SET attempts = attempts + 1, due = ? WHERE id = ? AND attempts = ?');
const done = database.prepare('DELETE FROM messages WHERE id = ?');

const rate = (work) => {
  const begin = performance.now();
  for (let i = 0; i < messages; i++) work();
  return Math.round(messages / (performance.now() - begin) * 1000);
};
const message = new Uint8Array(Number(bytes));
const sent = rate(() => insert.run(message, Date.now()));
const delivered = rate(() => {
  const { id, attempts, content } = first.get(Date.now());
  take.run(Date.now() + 40_000, id, attempts);
  call(exports, 'echo', content);
  done.run(id);
});
console.log(`${sent} ${delivered}`);
