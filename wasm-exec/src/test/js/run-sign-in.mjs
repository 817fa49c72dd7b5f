/**
 * Holds the runtime's addresses to sign in to the table of steps.
 *
 * node run-sign-in.mjs RUNTIME TABLE: prints a line of JSON for each step.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [runtime, file] = process.argv.slice(2);
const module = name => import(pathToFileURL(path.resolve(runtime, name)).href);
const { SignIn } = await module('sign-in.js');
const { Users } = await module('users.js');
const { all, first } = await module('http/message.js');
const table = JSON.parse(await readFile(file, 'utf8'));

let directory = { known: [], sessions: [] };
const users = new Users(directory, value => (directory = value), bytes => crypto.getRandomValues(bytes), Date.now);
const signIn = new SignIn({ name: table.app, signIn: { signUp: true, ways: ['Google'] } }, users);
let session = null;

async function run(wanted) {
  const [method, target] = wanted.request.split(' ');
  const [where, query = ''] = target.split('?');
  const cookies = session ? `theme=dark; ${session}` : 'theme=dark';
  const headers = [['Cookie', cookies], ...(wanted.type ? [['Content-Type', wanted.type]] : [])];
  const request = { method, path: where, query, headers, body: new TextEncoder().encode(wanted.body ?? '') };
  const differences = [];
  const compare = (what, actual, expected) => expected !== undefined && actual !== expected && differences.push(`${what}: ${JSON.stringify(actual)}`);
  if (!SignIn.isFor(request)) {
    const known = signIn.known(request);
    compare('cookies', first(known.headers, 'cookie'), wanted.cookies);
    if (wanted.claims === null) compare('user', known.user ?? null, null);
    else if (!known.user?.claims.includes(wanted.claims)) differences.push(`user: ${JSON.stringify(known.user)}`);
    return differences;
  }
  const answer = await signIn.answer(request);
  for (const set of all(answer.headers, 'set-cookie')) {
    session = / Max-Age=0;/.test(set) ? null : set.split(';')[0];
  }
  const body = new TextDecoder().decode(answer.body);
  compare('status', answer.status, wanted.status);
  for (const [name, value] of Object.entries(wanted.headers ?? {})) compare(name, first(answer.headers, name.toLowerCase()) ?? null, value);
  if (wanted.has && !body.includes(wanted.has)) differences.push(`body: ${body}`);
  return differences;
}

for (const wanted of table.steps) {
  console.log(JSON.stringify({ case: wanted.case, failure: (await run(wanted)).join('; ') || null }));
}
