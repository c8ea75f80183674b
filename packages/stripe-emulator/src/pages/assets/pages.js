/* What pages gain with JavaScript. Nothing depends on it. */

// What went wrong is where one begins to read.
const alert = document.querySelector('[role="alert"]');
alert?.setAttribute('tabindex', '-1');
alert?.focus();

// A form that is on its way is not sent twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent === 'yes') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-disabled', 'true');
});

// Back from where the form led, out of the browser's page cache: it can be sent again.
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-disabled]')) {
    button.removeAttribute('aria-disabled');
  }
});

// Card numbers in groups of four, expiry dates with their slash, as they are on the card.
document.addEventListener('input', (event) => {
  const field = event.target;
  if (event.inputType?.startsWith('delete')) return;
  const digits = () => field.value.replace(/\D/g, '');
  if (field.dataset.format === 'card') {
    field.value = digits().replace(/(\d{4})(?=\d)/g, '$1 ');
  } else if (field.dataset.format === 'expiry') {
    const typed = /^[2-9]/.test(digits()) ? `0${digits()}` : digits();
    if (!field.value.includes('/') && typed.length >= 2) {
      field.value = `${typed.slice(0, 2)} / ${typed.slice(2, 4)}`;
    }
  }
});

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(button.dataset.copy ?? '');
    button.textContent = 'Copied';
  });
}

// The dashboard's lists fetch themselves again while they are looked at and nothing in them is open.
const live = document.querySelector('main[data-live]');
const isBusy = () =>
  document.hidden ||
  live.querySelector('details[open]') ||
  document.activeElement?.matches('input, select, textarea');
let shown = live?.innerHTML;
if (live) {
  setInterval(async () => {
    if (isBusy()) return;
    const reply = await fetch(location.href).catch(() => null);
    if (!reply?.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const now = page.querySelector('main')?.innerHTML;
    if (!now || now === shown || isBusy()) return;
    shown = now;
    live.innerHTML = now;
  }, 2000);
}
