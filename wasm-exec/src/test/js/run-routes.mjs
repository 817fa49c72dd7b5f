/**
 * Holds the runtime's gateway to the table of routes.
 *
 * node run-routes.mjs RUNTIME TABLE: prints a line of JSON for each case.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [runtime, file] = process.argv.slice(2);
const module = name => import(pathToFileURL(path.resolve(runtime, name)).href);
const { Gateway } = await module('gateway.js');
const { first } = await module('http/message.js');
const table = JSON.parse(await readFile(file, 'utf8'));
const bytes = text => new TextEncoder().encode(text);
const text = content => new TextDecoder().decode(content);

function outcomeOf({ returns, fails, text: message, begun, traps, limit }) {
  if (returns !== undefined) return { kind: 'returned', bytes: bytes(returns) };
  if (fails !== undefined) return { kind: 'failed', code: fails, message, begun };
  return traps === undefined ? { kind: 'limit', limit } : { kind: 'trapped', reason: traps };
}

function run(wanted) {
  const files = Object.fromEntries(Object.entries(table.site.files).map(([name, content]) => [name, { digest: `sha256:${name}`, size: content.length, file: content }]));
  const app = {
    services: table.services.map(service => ({ ...service, methods: service.methods.map(name => ({ name })) })),
    site: { service: wanted.site ?? table.site.service, files },
  };
  const calls = [];
  let seen = '';
  const gateway = new Gateway(app, (service, method, request) => {
    calls.push(`${service}.${method}`);
    seen = text(request);
    return outcomeOf(table.answers[`${service}.${method}`]);
  }, () => {});
  const [method, target] = wanted.request.split(' ');
  const [where, query = ''] = target.split('?');
  const answer = gateway.answer({ method, path: where, query, headers: Object.entries(wanted.send ?? {}), body: bytes(''), user: wanted.user ? { id: wanted.user, claims: '{}' } : null });
  const body = answer.part ? answer.part.file.slice(answer.part.first, answer.part.first + answer.part.length) : text(answer.body);
  const differences = [];
  const compare = (what, actual, expected) => expected !== undefined && JSON.stringify(actual) !== JSON.stringify(expected) && differences.push(`${what}: ${JSON.stringify(actual)}`);
  compare('status', answer.status, wanted.status);
  compare('body', body, wanted.body);
  compare('calls', calls, wanted.calls);
  for (const [name, value] of Object.entries(wanted.headers ?? {})) compare(name, first(answer.headers, name.toLowerCase()) ?? null, value);
  if (wanted.has && !body.includes(wanted.has)) differences.push(`body: ${body}`);
  if (wanted.sees && !seen.startsWith(wanted.sees)) differences.push(`request: ${seen}`);
  return differences;
}

for (const wanted of table.cases) {
  console.log(JSON.stringify({ case: wanted.case, failure: run(wanted).join('; ') || null }));
}
