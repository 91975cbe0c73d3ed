import { measure } from './septets.js';
import { spokenInstant } from './spoken.js';

const $ = (id) => document.getElementById(id);

const LOOK_EVERY_MS = 1_500;
const SENDER = 'Jigisèmèjiri';

/** Words of the service, and what they mean to whoever tries. */
const MANNERS = {
  well: 'Tout va bien',
  slow: 'Lente : trois secondes',
  throttled: 'Refuse pour le moment',
  failing: 'En panne',
  silent: 'Muette : le SMS arrive, aucune réponse',
  undelivered: 'Téléphone éteint : jamais remis',
};

const REPORTS = { delivered: 'remis', absent: 'téléphone éteint' };

/** The inbox of whoever holds the phone: what arrived, what is new, and a way to write back. */
export function makeInbox(service, trouble) {
  let person;
  /** How many of each phone have been looked at. */
  const seen = new Map();
  let shown = '';

  const look = async () => {
    if (!person) return;
    const asked = person;
    const phone = encodeURIComponent(asked.msisdn);
    try {
      const response = await fetch(`/simulator/inbox?phone=${phone}`);
      if (response.ok && asked === person) show(await response.json());
    } catch {
      // The service is down: the phone itself says so when it is used.
    }
  };

  const show = (state) => {
    const { messages, received, undelivered, manner } = state;
    for (const [msisdn, count] of Object.entries(received)) {
      if (!seen.has(msisdn)) seen.set(msisdn, count);
      badge(msisdn, count - seen.get(msisdn));
    }
    const before = seen.get(person.msisdn) ?? 0;
    const fresh = Math.max(messages.length - before, 0);
    tell(fresh);
    choose(manner);
    $('undelivered').hidden = undelivered === 0;
    $('undelivered').textContent =
      undelivered === 1
        ? 'Un SMS n’a pas été remis.'
        : `${undelivered} SMS n’ont pas été remis.`;
    const now = JSON.stringify([person.msisdn, messages, fresh]);
    if (now === shown) return;
    shown = now;
    const rows = messages.map((one, place) =>
      bubble(one, place >= messages.length - fresh),
    );
    $('inbox').replaceChildren(...rows.reverse());
    $('inbox').hidden = rows.length === 0;
    $('inbox-empty').hidden = rows.length > 0;
  };

  const tell = (fresh) => {
    const words = fresh === 1 ? '1 nouveau SMS' : `${fresh} nouveaux SMS`;
    for (const id of ['inbox-count', 'idle-sms']) {
      $(id).hidden = fresh === 0;
      $(id).textContent = id === 'idle-sms' ? `✉ ${words}` : words;
    }
  };

  const send = async (words) => {
    if (!person || words.trim() === '') return;
    const fields = {
      id: crypto.randomUUID(),
      from: person.msisdn,
      to: service.shortCode.replace(/\D/g, ''),
      text: words,
    };
    const isSent = await posted(`${service.smsWebhook}/inbound`, fields);
    $('sent-note').textContent = isSent ? `Envoyé : « ${words} »` : '';
    if (!isSent) trouble('Le SMS n’est pas parti : le service ne répond pas.');
    else $('words').value = '';
    void look();
  };

  $('answer').onsubmit = (event) => {
    event.preventDefault();
    void send($('words').value);
  };
  for (const button of document.querySelectorAll('.quick button'))
    button.onclick = () => void send(button.dataset.words);
  $('manners').replaceChildren(
    ...Object.keys(MANNERS).map((one) => mannerRow(one, trouble)),
  );
  // What was read is no longer new once somebody turns to it.
  for (const event of ['pointerenter', 'focusin'])
    $('inbox').addEventListener(event, () => {
      if (person)
        setTimeout(
          () => seen.set(person.msisdn, $('inbox').children.length),
          1_200,
        );
    });
  setInterval(() => document.hidden || void look(), LOOK_EVERY_MS);

  return {
    look,
    belongTo(next) {
      if (person) seen.set(person.msisdn, $('inbox').children.length);
      person = next;
      shown = '';
      $('sent-note').textContent = '';
      $('inbox').replaceChildren();
      void look();
    },
  };
}

function bubble({ from, text, at, report }, isNew) {
  const { septets, outside } = measure(text);
  const item = piece('li', isNew ? 'sms new' : 'sms');
  const head = piece('p', 'sms-head');
  head.append(
    piece('b', '', from ?? SENDER),
    piece('time', '', spokenInstant(at)),
  );
  const size =
    outside.length === 0 ? `${septets} septets sur 160` : 'hors GSM-7';
  const fate =
    report === undefined
      ? 'accusé attendu'
      : `accusé : ${REPORTS[report] ?? report}`;
  item.append(
    head,
    piece('p', 'sms-text', text),
    piece('p', 'sms-foot', `${size} · ${fate}`),
  );
  return item;
}

function badge(msisdn, count) {
  const spot = document.querySelector(
    `[data-msisdn="${CSS.escape(msisdn)}"] .mail`,
  );
  if (spot) spot.textContent = count > 0 ? `✉ ${count}` : '';
}

function mannerRow(one, trouble) {
  const label = piece('label', 'manner');
  const radio = piece('input');
  radio.type = 'radio';
  radio.name = 'manner';
  radio.value = one;
  radio.onchange = async () => {
    try {
      const response = await fetch('/simulator/manner', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ manner: one }),
      });
      if (!response.ok) throw new Error(String(response.status));
    } catch {
      trouble('La passerelle n’a pas changé : le service ne répond pas.');
    }
  };
  label.append(radio, piece('span', '', MANNERS[one]));
  return label;
}

function choose(manner) {
  const radio = document.querySelector(
    `input[name=manner][value=${CSS.escape(manner)}]`,
  );
  if (radio && document.activeElement?.name !== 'manner') radio.checked = true;
}

async function posted(url, fields) {
  try {
    const body = new URLSearchParams(fields);
    const response = await fetch(url, { method: 'POST', body });
    return response.ok;
  } catch {
    return false;
  }
}

function piece(tag, className = '', text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
