// Numbers and dates as people in Mali write them.

/** `+22360000001` as `60 00 00 01`. */
export function spokenNumber(msisdn) {
  const digits = msisdn.replace(/^\+223/, '');
  return digits.length === 8 ? digits.match(/../g).join(' ') : msisdn;
}

/** A card as it is printed: eight digits in front, two on the back. */
export function spokenCard({ number, check }) {
  return `${number.slice(0, 4)} ${number.slice(4)} / ${check}`;
}

/** `2026-11-21T08:05:00.000Z` as `sam. 21/11 à 08:05`: Mali keeps UTC all the year. */
export function spokenInstant(iso) {
  const name = new Date(iso).toLocaleDateString('fr-FR', {
    weekday: 'short',
    timeZone: 'UTC',
  });
  const [, month, date] = iso.slice(0, 10).split('-');
  return `${name} ${date}/${month} à ${iso.slice(11, 16)}`;
}

/** `2026-11-21` as `samedi 21/11/2026`. */
export function spokenDay(iso) {
  const day = new Date(`${iso}T12:00:00Z`);
  const name = day.toLocaleDateString('fr-FR', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  const [year, month, date] = iso.split('-');
  return `${name} ${date}/${month}/${year}`;
}
