import type { ReferenceCommune } from '../staff/territory-reference';
import type { SyntheticPlace, SyntheticVillage } from './synthetic-places';
import type { SyntheticRuleCode } from './synthetic-waves';

/** One benefit of an invented household. */
export interface SyntheticEnrolment {
  readonly rule: SyntheticRuleCode;
  readonly monthsAgo: number;
  readonly group: number;
}

/** An invented household with all that its rows in the exchange files say. */
export interface SyntheticHousehold {
  readonly index: number;
  readonly number: string;
  readonly card: { readonly number: string; readonly check: string };
  readonly commune: ReferenceCommune;
  readonly village: SyntheticVillage;
  readonly names: readonly [first: string, last: string];
  readonly sex: 'F' | 'M';
  readonly alternate: readonly [first: string, last: string] | undefined;
  readonly phone: string | undefined;
  readonly phoneOwner: 'own' | 'family' | 'neighbour' | 'relay' | 'none';
  readonly locale: 'fr' | 'bm';
  readonly smsConsent: boolean;
  readonly status: string;
  readonly enrolments: readonly SyntheticEnrolment[];
  readonly result: 'absent' | undefined;
  readonly nutrition: readonly ('CHILD' | 'PREGNANT' | 'LACTATING')[];
  readonly works: boolean;
  readonly grant:
    { readonly rule: SyntheticRuleCode; readonly status: string } | undefined;
}

/** What the invented households are drawn from. */
export interface SyntheticGround {
  readonly seed: number;
  readonly households: number;
  readonly places: readonly SyntheticPlace[];
  readonly communes: readonly ReferenceCommune[];
}
