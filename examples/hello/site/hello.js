const form = document.querySelector('#form');
const button = form.querySelector('button');
const greeting = document.querySelector('#greeting');
const language = document.querySelector('#language');
const error = document.querySelector('#error');

async function greet(name) {
  const response = await fetch('/greeter/greet', { method: 'POST', body: JSON.stringify({ name }) });
  const body = await response.text();
  if (!response.ok) throw new Error(body || `The greeter answered ${response.status}.`);
  return JSON.parse(body);
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  button.disabled = true;
  error.hidden = true;
  try {
    const answer = await greet(form.elements.name.value.trim());
    greeting.textContent = answer.greeting;
    language.textContent = `That was ${answer.language}.`;
  } catch (failure) {
    error.textContent = failure.message;
    error.hidden = false;
  } finally {
    button.disabled = false;
  }
});
