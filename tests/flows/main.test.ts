import { aCall } from './a-call';
import { aBorrowedPhoneDossier, aDossier, aProvedDossier } from './dossiers';

const behindTheCard = ['payment', 'receipt', 'activities'] as const;
const open = ['complaint', 'help', 'settings'] as const;

test.each(behindTheCard)('%s asks for the card first', (flow) => {
  expect(aCall('main', aDossier()).choose(flow).commands).toEqual([
    { type: 'open', flow: 'identity', with: { then: flow } },
  ]);
});

test.each(behindTheCard)(
  '%s opens at once when the card was shown earlier in the call',
  (flow) => {
    for (const dossier of [aProvedDossier(), aBorrowedPhoneDossier()]) {
      expect(aCall('main', dossier).choose(flow).commands).toEqual([
        { type: 'open', flow, with: {} },
      ]);
    }
  },
);

test.each(open)('%s opens without a card', (flow) => {
  expect(aCall('main', aDossier()).choose(flow).commands).toEqual([
    { type: 'open', flow },
  ]);
});

test('the first dial chooses a language, keeps it and shows the menu', () => {
  const chosen = aCall('language', aDossier()).choose('bm');
  expect(chosen.commands).toEqual([{ type: 'language.choose', locale: 'bm' }]);
  expect(chosen.tell({ type: 'told.done' }).commands).toEqual([
    { type: 'open', flow: 'main' },
  ]);
});

test('after a cut the call goes on, or starts again', () => {
  const offer = aCall('resume', aDossier());
  expect(offer.choose('resume').commands).toEqual([{ type: 'resume' }]);
  expect(offer.choose('menu').commands).toEqual([
    { type: 'open', flow: 'main' },
  ]);
});
