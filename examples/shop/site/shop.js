import { cart, catalog, onSold, orders } from './services.js';

const FEW = 3;
const SOLD_OUT = 1001;
const $ = id => document.getElementById(id);

/** An element with its class and children. */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function money(hundredths, currency) {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(hundredths / 100);
}

function say(text) {
  $('status').textContent = text;
}

// One change of the cart at a time, in the order of the clicks.
let last = Promise.resolve();
function inTurn(work) {
  last = last.then(work).catch(showCartError);
  return last;
}

/* ---- Products ---- */

let products = [];

async function showProducts() {
  $('closed').hidden = true;
  $('loading').hidden = products.length > 0;
  try {
    const listed = await catalog.list();
    products = listed.products;
    $('products').replaceChildren(...products.map(product => productCard(product, listed.currency)));
  } catch (failure) {
    $('closed').querySelector('p').textContent = failure.message;
    $('closed').hidden = false;
  }
  $('loading').hidden = true;
}

function productCard({ sku, name, about, price, left }, currency) {
  const art = element('img');
  art.src = `art/${sku}.svg`;
  art.alt = '';
  const add = element('button', '', 'Add');
  add.type = 'button';
  add.disabled = left === 0;
  add.setAttribute('aria-label', `Add to the cart: ${name}`);
  add.addEventListener('click', () => inTurn(async () => {
    showCart(await cart.add(sku, 1));
    say(`${name} is in your cart.`);
  }));
  const card = element('li', 'product',
    art,
    element('div', 'words', element('h2', '', name), element('p', 'about', about)),
    element('div', 'foot', element('span', 'price', money(price, currency), stockNote(left)), add));
  card.dataset.sku = sku;
  return card;
}

/** Somebody has bought something, here or elsewhere, or the shelves were filled. */
function showLeft(levels) {
  for (const [sku, left] of Object.entries(levels)) {
    const card = $('products').querySelector(`[data-sku="${CSS.escape(sku)}"]`);
    card?.querySelector('.left')?.replaceWith(stockNote(left));
    if (card) card.querySelector('button').disabled = left === 0;
  }
}

function stockNote(left) {
  if (left === null) return '';
  if (left === 0) return element('span', 'left few', 'Sold out');
  return left <= FEW ? element('span', 'left few', `Only ${left} left`) : element('span', 'left', `${left} left`);
}

/* ---- Cart ---- */

function showCart(quote) {
  const filled = quote.lines.length > 0;
  const count = quote.lines.reduce((sum, line) => sum + line.quantity, 0);
  const focused = document.activeElement?.dataset?.step;
  $('cart-error').hidden = true;
  $('cart-empty').hidden = filled;
  $('cart-lines').replaceChildren(...quote.lines.map(line => cartLine(line, quote.currency)));
  if (focused) (document.querySelector(`[data-step="${focused}"]`) ?? $('cart')).focus();
  $('cart-sums').hidden = $('checkout').hidden = !filled;
  $('cart-sums').replaceChildren(...sums(quote));
  $('cart-hint').hidden = !filled || quote.shipping === 0;
  $('cart-hint').textContent =
    `${money(quote.free_shipping_from - quote.subtotal, quote.currency)} more and shipping is free.`;
  $('bar').hidden = !filled;
  $('bar-sum').textContent = `${count} ${count === 1 ? 'thing' : 'things'}, ${money(quote.total, quote.currency)}`;
  if (filled) $('thanks').hidden = true;
}

function cartLine({ sku, name, quantity, total }, currency) {
  const step = (sign, by, label) => {
    const button = element('button', 'secondary', sign);
    button.type = 'button';
    button.dataset.step = `${sku}${by}`;
    button.setAttribute('aria-label', `${label}: ${name}`);
    button.addEventListener('click', () => inTurn(async () => {
      showCart(by < 0 ? await cart.set(sku, quantity - 1) : await cart.add(sku, 1));
    }));
    return button;
  };
  return element('li', '',
    element('span', '', name),
    element('span', 'sum', money(total, currency)),
    element('div', 'stepper', step('−', -1, 'One fewer'), element('output', '', String(quantity)), step('+', 1, 'One more')));
}

function sums({ currency, subtotal, shipping, total }) {
  const row = (name, amount, className) => [element('dt', className, name), element('dd', className, amount)];
  return [
    ...row('Subtotal', money(subtotal, currency)),
    ...row('Shipping', shipping ? money(shipping, currency) : 'free'),
    ...row('Total', money(total, currency), 'total'),
  ];
}

function showCartError(failure) {
  $('cart-error').querySelector('p').textContent = failure.message;
  $('cart-error').hidden = false;
  $('cart').scrollIntoView({ block: 'nearest' });
}

/* ---- Orders ---- */

$('checkout').addEventListener('submit', event => {
  event.preventDefault();
  const { name, email } = event.target.elements;
  $('order').disabled = true;
  inTurn(async () => {
    try {
      const order = await orders.place(name.value, email.value);
      showCart(await cart.view());
      showThanks(order);
      await Promise.all([showProducts(), showPastOrders()]);
    } catch (failure) {
      if (failure.code === SOLD_OUT) await showProducts();
      throw failure;
    } finally {
      $('order').disabled = false;
    }
  });
});

function showThanks(order) {
  $('thanks').replaceChildren(
    element('p', '', `Thank you, ${order.name}. Your order is `, element('strong', '', order.id), '.'));
  $('thanks').hidden = false;
  $('cart').focus();
}

async function showPastOrders() {
  const past = (await orders.list()).orders;
  $('past').hidden = past.length === 0;
  $('past-orders').replaceChildren(...past.map(order => element('li', '',
    element('strong', '', order.id),
    element('span', '', money(order.total, order.currency)),
    element('span', 'quiet', new Date(order.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })))));
}

/* ---- Opening ---- */

$('closed').querySelector('button').addEventListener('click', openShop);

function openShop() {
  showProducts();
  inTurn(async () => showCart(await cart.view()));
  inTurn(showPastOrders);
}

openShop();
onSold(showLeft);
