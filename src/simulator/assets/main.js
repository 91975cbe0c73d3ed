import { newCall, step, tellEnd } from './gateway.js';
import { makeInbox } from './inbox.js';
import { makePanels } from './panels.js';
import { listPeople } from './people.js';
import { makePhone } from './phone.js';
import { makeServiceClock } from './service-clock.js';

const $ = (id) => document.getElementById(id);

// What every phone shows for a call that its network could not carry.
const NO_NETWORK = 'Problème de connexion ou code IHM non valide.';

/** What the right key does while nothing is typed. */
const RIGHT = { idle: '', call: 'Quitter' };

let service;
let panels;
let inbox;
let caller;
/** The call in progress; a step that returns to another one is not heard. */
let call;
let lastCode;

const phone = makePhone({
  typing: () => settle(),
  call: (typed) => (call ? send(typed) : dial(typed || service?.shortCode)),
  hangUp,
  left: (typed) => {
    if ($('lcd').dataset.mode === 'over') return idle();
    return call ? send(typed) : dial(typed || service?.shortCode);
  },
  right: (typed, erase) => (typed ? erase() : hangUp()),
});

$('redial').onclick = () => {
  if (call) hangUp();
  dial(lastCode ?? service?.shortCode);
  $('phone').focus();
};
$('cut').onclick = cut;

/** Shows what can be done now, after every change. */
function settle() {
  const { mode } = $('lcd').dataset;
  const typed = phone.typed();
  $('lcd').classList.toggle('typing', typed !== '');
  if (mode === 'idle' || mode === 'call') {
    phone.label('right', typed ? 'Effacer' : RIGHT[mode]);
  }
  $('cut').disabled = !call;
  $('redial').disabled = !caller || mode === 'busy';
  $('redial').textContent = lastCode
    ? 'Rappeler'
    : `Composer ${service?.shortCode ?? ''}`;
}

function idle() {
  call = undefined;
  phone.show('idle', '', {
    left: 'Appeler',
    status: 'Réseau d’essai',
    idle: service ? `Composez ${service.shortCode}` : '',
  });
  phone.clear();
  settle();
}

function dial(code) {
  if (!service || !caller || call) return;
  const tail = tailOf(code);
  lastCode = code;
  if (tail === undefined) {
    phone.clear();
    phone.show('over', NO_NETWORK, { left: 'OK', status: code });
    settle();
    return;
  }
  call = newCall(service, caller.msisdn, tail);
  panels.began(call, code);
  void advance(call);
}

/** `*384*55*1#` carries `1` past our code; undefined for a code that is not ours. */
function tailOf(code) {
  const ours = service.shortCode.replace(/#$/, '');
  if (code === `${ours}#`) return '';
  const isTail = code.startsWith(`${ours}*`) && code.endsWith('#');
  return isTail ? code.slice(ours.length + 1, -1) : undefined;
}

function send(reply) {
  if (!call || $('lcd').dataset.mode !== 'call') return;
  // An empty reply to the first screen gives the same bytes as the dial: so does theirs.
  call.path = call.path === '' ? reply : `${call.path}*${reply}`;
  panels.typed(reply);
  void advance(call);
}

async function advance(mine) {
  phone.show('busy', 'Envoi en cours…', {
    right: 'Quitter',
    status: service.shortCode,
  });
  phone.clear();
  const exchange = await step(mine);
  if (mine !== call) return;
  panels.exchanged(exchange);
  if (exchange.kind === 'CON') {
    const soft = { left: 'Envoyer', status: service.shortCode };
    phone.show('call', exchange.text, soft);
  } else {
    call = undefined;
    const isEnd = exchange.kind === 'END';
    phone.show('over', isEnd ? exchange.text : NO_NETWORK, {
      left: 'OK',
      status: 'Appel terminé',
    });
    void tellEnd(mine, isEnd ? 'Success' : 'Failed');
  }
  settle();
}

function hangUp() {
  if (call) {
    void tellEnd(call, 'Incomplete');
    panels.ended('raccroché');
  }
  idle();
}

/** The line drops and nobody tells the service. */
function cut() {
  if (!call) return;
  panels.ended('ligne coupée, le service n’en sait rien');
  call = undefined;
  phone.clear();
  phone.show('over', 'Réseau perdu.', { left: 'OK', status: 'Pas de réseau' });
  settle();
}

function trouble(sentence) {
  $('trouble').textContent = sentence;
  $('trouble').hidden = sentence === '';
}

async function begin() {
  try {
    const response = await fetch('/simulator/demo');
    if (!response.ok) throw new Error(String(response.status));
    service = await response.json();
  } catch {
    trouble(
      'Le service ne répond pas. Vérifiez qu’il tourne (npm start), puis rechargez la page.',
    );
    $('people').replaceChildren();
    return;
  }
  panels = makePanels(service.page);
  inbox = makeInbox(service, trouble);
  makeServiceClock(service.clock, trouble, () => inbox.look());
  listPeople(service.people, (person) => {
    if (call) hangUp();
    caller = person;
    inbox.belongTo(person);
    lastCode = undefined;
    idle();
  });
  idle();
}

// On a narrow page the list folds away, so that the phone comes first.
const narrow = matchMedia('(max-width: 60rem)');
const fold = () => ($('people-fold').open = !narrow.matches);
narrow.onchange = fold;
fold();
idle();
void begin();
