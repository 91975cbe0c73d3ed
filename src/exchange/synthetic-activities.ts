import { draw, drawBelow } from './synthetic-draw';
import type { SyntheticHousehold } from './synthetic-household';
import type { SyntheticVillage } from './synthetic-places';
import { changedAt, type SyntheticFrame } from './synthetic-rows';
import { ruleOf } from './synthetic-waves';
import type { ReferenceCommune } from '../staff/territory-reference';

type Row = readonly string[];

/** A village in which something takes place. */
export interface SyntheticSite {
  readonly commune: ReferenceCommune;
  readonly village: SyntheticVillage;
  /** Nothing is moved or cancelled where a demo person lives. */
  readonly isDemo: boolean;
}

const THEMES = ['Nutrition', 'Hygiène', 'Petite enfance', 'Bon usage'];
const NGOS = ['ONG Sira', 'ONG Niéta', 'ONG Kènèya'];
const HOURS = ['08:00', '09:30', '15:00'];
const MEETINGS = [-9, 4, 18];
const RATIONS = [-12, 7, 37];
const QUESTION = { session: 60, flour: 61, days: 62, birth: 63 };

/** The rows of `sessions` of one site: one past, two to come, a few moved or cancelled. */
export function* sessionRows(
  frame: SyntheticFrame,
  site: SyntheticSite,
  number: number,
): Generator<Row> {
  for (const [turn, offset] of MEETINGS.entries()) {
    const question = QUESTION.session + 10 * turn;
    const chance = site.isDemo ? 1 : draw(frame.seed, number, question);
    yield [
      ...[`MA-${site.village.code}-${turn + 1}`, ...placed(site)],
      frame.calendar.day(offset + (number % 5)),
      ...[one(HOURS, number + turn), `Ecole de ${site.village.name}`],
      ...[one(THEMES, number + turn), one(NGOS, number)],
      ...moved(frame, offset, chance),
      changedAt(frame),
    ];
  }
}

/** The rows of `distributions` of one site. */
export function* distributionRows(
  frame: SyntheticFrame,
  site: SyntheticSite,
  number: number,
): Generator<Row> {
  for (const [turn, offset] of RATIONS.entries()) {
    const question = QUESTION.flour + 10 * turn;
    const chance = site.isDemo ? 1 : draw(frame.seed, number, question);
    yield [
      ...[`PNP-${site.village.code}-${turn + 1}`, ...placed(site)],
      frame.calendar.day(offset + (number % 3)),
      ...[one(HOURS, turn), `Centre de santé de ${site.commune.commune}`],
      ...moved(frame, offset, chance),
      changedAt(frame),
    ];
  }
}

/** The rows of `nutrition` of one household. */
export function* nutritionRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  for (const [person, kind] of household.nutrition.entries()) {
    const months =
      8 + drawBelow(46, frame.seed, household.index, QUESTION.birth);
    const birth = frame.calendar.month(-months);
    const isChild = kind === 'CHILD';
    yield [
      ...[household.number, String(person + 1), kind],
      isChild ? birth.slice(0, 7) : '',
      frame.calendar.month(isChild ? 6 - months : -3),
      frame.calendar.month(isChild ? 60 - months : 9),
      ...['active', changedAt(frame)],
    ];
  }
}

/** The rows of `works` of one household: the period just over, paid soon, and the one under way. */
export function* worksRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  if (!household.works) return;
  const { commune, index } = household;
  const days = 8 + drawBelow(12, frame.seed, index, QUESTION.days);
  for (const [turn, start] of [-31, -10].entries()) {
    const isOver = turn === 0;
    yield [
      ...[`HIMO-${commune.code}`, `Piste de ${commune.commune}`],
      ...[household.number, frame.calendar.day(start)],
      ...[frame.calendar.day(start + 20), String(isOver ? days : days >> 1)],
      '2000',
      isOver ? frame.calendar.day(3) : '',
      isOver ? frame.calendar.day(6) : '',
      ...['active', changedAt(frame)],
    ];
  }
}

/** The row of `grants` of one household that has one. */
export function* grantRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  const { grant, commune, number } = household;
  if (grant === undefined) return;
  const hasMeeting = grant.status !== 'paid';
  yield [
    ...[number, grant.rule, `EPC-${commune.code}`, `EPC ${commune.commune}`],
    ...[grant.status, String(ruleOf(grant.rule).lumpSumXof ?? '')],
    hasMeeting ? frame.calendar.day(8) : '',
    hasMeeting ? `Mairie de ${commune.commune}` : '',
    changedAt(frame),
  ];
}

function placed({ commune, village }: SyntheticSite): Row {
  const { pcode = '', cercle, commune: name } = commune;
  return [pcode, cercle, name, village.code, village.name];
}

function moved(
  frame: SyntheticFrame,
  offset: number,
  chance: number,
): [status: string, newDate: string] {
  if (offset > 0 && chance < 0.06) {
    return ['postponed', frame.calendar.day(offset + 9)];
  }
  return [offset > 0 && chance < 0.1 ? 'cancelled' : 'planned', ''];
}

function one(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
