import { inboundMeaning } from '../../src/messaging/inbound-meaning';

test.each([
  ...[
    'STOP',
    'stop',
    ' Stop. ',
    'STOP!',
    'ARRET',
    'Arrêt',
    'arrêtez',
    'STOP svp',
    'plus de SMS',
  ].map((text) => [text, 'stop']),
  ...['START', 'reprise'].map((text) => [text, 'start']),
  ...[
    'OUI',
    'oui',
    'Oui merci',
    'AWO',
    'awɔ',
    'Ɔwɔ',
    'OWO',
    'òwó',
    'oui, i ni ce',
  ].map((text) => [text, 'yes']),
  ...['NON', 'Non.', 'AYI', 'ayi'].map((text) => [text, 'no']),
  ...['1', ' 2 ', '3.'].map((text) => [text, 'digit']),
  ...['INFO', 'infos', 'aide', '*384*55#', ' *384*55*1# '].map((text) => [
    text,
    'info',
  ]),
  ...[
    '',
    '4',
    '12',
    '1 2',
    '0',
    'Arrêt de mon paiement',
    'stop aux vols',
    'oui mais pas tout',
    'je ne sais pas',
    '😀',
    'STOPPER LA FRAUDE',
  ].map((text) => [text, 'other']),
])('%j is %s', (text, meaning) => {
  expect(inboundMeaning(text).meaning).toBe(meaning);
});

test('a digit is the answer that it is', () => {
  expect(inboundMeaning(' 3 svp')).toEqual({ meaning: 'digit', said: '3' });
});
