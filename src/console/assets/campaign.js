// Pages of campaigns work without this. It only adds: numbers that move by themselves, and a button that prints.
const everyMs = 2000;

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

const counting = document.querySelector('[data-reload-every-s]');
if (counting)
  setTimeout(
    () => location.reload(),
    Number(counting.dataset.reloadEveryS) * 1000,
  );

// Freezing a million households takes some seconds: whoever pressed is told, and not asked to press again.
for (const form of document.querySelectorAll('main form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent !== undefined) return event.preventDefault();
    form.dataset.sent = '';
    setTimeout(() => {
      const sign = document.createElement('p');
      sign.setAttribute('role', 'status');
      sign.className = 'govuk-body-s';
      sign.textContent = 'Un moment… Un grand public prend quelques secondes.';
      form.append(sign);
    }, 1000);
  });
}
// Back from another page, it may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-sent]'))
    delete form.dataset.sent;
});

const live = document.querySelector('[data-live]');
if (live) later();

function later() {
  setTimeout(async () => {
    // Out of reach for a moment: asked again.
    const goesOn = document.hidden || (await ask().catch(() => true));
    if (goesOn) later();
  }, everyMs);
}

/** Puts what is told in its place. @returns whether to ask again */
async function ask() {
  const answer = await fetch(live.dataset.live, { redirect: 'manual' });
  if (!answer.ok) return answer.status >= 500;
  const { state, texts, bar } = await answer.json();
  // Other buttons belong to another state.
  if (state !== live.dataset.state) {
    location.replace(location.pathname);
    return false;
  }
  for (const place of document.querySelectorAll('[data-text]')) {
    const text = texts[place.dataset.text];
    if (text !== undefined && place.textContent !== text)
      place.textContent = text;
  }
  for (const { key, x, width } of bar) {
    const part = live.querySelector(`[data-part="${key}"]`);
    part?.setAttribute('x', x);
    part?.setAttribute('width', width);
  }
  return state !== 'done' && state !== 'cancelled';
}
