// The phone itself: what it shows and which keys it has. It knows nothing of calls.

const KEYS = [
  ['1', ''],
  ['2', 'abc'],
  ['3', 'def'],
  ['4', 'ghi'],
  ['5', 'jkl'],
  ['6', 'mno'],
  ['7', 'pqrs'],
  ['8', 'tuv'],
  ['9', 'wxyz'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

const LONGEST_ENTRY = 60;
const $ = (id) => document.getElementById(id);

/**
 * Wires the phone's keys and the computer's keyboard.
 * @param on what the keys mean: call, hangUp, left, right; each is told what was typed
 */
export function makePhone(on) {
  let typed = '';

  const setTyped = (text) => {
    typed = text.slice(0, LONGEST_ENTRY);
    $('typed').textContent = typed;
    on.typing(typed);
  };
  const press = (key) => {
    if ($('lcd').dataset.mode === 'busy' || $('lcd').dataset.mode === 'over')
      return;
    setTyped(typed + key);
  };
  const erase = () => setTyped(typed.slice(0, -1));
  const scroll = (lines) => {
    const screen = $('screen');
    screen.scrollBy({
      top: lines * parseFloat(getComputedStyle(screen).lineHeight),
    });
  };

  const actions = {
    'key-call': () => on.call(typed),
    'key-hang-up': () => on.hangUp(),
    'key-left': () => on.left(typed),
    'key-right': () => on.right(typed, erase),
    'key-up': () => scroll(-3),
    'key-down': () => scroll(3),
  };
  for (const [id, act] of Object.entries(actions)) $(id).onclick = act;

  const pad = new Map();
  for (const [key, letters] of KEYS) pad.set(key, padKey(key, letters, press));
  $('pad').replaceChildren(...pad.values());
  $('screen').addEventListener('scroll', showMore);

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const taken = keyboard(event, pad, actions, erase);
    if (taken) event.preventDefault();
  });

  return {
    clear: () => setTyped(''),
    typed: () => typed,
    label,
    /** Modes: idle, busy, call, over. */
    show(mode, text, { left = '', right = '', status = '', idle = '' } = {}) {
      $('lcd').dataset.mode = mode;
      $('screen').textContent = text;
      $('screen').scrollTop = 0;
      $('status-line').textContent = status;
      $('idle-line').textContent = idle;
      label('left', left);
      label('right', right);
      showMore();
    },
  };
}

function padKey(key, letters, press) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'key digit';
  const digit = document.createElement('span');
  digit.textContent = key;
  const small = document.createElement('small');
  small.textContent = letters;
  button.append(digit, small);
  const names = { '*': 'étoile', '#': 'dièse' };
  button.setAttribute('aria-label', names[key] ?? key);
  button.onclick = () => press(key);
  return button;
}

function label(side, word) {
  $(`soft-${side}`).textContent = word;
  const key = $(`key-${side}`);
  key.setAttribute('aria-label', word || 'Touche sans effet ici');
  key.disabled = word === '';
}

function showMore() {
  const screen = $('screen');
  const below = screen.scrollHeight - screen.clientHeight - screen.scrollTop;
  $('more').hidden = below < 4;
}

/** Whether the key was the phone's. Enter and the arrows stay with the control that has the focus. */
function keyboard(event, pad, actions, erase) {
  const onField = event.target.matches('input:not([type=radio]), textarea');
  if (onField) return false;
  const digit = pad.get(event.key);
  if (digit !== undefined) {
    digit.click();
    flash(digit);
    return true;
  }
  if (event.key === 'Escape') {
    actions['key-hang-up']();
    flash($('key-hang-up'));
    return true;
  }
  if (event.key === 'Backspace') {
    erase();
    return true;
  }
  const onControl = event.target.matches('button, a, summary');
  if (event.key === 'Enter' && !onControl) {
    actions['key-call']();
    flash($('key-call'));
    return true;
  }
  const isArrow = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  const onScroller = event.target.matches('input, pre');
  if (isArrow && !onScroller && $('lcd').dataset.mode !== 'idle') {
    actions[event.key === 'ArrowUp' ? 'key-up' : 'key-down']();
    return true;
  }
  return false;
}

function flash(key) {
  key.classList.add('pressed');
  setTimeout(() => key.classList.remove('pressed'), 120);
}
