import { createHmac } from 'node:crypto';
import { keyedHash } from '../../src/runtime/keyed-hash';

test('a hash is the HMAC-SHA256 of purpose and value', () => {
  expect(keyedHash('key', 'phone', '+22376000001')).toBe(
    createHmac('sha256', 'key')
      .update('phone\0+22376000001')
      .digest('base64url'),
  );
});

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
