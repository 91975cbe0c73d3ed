import { simulatedCaller } from '../../src/cli/simulated-caller';
import { DEMO_PEOPLE } from '../../src/exchange/demo-people';

const caller = (phone?: string, lang?: string) =>
  simulatedCaller(
    {
      ...(phone === undefined ? {} : { phone }),
      ...(lang === undefined ? {} : { lang }),
    },
    DEMO_PEOPLE,
  );

test.each([
  '+22360000007',
  '+223 60 00 00 07',
  '0022360000007',
  '00223 60 00 00 07',
  '60000007',
  '60 00 00 07',
  '60.00.00.07',
  '60-00-00-07',
  'tel:+22360000007',
])('«%s» calls as that Malian number', (phone) => {
  expect(caller(phone)).toBe('+22360000007');
});

test('a number of another country calls in its full form', () => {
  expect(caller('+33612345678')).toBe('+33612345678');
});

test.each(['', 'Awa', '6000000', '600000071', '+2236000000', '0612345678'])(
  '«%s» is no number, which is said with an example',
  (phone) => {
    expect(() => caller(phone)).toThrow(
      `« ${phone} » n'est pas un numéro. Écrivez un numéro mobile malien, par exemple 60 00 00 01`,
    );
  },
);

test('without a number the first person who speaks the language calls', () => {
  expect(caller()).toBe('+22360000001');
  expect(caller(undefined, 'bm')).toBe('+22360000002');
});
