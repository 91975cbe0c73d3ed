import { measure } from './septets.js';
import { spokenNumber } from './spoken.js';

const $ = (id) => document.getElementById(id);
const KEPT = 40;

/** What went over the wire, newest first, and the call as a text that can be copied. */
export function makePanels(page) {
  let lines = [];

  $('copy').onclick = async () => {
    const isCopied = await copied(lines.join('\n'));
    $('copy').textContent = isCopied ? 'Copié' : 'Texte choisi';
    $('copied').textContent = isCopied
      ? 'L’appel est copié.'
      : 'La copie n’est pas permise ici : le texte est choisi, copiez-le.';
    setTimeout(() => ($('copy').textContent = 'Copier'), 2_000);
  };

  const say = (...more) => {
    lines.push(...more);
    $('talk').textContent = lines.join('\n');
    $('talk').hidden = false;
    $('talk').scrollTop = $('talk').scrollHeight;
    $('talk-empty').hidden = true;
    $('copy').disabled = false;
  };

  return {
    began(call, code) {
      lines = [];
      $('wire').replaceChildren();
      say(`${code}  depuis le ${spokenNumber(call.msisdn)}`);
    },
    typed: (reply) => say('', `> ${reply}`),
    exchanged(exchange) {
      $('wire-empty').hidden = true;
      for (const older of $('wire').querySelectorAll('details'))
        older.open = false;
      $('wire').prepend(entry(exchange, page));
      while ($('wire').children.length > KEPT) $('wire').lastChild.remove();
      if (exchange.kind === 'fault') say('', `(${exchange.fault})`);
      else say('', exchange.text);
    },
    ended: (how) => say('', `(${how})`),
  };
}

function entry({ url, fields, kind, text, status, fault, ms }, page) {
  const { septets, outside } = measure(text);
  const details = piece('details');
  details.open = true;
  const summary = piece('summary');
  summary.append(
    piece(
      'code',
      'typed-path',
      fields.text === '' ? '(composition)' : fields.text,
    ),
    piece('span', `word word-${kind}`, kind === 'fault' ? status || '—' : kind),
    piece('span', 'ms', `${ms} ms`),
  );
  const sent = piece('dl', 'sent');
  sent.append(piece('dt', '', 'POST'), piece('dd', '', url));
  for (const [name, value] of Object.entries(fields)) {
    sent.append(piece('dt', '', name), piece('dd', '', value || '(vide)'));
  }
  details.append(summary, sent);
  if (fault) details.append(piece('p', 'wrong', fault));
  if (text !== '')
    details.append(piece('pre', 'answer', text), room(septets, page));
  if (outside.length > 0) {
    const letters = outside.join(' ');
    details.append(
      piece('p', 'wrong', `Hors de l’alphabet GSM-7 : ${letters}`),
    );
  }
  const item = piece('li');
  item.append(details);
  return item;
}

function room(septets, page) {
  const meter = piece('meter');
  meter.min = 0;
  meter.max = page.septets;
  meter.high = page.septets * 0.95;
  meter.value = septets;
  meter.textContent = `${septets} / ${page.septets}`;
  const line = piece('p', 'room');
  if (septets > page.septets) line.classList.add('wrong');
  line.append(
    meter,
    piece('span', '', `${septets} septets sur ${page.septets}`),
  );
  return line;
}

/** Where the browser keeps the clipboard to itself, the text is at least selected. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren($('talk'));
    return false;
  }
}

function piece(tag, className = '', text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}
