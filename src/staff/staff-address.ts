import { isIPv4, isIPv6 } from 'node:net';

/** An address without its end, as its owner may recognise it: `41.73.98.x`, `2001:db8:1::`. */
export function addressClass(address: string): string {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return plain.replace(/\.\d+$/, '.x');
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 3).join(':')}::` : '-';
}

/** What one subscriber has for himself: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function subscriberOf(address: string): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? groupsOf(plain).slice(0, 4).join(':') : plain;
}

/** Node tells IPv4 on a line that speaks IPv6 as `::ffff:41.73.98.12`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
}

function groupsOf(address: string): string[] {
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const between = address.includes('::') ? 8 - before.length - after.length : 0;
  return [
    ...before,
    ...Array<string>(Math.max(between, 0)).fill('0'),
    ...after,
  ];
}
