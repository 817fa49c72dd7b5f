/** @import { Description } from './description.js' */
/** @import { User } from './program.js' */

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#767676, #8d8d8d); --soft: light-dark(#555, #b8b8b8);
  --accent: light-dark(#1b4fc4, #9db8ff); --on-accent: light-dark(#fff, #101828); --bad: light-dark(#a3151a, #ffb0ab) }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f6f6f7, #17181b); color: light-dark(#1b1b1f, #ececef) }
main { max-width: 24rem; margin: clamp(1rem, 12vh, 8rem) auto; padding: 2rem 1.5rem; border-radius: .75rem; background: light-dark(#fff, #202226) }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; overflow-wrap: anywhere }
p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere }
p.bad { padding: .75rem 1rem; border: 1px solid; border-radius: .5rem; color: var(--bad) }
label { display: block; margin-bottom: 1rem; font-weight: 600 }
input { display: block; width: 100%; margin-top: .25rem; padding: .6rem .75rem; font: inherit; font-weight: 400; border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit }
button, .way { display: block; width: 100%; padding: .65rem; font: inherit; font-weight: 600; text-align: center; border: 1px solid var(--accent); border-radius: .5rem }
button { background: var(--accent); color: var(--on-accent); cursor: pointer }
.way { margin-bottom: .75rem; border-style: dashed; color: var(--soft) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
small { display: block; font-weight: 400; color: var(--soft) }
.or { text-align: center }
.other { margin: 1.25rem 0 0; text-align: center }
a { color: var(--accent) }
`;

/**
 * The form, empty or as it was sent, with what was wrong with that.
 *
 * @param {Description} app
 * @param {{ up: boolean, next: string, email: string, name: string, mistake: string }} sent
 */
export function signInForm(app, { up: wanted, next, email, name, mistake }) {
  const up = wanted && app.signIn.signUp;
  const verb = up ? 'Sign up' : 'Sign in';
  const ways = app.signIn.ways.map(title => `<span class="way">${escaped(title)}, once it is deployed</span>\n`).join('');
  const asked = encodeURIComponent(next);
  const other = up
    ? `Signed up already? <a href="./?next=${asked}">Sign in</a>`
    : `New here? <a href="sign-up?next=${asked}">Sign up</a>`;
  return page(
    app,
    verb,
    `${ways}${ways && '<p class="or">or</p>\n'}${mistake && `<p class="bad" role="alert">${escaped(mistake)}</p>\n`}<form method="post" action="${up ? 'sign-up' : 'sign-in'}">
<input type="hidden" name="next" value="${escaped(next)}">
<label>E-mail <input type="email" name="email" value="${escaped(email)}" required autocomplete="username" maxlength="254"></label>
${up ? `<label>Name <small>if you like</small><input name="name" value="${escaped(name)}" autocomplete="name" maxlength="100"></label>\n` : ''}<label>Password <input type="password" name="password" required ${up ? 'autocomplete="new-password" minlength="8" maxlength="256">\n<small>At least 8 characters. It stays in this browser.</small>' : 'autocomplete="current-password">'}</label>
<button>${verb}</button>
</form>
${app.signIn.signUp ? `<p class="other">${other}</p>` : ''}`,
  );
}

/** For those who are signed in already. @param {Description} app @param {User} user @param {string} next */
export function signedInPage(app, user, next) {
  const { name, email } = JSON.parse(user.claims);
  return page(
    app,
    'Signed in',
    `<p>You are signed in as <strong>${escaped(name)}</strong> (${escaped(email)}).</p>
<form method="post" action="sign-out">
<input type="hidden" name="next" value="${escaped(next)}">
<button>Sign out</button>
</form>
<p class="other"><a href="../..${escaped(next)}">Go on to ${escaped(app.name)}</a></p>`,
  );
}

/** @param {Description} app @param {string} what @param {string} content */
function page(app, what, content) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${what} · ${escaped(app.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(app.name)}</h1>
<p>${what}</p>
${content}
</main>
</body>
</html>
`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
