/** A benefit rule of the invented programme, after the amounts that the programme has published. */
export interface SyntheticRule {
  readonly code: string;
  readonly programme: string;
  readonly financing: string;
  readonly nameFr: string;
  readonly monthlyAmountXof?: number;
  readonly lumpSumXof?: number;
  readonly monthsPerInstalment?: number;
  readonly durationMonths?: number;
}

/** The rules. PGFS's monthly amount and all financing names but IDA and FA2 are assumed. */
export const SYNTHETIC_RULES = [
  {
    code: 'TM10',
    programme: 'Jigisemejiri',
    financing: 'IDA',
    nameFr: 'Transfert régulier 10 000',
    monthlyAmountXof: 10_000,
    monthsPerInstalment: 3,
    durationMonths: 36,
  },
  {
    code: 'TM15',
    programme: 'Jigisemejiri',
    financing: 'FA2',
    nameFr: 'Transfert régulier 15 000',
    monthlyAmountXof: 15_000,
    monthsPerInstalment: 2,
    durationMonths: 36,
  },
  {
    code: 'PGFS',
    programme: 'PGFS',
    financing: "Budget d'Etat",
    nameFr: "Transfert du budget d'Etat",
    monthlyAmountXof: 10_000,
    monthsPerInstalment: 3,
    durationMonths: 36,
  },
  {
    code: 'PDAZAM-S',
    programme: 'PDAZAM',
    financing: 'PDAZAM',
    nameFr: 'Transfert social',
    monthlyAmountXof: 15_000,
    durationMonths: 36,
  },
  {
    code: 'PDAZAM-P',
    programme: 'PDAZAM',
    financing: 'PDAZAM',
    nameFr: 'Transfert productif',
    lumpSumXof: 250_000,
  },
  {
    code: 'TMU',
    programme: 'Jigisemejiri',
    financing: 'PGTMU',
    nameFr: "Transfert d'urgence",
    lumpSumXof: 90_000,
  },
  {
    code: 'URG-YOU',
    programme: 'Jigisemejiri',
    financing: 'CERC',
    nameFr: 'Secours Youwarou',
    lumpSumXof: 120_000,
  },
  {
    code: 'AGR120',
    programme: 'AGR',
    financing: 'IDA',
    nameFr: 'Appui AGR 120 000',
    lumpSumXof: 120_000,
  },
  {
    code: 'AGR180',
    programme: 'AGR',
    financing: 'FA2',
    nameFr: 'Appui AGR 180 000',
    lumpSumXof: 180_000,
  },
] as const satisfies readonly SyntheticRule[];

/** Code of one of the rules above. */
export type SyntheticRuleCode = (typeof SYNTHETIC_RULES)[number]['code'];

/** A wave of the invented programme; days are counted from the day of the demo. */
export interface SyntheticWave {
  readonly code: string;
  readonly rule: SyntheticRuleCode;
  readonly provider: readonly [code: string, name: string];
  readonly modality: 'cash' | 'wallet' | 'bank';
  readonly feePaidBy: 'programme' | 'household';
  readonly window: readonly [startDay: number, endDay: number];
  readonly newWindow?: readonly [startDay: number, endDay: number];
  readonly status: string;
  readonly zone: 'normal' | 'insecure';
  readonly amountXof: number;
  readonly months?: number;
  /** Which of the four groups of a rule's households are on the list. */
  readonly groups: readonly number[];
}

const RULE_OF = new Map<string, SyntheticRule>(
  SYNTHETIC_RULES.map((rule) => [rule.code, rule]),
);

const CASH_NORMAL = {
  provider: ['KAFO', 'Agence Kafo'],
  modality: 'cash',
  feePaidBy: 'programme',
  zone: 'normal',
} as const;
const ORANGE_MONEY = {
  provider: ['OM', 'Orange Money'],
  modality: 'wallet',
} as const;
const BY_BNDA = { provider: ['BNDA', 'BNDA'], modality: 'bank' } as const;
const BY_BMS = {
  provider: ['BMS', 'BMS'],
  modality: 'bank',
  feePaidBy: 'household',
} as const;

type Span = readonly [startDay: number, endDay: number];
const ALL = [0, 1, 2, 3];

/** Waves past, open, coming, postponed and cancelled; in cash, on a wallet and by bank. */
export const SYNTHETIC_WAVES: readonly SyntheticWave[] = [
  regular('TM15', 'A', 2, [-125, -121], 'closed', ALL),
  regular('TM15', 'B', 2, [-64, -60], 'closed', ALL),
  regular('TM15', 'C1', 2, [-2, 4], 'open', [0, 1]),
  regular('TM15', 'C2', 2, [9, 13], 'announced', [2]),
  regular('TM15', 'C3', 2, [21, 25], 'accepted', [3]),
  regular('TM10', 'A', 3, [-111, -107], 'closed', ALL),
  regular('TM10', 'B1', 3, [-20, -16], 'closed', [0, 1]),
  {
    ...regular('TM10', 'B2', 3, [-6, -2], 'postponed', [2]),
    newWindow: [12, 16],
  },
  regular('TM10', 'B3', 3, [5, 9], 'cancelled', [3]),
  regular('PGFS', 'A', 3, [-96, -92], 'closed', ALL),
  regular('PGFS', 'B', 3, [30, 34], 'planned', ALL),
  regular('PDAZAM-S', 'A', 2, [-50, -46], 'closed', ALL),
  { ...regular('PDAZAM-S', 'B', 3, [6, 10], 'announced', ALL), ...BY_BNDA },
  { ...single('PDAZAM-P', [16, 20], 'accepted'), ...BY_BMS },
  { ...single('TMU', [-1, 12], 'open'), ...ORANGE_MONEY },
  { ...single('URG-YOU', [-3, 3], 'open'), zone: 'insecure' },
  single('AGR120', [-30, -28], 'closed'),
  single('AGR180', [14, 15], 'announced'),
];

function regular(
  rule: SyntheticRuleCode,
  turn: string,
  months: number,
  window: Span,
  status: string,
  groups: readonly number[],
): SyntheticWave {
  const { monthlyAmountXof = 0 } = ruleOf(rule);
  const amountXof = months * monthlyAmountXof;
  const code = `${rule}-${turn}`;
  return {
    ...CASH_NORMAL,
    code,
    rule,
    months,
    amountXof,
    window,
    status,
    groups,
  };
}

function single(
  rule: SyntheticRuleCode,
  window: Span,
  status: string,
): SyntheticWave {
  const { lumpSumXof: amountXof = 0 } = ruleOf(rule);
  const code = `${rule}-A`;
  return { ...CASH_NORMAL, code, rule, amountXof, window, status, groups: ALL };
}

/** The rule of a code. */
export function ruleOf(code: SyntheticRuleCode): SyntheticRule {
  const rule = RULE_OF.get(code);
  if (rule === undefined) throw new RangeError(`no synthetic rule "${code}"`);
  return rule;
}
