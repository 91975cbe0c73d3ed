import { aCall } from './a-call';
import { aDossier, aProvedDossier } from './dossiers';

const menu = () => aCall('settings', aDossier());

test('a language is changed without proof, and the menu comes back in it', () => {
  const chosen = menu().choose('language', 'fr');
  expect(chosen.commands).toEqual([{ type: 'language.choose', locale: 'fr' }]);
  expect(chosen.tell({ type: 'told.done' }).commands).toEqual([
    { type: 'open', flow: 'main' },
  ]);
});

test.each([
  ['yes', true, 'smsOn'],
  ['no', false, 'smsOff'],
] as const)('SMS on this phone: %s', (choice, on, state) => {
  const chosen = menu().choose('sms', choice);
  expect(chosen.commands).toEqual([{ type: 'sms.choose', on }]);
  expect(chosen.tell({ type: 'told.done' }).state).toBe(state);
});

test('how SMS are set is not told: it would tell that the number is known', () => {
  const shown = (smsOn: boolean) =>
    aCall('settings', aDossier({ smsOn })).choose('sms').values;
  expect(shown(true)).toEqual(shown(false));
});

test.each([
  ['newNumber', 'phone.newNumber'],
  ['cardName', 'card.name'],
  ['mistake', 'targeting.mistake'],
] as const)(
  'a correction (%s) is a request behind the card',
  (choice, subject) => {
    expect(menu().choose('change', choice).commands).toEqual([
      { type: 'open', flow: 'identity', with: { subject, then: 'complaint' } },
    ]);
    expect(
      aCall('settings', aProvedDossier()).choose('change', choice).commands,
    ).toEqual([{ type: 'open', flow: 'complaint', with: { subject } }]);
  },
);

test('a lost phone is reported from any phone', () => {
  expect(menu().choose('change', 'phoneLost').commands).toEqual([
    { type: 'open', flow: 'complaint', with: { subject: 'phone.lost' } },
  ]);
});
