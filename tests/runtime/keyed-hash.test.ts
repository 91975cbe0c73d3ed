import { createHmac } from 'node:crypto';
import { keyedHash } from '../../src/runtime/keyed-hash';

test.each([
  ['', '+22376000001'],
  ['key', '+22376000001'],
  ['key', ''],
  ['key', 'ɛɔ\ud800'],
  ['k'.repeat(64), '1*1234'.repeat(40)],
  ['k'.repeat(65), '1*1234'],
  ['clé', '1*1234'],
])(
  'a hash under the key "%s" is the HMAC-SHA256 of purpose and value',
  (key, value) => {
    expect(keyedHash(key, 'phone', value)).toBe(
      createHmac('sha256', key).update(`phone\0${value}`).digest('base64url'),
    );
  },
);

test('another key, purpose or value gives another hash', () => {
  const hashes = [
    keyedHash('key', 'phone', 'value'),
    keyedHash('other', 'phone', 'value'),
    keyedHash('key', 'card', 'value'),
    keyedHash('key', 'phone', 'other'),
    keyedHash('key', 'phonev', 'alue'),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});
