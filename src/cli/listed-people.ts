import type { DemoPerson } from '../exchange/demo-people';
import { wrapped } from './drawn-screen';

/** Whom one may dial as, with what to type and what to expect, for a terminal. */
export function listedPeople(people: readonly DemoPerson[]): string {
  return people.map(listed).join('\n\n');
}

function listed({ msisdn, card, title, locale, expect }: DemoPerson): string {
  const number = `${card.number.slice(0, 4)} ${card.number.slice(4)}`;
  return [
    `${msisdn}  ${title} (${locale})`,
    `              carte ${number} / ${card.check}`,
    ...wrapped(expect, 66).map((line) => `              ${line}`),
  ].join('\n');
}
