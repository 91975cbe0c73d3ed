// Pages of requests work without this. It only adds: new requests are told while a form is filled in, and keys cross the list.
const everyMs = 4000;

const banner = document.querySelector('.arrivals');
if (banner) watch(banner);

/** Asks every few seconds, while somebody can see the page, how many came since it was made. */
function watch(banner) {
  const link = banner.querySelector('a');
  const at = `/console/demandes/nouvelles?depuis=${banner.dataset.since}`;
  const ask = async () => {
    if (document.hidden) return true;
    const answer = await fetch(at, { redirect: 'manual' });
    if (!answer.ok) return answer.status >= 500;
    const { count } = await answer.json();
    if (count > 0) {
      const s = count > 1 ? 's' : '';
      link.textContent = `${count} nouvelle${s} demande${s} : afficher`;
      banner.hidden = false;
    }
    return true;
  };
  const again = () =>
    setTimeout(async () => {
      // Out of reach for a moment: asked again.
      const goesOn = await ask().catch(() => true);
      if (goesOn) again();
    }, everyMs);
  again();
}

const links = [...document.querySelectorAll('.row-link')];
for (const hint of document.querySelectorAll('.keys'))
  hint.hidden = links.length === 0;

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input:not([type=checkbox]), select, textarea'))
    return;
  const now = links.indexOf(document.activeElement);
  if (event.key === 'j' || event.key === 'k') {
    const next = links[now + (event.key === 'j' ? 1 : -1)];
    (now === -1 ? links[0] : next)?.focus();
  } else if (event.key === '/') {
    const search = document.querySelector('#cherche');
    if (!search) return;
    event.preventDefault();
    search.focus();
  }
});
