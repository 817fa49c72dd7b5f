// The shop's services, as methods that a page can call.

/** What a service answered when it refused: the HTTP status, the app's own code, and a text for people. */
export class Refusal extends Error {
  constructor(status, code, text) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

async function call(service, method, request) {
  let response;
  try {
    response = await fetch(`/${service}/${method}`, { method: 'POST', body: JSON.stringify(request) });
  } catch {
    throw new Refusal(0, 0, 'The shop can’t be reached. Is the network there?');
  }
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Refusal(response.status, Number(response.headers.get('Parigot-Error') ?? 0), told(response.status, text));
}

function told(status, text) {
  if (status < 500 || status === 503) return text || `The shop answered ${status}.`;
  return 'Something broke behind the counter. Please try again in a moment.';
}

/** The cart belongs to this browser; its id is a secret that nobody else can guess. */
function cartId() {
  let id = localStorage.getItem('cart');
  if (!id) {
    id = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
    localStorage.setItem('cart', id);
  }
  return id;
}

export const catalog = { list: () => call('catalog', 'list', {}) };

export const cart = {
  view: () => call('cart', 'view', { cart: cartId() }),
  add: (sku, quantity) => call('cart', 'add', { cart: cartId(), sku, quantity }),
  set: (sku, quantity) => call('cart', 'set', { cart: cartId(), sku, quantity }),
};

export const account = {
  orders: () => call('account', 'orders', { cart: cartId() }),
  signOut: () => fetch('/_parigot/auth/sign-out', { method: 'POST', headers: { 'Content-Type': 'application/json' } }),
};

export const orders = {
  place: (name, email) => call('orders', 'place', { cart: cartId(), name, email }),
  list: () => call('orders', 'list', { cart: cartId() }),
};
