import { demoPerson, type DemoCard } from './demo-people';
import type { SyntheticRuleCode } from './synthetic-waves';

/** One benefit of a demo household; `group` picks the waves of the rule it is listed in. */
export interface DemoEnrolment {
  readonly rule: SyntheticRuleCode;
  /** Months since the cohort began. */
  readonly monthsAgo: number;
  readonly group: number;
}

/** A household behind a demo person. */
export interface DemoHousehold {
  readonly card: DemoCard;
  /** Cercle and commune by their reference names. */
  readonly place: readonly [cercle: string, commune: string];
  readonly village: string;
  readonly names: readonly [first: string, last: string];
  readonly phone: string | undefined;
  readonly phoneOwner: 'own' | 'family' | 'relay' | 'none';
  readonly locale: 'fr' | 'bm';
  readonly smsConsent: boolean;
  readonly status: string;
  readonly enrolments: readonly DemoEnrolment[];
  /** What the agency said of every closed wave; paid when absent. */
  readonly result?: 'absent';
  readonly nutrition?: readonly ('CHILD' | 'LACTATING')[];
  readonly works?: true;
  readonly grant?: {
    readonly rule: SyntheticRuleCode;
    readonly status: string;
  };
}

const KITA_OUEST = ['Kita', 'Kita Ouest'] as const;
const KOULIKORO = ['Koulikoro', 'Meguetan'] as const;
const YOUWAROU = ['Youwarou', 'Youwarou'] as const;
const SEGOU = ['Ségou', 'Sebougou'] as const;
const DIEMA = ['Diéma', 'Diangounte Camara'] as const;
const YELIMANE = ['Yélimané', 'Diafounou Diongaga'] as const;

const PLAIN = {
  phoneOwner: 'own',
  locale: 'fr',
  smsConsent: true,
  status: 'active',
} as const;

/** Every household that a demo person can reach, in the order of the register file. */
export function demoHouseholds(): readonly DemoHousehold[] {
  return [...single(), ...family(), ...relay(), ...greatRelay()];
}

/** How many there are; the drawn households come after them. */
export const demoHouseholdCount = demoHouseholds().length;

function single(): DemoHousehold[] {
  const own = (
    key: string,
    place: DemoHousehold['place'],
    names: DemoHousehold['names'],
    enrolments: readonly DemoEnrolment[],
    more: Partial<DemoHousehold> = {},
  ): DemoHousehold => {
    const { card, locale, msisdn: phone } = demoPerson(key);
    const village = place === KITA_OUEST ? 'Koulouniko' : 'Sirabougou';
    const home = { card, place, village, names, phone, enrolments };
    return { ...PLAIN, ...home, locale, ...more };
  };
  return [
    own('own-phone', KITA_OUEST, ['Awa', 'Sissoko'], [since('TM15', 14, 0)]),
    own('bambara', KOULIKORO, ['Sitan', 'Diarra'], [since('TM15', 9, 2)]),
    own('no-link', SEGOU, ['Bintou', 'Coulibaly'], [since('TM15', 14, 0)], {
      phone: undefined,
      phoneOwner: 'none',
      smsConsent: false,
    }),
    own('insecure', YOUWAROU, ['Fatoumata', 'Maïga'], [since('URG-YOU', 1, 0)]),
    own('suspended', SEGOU, ['Rokia', 'Traoré'], [since('TM15', 14, 1)], {
      status: 'suspended',
    }),
    own('wallet', SEGOU, ['Oumou', 'Koné'], [since('TMU', 0, 0)]),
    own(
      'several',
      DIEMA,
      ['Djénéba', 'Keïta'],
      [since('PDAZAM-S', 8, 0), since('PDAZAM-P', 1, 0)],
      { grant: { rule: 'AGR120', status: 'trained' } },
    ),
    own('unconfirmed', SEGOU, ['Kadiatou', 'Dembélé'], [since('TM10', 20, 0)]),
    own('registered', SEGOU, ['Mariam', 'Sangaré'], [], {
      status: 'registered',
    }),
    own('ended', SEGOU, ['Coumba', 'Diallo'], [since('TM15', 39, 0)]),
    own(
      'nothing-planned',
      YELIMANE,
      ['Salimata', 'Fofana'],
      [since('PGFS', 10, 0)],
    ),
    own('postponed', SEGOU, ['Hawa', 'Cissé'], [since('TM10', 20, 2)]),
    own('cancelled', SEGOU, ['Tenin', 'Samaké'], [since('TM10', 20, 3)]),
    own('moved', SEGOU, ['Binta', 'Touré'], [since('TM15', 14, 0)], {
      status: 'moved',
    }),
    own('closed', SEGOU, ['Sali', 'Doumbia'], [since('TM15', 30, 0)], {
      status: 'closed',
    }),
    own('activities', KITA_OUEST, ['Nana', 'Konaté'], [since('TM15', 14, 3)], {
      nutrition: ['CHILD', 'LACTATING'],
      works: true,
      grant: { rule: 'AGR180', status: 'selected' },
    }),
    own('absent', SEGOU, ['Assitan', 'Bagayoko'], [since('TM10', 20, 1)], {
      result: 'absent',
    }),
  ];
}

function family(): DemoHousehold[] {
  const { card, msisdn } = demoPerson('family-phone');
  const cards: readonly [DemoCard, string][] = [
    [card, 'Ramata'],
    [{ number: '90023019', check: '82' }, 'Maïmouna'],
    [{ number: '90033119', check: '93' }, 'Aïssata'],
  ];
  return cards.map(([one, first], index) => ({
    ...PLAIN,
    card: one,
    place: SEGOU,
    village: 'Sirabougou',
    names: [first, 'Kanté'],
    phone: msisdn,
    phoneOwner: 'family',
    enrolments: [since('TM15', 14, index)],
  }));
}

/** Fourteen households: more than ten links, and the fifth and sixth cards end alike. */
function relay(): DemoHousehold[] {
  return relayed('relay', 14, 'Kolonto', (number) => ({
    number: number === 6 ? '91020005' : `9101${fourDigits(number)}`,
    check: number === 1 ? demoPerson('relay').card.check : checkOf(number),
  }));
}

/** Sixty households: cards 51 to 60 end as cards 1 to 10 do. */
function greatRelay(): DemoHousehold[] {
  return relayed('great-relay', 60, 'Banakoro', (number) => ({
    number: `92${number > 50 ? '02' : '01'}${fourDigits(((number - 1) % 50) + 1)}`,
    check:
      number === 1
        ? demoPerson('great-relay').card.check
        : checkOf(number + 20),
  }));
}

function relayed(
  key: 'relay' | 'great-relay',
  count: number,
  village: string,
  cardOf: (number: number) => DemoCard,
): DemoHousehold[] {
  const { msisdn } = demoPerson(key);
  const firsts = ['Aminata', 'Korotoumou', 'Niélé', 'Yakaré', 'Safiatou'];
  const lasts = ['Dicko', 'Ongoïba', 'Guindo', 'Togola'];
  return Array.from({ length: count }, (_, index) => ({
    ...PLAIN,
    card: cardOf(index + 1),
    place: key === 'relay' ? YOUWAROU : KITA_OUEST,
    village,
    names: [
      firsts[index % firsts.length] ?? '',
      lasts[index % lasts.length] ?? '',
    ],
    phone: msisdn,
    phoneOwner: 'relay',
    smsConsent: false,
    enrolments: [
      key === 'relay' ? since('URG-YOU', 1, 0) : since('TM15', 14, index % 4),
    ],
  }));
}

function since(
  rule: SyntheticRuleCode,
  monthsAgo: number,
  group: number,
): DemoEnrolment {
  return { rule, monthsAgo, group };
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}

function checkOf(number: number): string {
  return String((number * 37 + 11) % 100).padStart(2, '0');
}
