import { aCall } from './a-call';
import { aDossier } from './dossiers';

const talk = () => aCall('help', aDossier());

test('an agent calls this number back at the time chosen', () => {
  expect(talk().choose('callback', 'this', 'morning').commands).toEqual([
    { type: 'callback.request', slot: 'morning' },
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
  const call = aCall('help', aDossier({ contacts })).choose('numbers');
  expect(call.values).toMatchObject({
    first: { digits: '+223 20 22 16 15' },
    second: { digits: '36 710' },
  });
  expect(call.values['third']).toBeUndefined();
  const none = aCall('help', aDossier({ contacts: [] })).choose('numbers');
  expect(none.values['none']).toEqual({
    kind: 'phrase',
    key: 'common.noNumbers',
  });
});

test('a flow that wants a call goes straight to the number', () => {
  expect(aCall('help', aDossier(), { callback: true }).state).toBe('number');
});
