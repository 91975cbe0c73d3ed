import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { smsLength } from '../../src/text/segments';

test.each([
  ['a', 160, 'gsm7', 1],
  ['a', 161, 'gsm7', 2],
  ['a', 306, 'gsm7', 2],
  ['a', 307, 'gsm7', 3],
  ['€', 80, 'gsm7', 1],
  ['€', 81, 'gsm7', 2],
  ['ɔ', 70, 'ucs2', 1],
  ['ɔ', 71, 'ucs2', 2],
  ['😀', 35, 'ucs2', 1],
  ['😀', 36, 'ucs2', 2],
] as const)('%s, %d times, is %s in %d', (one, times, encoding, segments) => {
  const length = smsLength(one.repeat(times));
  expect(length).toMatchObject({ encoding, segments });
});

test('an escape is not cut from its character: 153 septets hold 76 of them, not 76 and a half', () => {
  expect(smsLength('€'.repeat(152)).segments).toBe(2);
  expect(smsLength('€'.repeat(153)).segments).toBe(3);
});

test('a surrogate pair is not cut: 67 units hold 33 of them', () => {
  expect(smsLength('😀'.repeat(66)).segments).toBe(2);
  expect(smsLength('😀'.repeat(67)).segments).toBe(3);
});

test('an empty text is one part', () => {
  expect(smsLength('')).toEqual({ encoding: 'gsm7', units: 0, segments: 1 });
});

test('the count is that of an independent calculator', () => {
  const alphabet = Array.from("abz 09.,:'\n\réèàùòìñÇ€[]{}^~\\|");
  const strangers = ['ɛ', 'ɔ', 'ç', '’', '😀', '𝒳', '\u0301'];
  const carried = fc.array(fc.constantFrom(...alphabet), { maxLength: 420 });
  const mixed = fc.array(fc.constantFrom(...alphabet, ...strangers), {
    maxLength: 220,
  });
  fc.assert(
    fc.property(fc.oneof(carried, mixed), (characters) => {
      const text = characters.join('');
      const theirs = new SegmentedMessage(text);
      expect(smsLength(text)).toMatchObject({
        encoding: theirs.encodingName === 'GSM-7' ? 'gsm7' : 'ucs2',
        segments: theirs.segmentsCount,
      });
    }),
    { numRuns: 3_000 },
  );
});
