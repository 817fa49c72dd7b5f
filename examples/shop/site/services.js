// The shop's services, as methods that a page can call, and what it is told.
import { channel, service } from '/_parigot/client.js';

const at = { catalog: service('catalog'), cart: service('cart'), orders: service('orders'), account: service('account') };

/** What went wrong, in the words of a shop; what a service says to people is said to them. */
async function asked(answer) {
  try {
    return await answer;
  } catch (failure) {
    if (failure.status === 0) failure.message = 'The shop can’t be reached. Is the network there?';
    else if (failure.status >= 500 && failure.status !== 503) failure.message = 'Something broke behind the counter. Please try again in a moment.';
    throw failure;
  }
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

export const catalog = { list: () => asked(at.catalog.list({})) };

export const cart = {
  view: () => asked(at.cart.view({ cart: cartId() })),
  add: (sku, quantity) => asked(at.cart.add({ cart: cartId(), sku, quantity })),
  set: (sku, quantity) => asked(at.cart.set({ cart: cartId(), sku, quantity })),
};

export const account = {
  orders: () => asked(at.account.orders({ cart: cartId() })),
  signOut: () => fetch('/_parigot/auth/sign-out', { method: 'POST', headers: { 'Content-Type': 'application/json' } }),
};

export const orders = {
  place: (name, email) => asked(at.orders.place({ cart: cartId(), name, email })),
  list: () => asked(at.orders.list({ cart: cartId() })),
};

/** Calls back with what is left of what was just sold, to anybody: `{ [sku]: 11 }`. */
export const onSold = told => channel('stock').listen(told);
