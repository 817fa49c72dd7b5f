// The module behind workerd's fetch handler.
import module from 'module.wasm';
import { call, imports } from 'host.mjs';

const { exports } = new WebAssembly.Instance(module, imports(module));
exports._initialize?.();

export default {
  async fetch(request) {
    const method = new URL(request.url).pathname.split('/')[2];
    const body = call(exports, method, new Uint8Array(await request.arrayBuffer()));
    return new Response(body, { headers: { 'Content-Type': 'application/octet-stream' } });
  },
};
