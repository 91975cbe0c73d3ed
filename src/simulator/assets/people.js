import { spokenCard, spokenNumber } from './spoken.js';

const $ = (id) => document.getElementById(id);
const LANGUAGES = { fr: 'français', bm: 'bambara' };

/** Lists whom one may dial as; the first is chosen. `choose` is told of every choice. */
export function listPeople(people, choose) {
  if (people.length === 0) {
    $('people').replaceChildren(
      piece('p', 'empty', 'Aucune personne de démonstration n’est chargée.'),
    );
    return;
  }
  const rows = people.map((person, place) => row(person, place === 0, show));
  $('people').replaceChildren(...rows);
  show(people[0]);

  function show(person) {
    $('held').hidden = false;
    $('held-name').textContent = person.title;
    $('held-number').textContent = spokenNumber(person.msisdn);
    $('held-card').textContent = spokenCard(person.card);
    choose(person);
  }
}

function row(person, isFirst, show) {
  const label = piece('label', 'person');
  const radio = piece('input');
  radio.type = 'radio';
  radio.name = 'person';
  radio.value = person.key;
  radio.checked = isFirst;
  radio.onchange = () => show(person);

  label.dataset.msisdn = person.msisdn;
  const facts = piece('span', 'person-facts');
  facts.append(
    piece('b', '', spokenNumber(person.msisdn)),
    piece('span', '', `carte ${spokenCard(person.card)}`),
    piece('span', 'tongue', LANGUAGES[person.locale] ?? person.locale),
  );
  const title = piece('span', 'person-title', person.title);
  title.append(piece('span', 'mail'));
  label.append(
    radio,
    title,
    facts,
    piece('span', 'person-expect', person.expect),
  );
  return label;
}

function piece(tag, className = '', text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
