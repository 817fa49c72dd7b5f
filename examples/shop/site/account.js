// Who is signed in, and what he has bought, in whichever browser. Guests buy as well.
import { account } from './services.js';

const $ = id => document.getElementById(id);

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function money(hundredths, currency) {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(hundredths / 100);
}

async function show() {
  let customer = null;
  try {
    customer = await account.orders();
  } catch (refusal) {
    // Nobody is signed in, or the shop is shut, which it says by itself.
    if (refusal.status !== 401) return;
  }
  $('signed-out').hidden = customer !== null;
  $('signed-in').hidden = customer === null;
  if (customer === null) return;
  $('customer').textContent = customer.name;
  $('name').value ||= customer.name;
  $('email').value ||= customer.email ?? '';
  $('no-orders').hidden = customer.orders.length > 0;
  $('own-orders').replaceChildren(...customer.orders.map(order => element('li', '',
    element('strong', '', order.id),
    element('span', '', money(order.total, order.currency)),
    element('span', 'quiet', new Date(order.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })))));
}

$('sign-out').addEventListener('click', async () => {
  await account.signOut();
  await show();
});

// What was just ordered is among these, too.
new MutationObserver(show).observe($('past-orders'), { childList: true });
show();
