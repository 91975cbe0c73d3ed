import { spokenDay } from './spoken.js';

const $ = (id) => document.getElementById(id);

/** Shows the day the service believes in, and moves it. `trouble` is told when that fails, `moved` when it did not. */
export function makeServiceClock(first, trouble, moved) {
  let { offsetDays } = first;
  let last = first;

  const show = (clock) => {
    offsetDays = clock.offsetDays;
    $('today').textContent = spokenDay(clock.today);
    $('today').classList.toggle('moved', offsetDays !== 0);
    $('next-day').disabled = false;
    $('real-day').disabled = offsetDays === 0;
  };

  const move = async (days) => {
    // On its way the service does all that falls due: that takes a moment.
    $('next-day').disabled = $('real-day').disabled = true;
    $('today').textContent = 'Le jour passe…';
    try {
      const response = await fetch('/simulator/clock', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ offsetDays: days }),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
      show(answer);
      last = answer;
      trouble('');
      moved();
    } catch {
      show(last);
      trouble('L’horloge n’a pas bougé : le service ne répond pas.');
    }
  };

  $('next-day').onclick = () => move(offsetDays + 1);
  $('real-day').onclick = () => move(0);
  show(first);
}
