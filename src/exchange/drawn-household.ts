import type { ReferenceCommune } from '../staff/territory-reference';
import { demoHouseholdCount } from './demo-households';
import { draw, drawBelow, drawFrom } from './synthetic-draw';
import type {
  SyntheticEnrolment,
  SyntheticGround,
  SyntheticHousehold,
} from './synthetic-household';
import { FAMILIES, MEN, WOMEN } from './synthetic-names';
import { placeOf, villageOf } from './synthetic-places';
import type { SyntheticRuleCode } from './synthetic-waves';

const QUESTION = {
  first: 10,
  last: 11,
  sex: 12,
  alternate: 13,
  phone: 14,
  locale: 15,
  sms: 16,
  status: 17,
  rule: 18,
  months: 19,
  group: 20,
  second: 21,
  check: 22,
  nutrition: 23,
  works: 24,
  grant: 25,
} as const;
// A step without a common divisor with the number of cards: no card comes twice.
const CARDS = 80_000_000;
const CARD_STEP = 48_271_837;
const PHONES_FROM = 60_100_000;
const RELAYS_FROM = 60_050_000;

/** An invented household of the seed: the same for the same ground and index. */
export function drawnHousehold(
  ground: SyntheticGround,
  index: number,
): SyntheticHousehold {
  const { seed } = ground;
  const position = index - demoHouseholdCount;
  const place = placeOf(ground.places, position);
  if (place === undefined) throw new RangeError('no place for a household');
  const { village, number } = villageOf(place, position);
  const chance = (question: number): number => draw(seed, index, question);
  const sex = chance(QUESTION.sex) < 0.85 ? 'F' : 'M';
  const last = drawFrom(FAMILIES, seed, index, QUESTION.last);
  const first = drawFrom(
    sex === 'F' ? WOMEN : MEN,
    seed,
    index,
    QUESTION.first,
  );
  const other = drawFrom(MEN, seed, index, QUESTION.alternate);
  const { phone, phoneOwner } = phoneOf(
    ground,
    index,
    place.index * 10 + number,
  );
  const status = statusOf(chance(QUESTION.status));
  const selected = status !== 'registered';
  // One plain literal: spread objects cost ten times as much, a million times over.
  return {
    index,
    number: `RSU0${String(index).padStart(7, '0')}`,
    card: cardOf(seed, index),
    commune: place.commune,
    village,
    names: [first, last],
    sex,
    alternate: chance(QUESTION.alternate) < 0.3 ? [other, last] : undefined,
    phone,
    phoneOwner,
    locale: chance(QUESTION.locale) < 0.7 ? 'bm' : 'fr',
    smsConsent: phone !== undefined && chance(QUESTION.sms) < 0.8,
    status,
    enrolments: selected ? enrolmentsOf(ground, index, place.commune) : [],
    result: undefined,
    nutrition: selected ? nutritionOf(chance(QUESTION.nutrition)) : [],
    works: selected && chance(QUESTION.works) < 0.04,
    grant: selected ? grantOf(chance(QUESTION.grant)) : undefined,
  };
}

function cardOf(seed: number, index: number): SyntheticHousehold['card'] {
  const turned = (index * CARD_STEP + (seed % CARDS)) % CARDS;
  const check = drawBelow(100, seed, index, QUESTION.check);
  return {
    number: String(10_000_000 + turned),
    check: String(check).padStart(2, '0'),
  };
}

type PhoneOf = Pick<SyntheticHousehold, 'phone' | 'phoneOwner'>;

function phoneOf(
  ground: SyntheticGround,
  index: number,
  village: number,
): PhoneOf {
  const chance = draw(ground.seed, index, QUESTION.phone);
  const mine = String(PHONES_FROM + index);
  if (chance < 0.5) return { phone: mine, phoneOwner: 'own' };
  if (chance < 0.6) return { phone: mine, phoneOwner: 'family' };
  if (chance < 0.66) {
    // One phone serves up to four neighbours.
    const shared = PHONES_FROM + index - (index % 4);
    return { phone: String(shared), phoneOwner: 'neighbour' };
  }
  if (chance < 0.7) {
    return { phone: String(RELAYS_FROM + village), phoneOwner: 'relay' };
  }
  return { phone: undefined, phoneOwner: 'none' };
}

function statusOf(chance: number): string {
  if (chance < 0.9) return 'active';
  if (chance < 0.92) return 'suspended';
  if (chance < 0.94) return 'moved';
  return chance < 0.95 ? 'closed' : 'registered';
}

function enrolmentsOf(
  ground: SyntheticGround,
  index: number,
  commune: ReferenceCommune,
): SyntheticEnrolment[] {
  const { seed } = ground;
  const chance = draw(seed, index, QUESTION.rule);
  const second = draw(seed, index, QUESTION.second);
  const group = drawBelow(4, seed, index, QUESTION.group);
  // Five in a hundred began more than 36 months ago: their time is over.
  const monthsAgo = 1 + drawBelow(37, seed, index, QUESTION.months);
  const main = { rule: mainRule(commune, chance), monthsAgo, group };
  const extra = secondRule(main.rule, commune, second);
  return extra === undefined
    ? [main]
    : [main, { rule: extra, monthsAgo: 1, group }];
}

function mainRule(
  commune: ReferenceCommune,
  chance: number,
): SyntheticRuleCode {
  if (commune.commune === 'Diafounou Diongaga') return 'PGFS';
  if (['Diéma', 'Nioro', 'Yélimané'].includes(commune.cercle)) {
    return 'PDAZAM-S';
  }
  if (chance < 0.04) return 'PGFS';
  return chance < 0.4 ? 'TM10' : 'TM15';
}

function secondRule(
  main: SyntheticRuleCode,
  commune: ReferenceCommune,
  chance: number,
): SyntheticRuleCode | undefined {
  if (commune.cercle === 'Youwarou') return 'URG-YOU';
  if (main === 'PDAZAM-S' && chance < 0.25) return 'PDAZAM-P';
  if (chance > 0.9) return 'TMU';
  if (chance > 0.88) return 'AGR120';
  return chance > 0.86 ? 'AGR180' : undefined;
}

function nutritionOf(chance: number): SyntheticHousehold['nutrition'] {
  if (chance < 0.06) return ['CHILD'];
  if (chance < 0.08) return ['CHILD', 'LACTATING'];
  return chance < 0.1 ? ['PREGNANT'] : [];
}

function grantOf(chance: number): SyntheticHousehold['grant'] {
  if (chance < 0.01) return { rule: 'AGR180', status: 'selected' };
  if (chance < 0.02) return { rule: 'AGR180', status: 'trained' };
  return chance < 0.03 ? { rule: 'AGR120', status: 'paid' } : undefined;
}
