import { aCall } from './a-call';
import { aDossier } from './dossiers';

/** A caller who reads "talk to somebody", the counsellors' line open or not. */
const talk = (open = true, dossier = aDossier()) =>
  aCall('help', dossier).tell({ type: 'told.counsellor', open });

test('an agent calls this number back at the time chosen', () => {
  expect(talk().choose('callback', 'this', 'morning').commands).toEqual([
    { type: 'callback.request', line: 'common', slot: 'morning' },
  ]);
});

test('another number is shown again before the time is chosen', () => {
  const when = talk().choose('callback', 'other').type('76123456');
  expect(when.values['number']).toEqual({
    kind: 'reference',
    reference: '76123456',
  });
  expect(when.choose('evening').commands).toEqual([
    {
      type: 'callback.request',
      line: 'common',
      slot: 'evening',
      otherNumber: '76123456',
    },
  ]);
});

test('a number that is no mobile number is asked for again', () => {
  const again = talk()
    .choose('callback', 'other')
    .type('12345678')
    .choose('midday')
    .tell({ type: 'told.unusable' });
  expect(again.state).toBe('unusableNumber');
  expect(again.type('76123456').choose('midday').commands).toMatchObject([
    { otherNumber: '76123456' },
  ]);
});

test('the end says when, and by which number the person will be known', () => {
  const end = talk()
    .choose('callback', 'this', 'midday')
    .tell({ type: 'told.willCall', code: '37', when: 'tomorrow' });
  expect(end.state).toBe('willCall');
  expect(end.values).toEqual({
    when: { kind: 'phrase', key: 'common.call.tomorrow.midday' },
    code: { kind: 'digits', digits: '37' },
  });
});

test('the numbers to call are those of the service, as they are to be shown', () => {
  const contacts = ['+223 20 22 16 15', '36 710'];
  const call = talk(true, aDossier({ contacts })).choose('numbers');
  expect(call.values).toMatchObject({
    first: { digits: '+223 20 22 16 15' },
    second: { digits: '36 710' },
  });
  expect(call.values['third']).toBeUndefined();
  const none = talk(true, aDossier({ contacts: [] })).choose('numbers');
  expect(none.values['none']).toEqual({
    kind: 'phrase',
    key: 'common.noNumbers',
  });
});

test('a flow that wants a call goes straight to the number', () => {
  expect(aCall('help', aDossier(), { callback: true }).state).toBe('number');
});

test("a counsellor's call is asked for over the same screens as an agent's, and only the wish differs", () => {
  const keys = [['this'], ['who'], ['anyBambara'], ['midday']] as const;
  const walk = (line: 'callback' | 'counsellor') => {
    const screens = [talk().choose(line)];
    for (const key of keys)
      screens.push((screens.at(-1) ?? talk()).choose(...key));
    return screens;
  };
  const [common, sealed] = [walk('callback'), walk('counsellor')];
  const seen = (screens: typeof common) =>
    screens.map(({ state, values }) => ({ state, values }));
  expect(seen(sealed)).toEqual(seen(common));
  expect(sealed.at(-1)?.commands).toEqual([
    {
      type: 'callback.request',
      line: 'sealed',
      slot: 'midday',
      prefersWoman: false,
      locale: 'bm',
    },
  ]);
});

test("while the counsellors' line is closed its label is not shown, and its key gives the numbers to call", () => {
  expect(talk(true).values['counsellor']).toBeDefined();
  expect(talk(false).values['counsellor']).toBeUndefined();
  expect(talk(false).choose('counsellor').state).toBe('numbers');
});

test('a wish that could not be kept gives the numbers to call, on either line', () => {
  for (const line of ['callback', 'counsellor']) {
    const asking = talk().choose(line, 'this', 'morning');
    expect(asking.tell({ type: 'told.notKept' }).state).toBe('numbers');
  }
});

test('an agent asked for after the counsellor is an agent', () => {
  const call = talk().choose('numbers', 'callback', 'this', 'morning');
  expect(call.commands).toMatchObject([{ line: 'common' }]);
});
