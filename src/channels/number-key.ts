/**
 * By what a number of our request is met again in an answer that writes it another way: `+223…`,
 * `00223…`, `223…`, with spaces, or as eight national digits.
 */
export function numberKey(written: string): string {
  const digits = written.replace(/\D/g, '').replace(/^00/, '');
  return digits.length === 8 ? `223${digits}` : digits;
}
