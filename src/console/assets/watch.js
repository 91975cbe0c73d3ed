// Without this the page asks again by itself. It only adds: no flash, and a screen reader hears what is new.
const page = document.querySelector('[data-ask-every-s]');

async function ask() {
  try {
    const answer = await fetch(location.href, {
      redirect: 'error',
      // Nobody need be looking: that keeps no session alive.
      headers: { 'X-By-Itself': '1' },
    });
    const next = new DOMParser().parseFromString(
      await answer.text(),
      'text/html',
    );
    const fresh = next.querySelector('[data-watched]');
    // Signed out meanwhile: the page that says so.
    if (fresh === null) return location.reload();
    if (page.innerHTML !== fresh.innerHTML) page.innerHTML = fresh.innerHTML;
    document.title = next.title;
    if (fresh.dataset.askEveryS === undefined) return;
  } catch {
    // No network: asked again the next time.
  }
  later();
}

function later() {
  setTimeout(ask, Number(page.dataset.askEveryS) * 1000);
}

later();
