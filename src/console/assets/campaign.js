// Pages of campaigns work without this. It only adds: numbers that move by themselves, and a button that prints.
const everyMs = 2000;

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

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
