import {
  distributionRows,
  grantRows,
  nutritionRows,
  sessionRows,
  worksRows,
  type SyntheticSite,
} from './synthetic-activities';
import { draw } from './synthetic-draw';
import type { SyntheticHousehold } from './synthetic-household';
import { syntheticHouseholds } from './synthetic-households';
import {
  enrolmentRows,
  householdRows,
  paymentRows,
  resultRows,
  ruleRows,
  waveRows,
  type SyntheticFrame,
} from './synthetic-rows';

/** One file of the invented programme: its kind, its header and its rows. */
export interface SyntheticFile {
  readonly kind: string;
  readonly columns: string;
  readonly rows: (frame: SyntheticFrame) => Iterable<readonly string[]>;
}

type Row = readonly string[];

const PLACE = 'pcode;cercle;commune;village_code;village';
const KEY = 'wave_code;household_number;rule_code';
const FLOUR_IN = 0.1;
const FLOUR_QUESTION = 70;

/** Every file of the invented programme, in the order in which they are imported. */
export const SYNTHETIC_FILES: readonly SyntheticFile[] = [
  {
    kind: 'benefit-rules',
    columns:
      'rule_code;programme;financing;name_fr;monthly_amount_xof;lump_sum_xof;months_per_instalment;duration_months;valid_from;valid_to',
    rows: ruleRows,
  },
  {
    kind: 'households',
    columns:
      'household_number;card_number;card_check;pcode;cercle;commune;village_code;village;recipient_first_name;recipient_last_name;recipient_sex;alternate_first_name;alternate_last_name;phone;phone_owner;language;sms_consent;status;updated_at',
    rows: ofHouseholds(householdRows),
  },
  {
    kind: 'enrolments',
    columns:
      'household_number;rule_code;cohort_start;cohort_end;status;updated_at',
    rows: ofHouseholds(enrolmentRows),
  },
  {
    kind: 'waves',
    columns:
      'wave_code;rule_code;provider_code;provider_name;modality;fee_paid_by;window_start;window_end;status;new_window_start;new_window_end;zone_profile;updated_at',
    rows: waveRows,
  },
  {
    kind: 'payments',
    columns: `${KEY};instalment_number;instalments_total;months_covered;amount_xof;pay_point;payee_reference;status;updated_at`,
    rows: ofHouseholds(paymentRows),
  },
  {
    kind: 'payment-results',
    columns: `${KEY};result;amount_xof;paid_on;agent_code;updated_at`,
    rows: ofHouseholds(resultRows),
  },
  {
    kind: 'sessions',
    columns: `session_code;${PLACE};date;start_time;place;theme;ngo;status;new_date;updated_at`,
    rows: ofSites(sessionRows, () => true),
  },
  {
    kind: 'distributions',
    columns: `distribution_code;${PLACE};date;start_time;place;status;new_date;updated_at`,
    rows: ofSites(distributionRows, hasFlour),
  },
  {
    kind: 'nutrition',
    columns:
      'household_number;person_number;kind;birth_month;valid_from;valid_to;status;updated_at',
    rows: ofHouseholds(nutritionRows),
  },
  {
    kind: 'works',
    columns:
      'site_code;site_name;household_number;period_start;period_end;days_recorded;daily_wage_xof;window_start;window_end;status;updated_at',
    rows: ofHouseholds(worksRows),
  },
  {
    kind: 'grants',
    columns:
      'household_number;rule_code;group_code;group_name;status;amount_xof;meeting_date;meeting_place;updated_at',
    rows: ofHouseholds(grantRows),
  },
];

function ofHouseholds(
  rowsOf: (frame: SyntheticFrame, one: SyntheticHousehold) => Iterable<Row>,
): SyntheticFile['rows'] {
  return function* (frame) {
    for (const household of syntheticHouseholds(frame)) {
      yield* rowsOf(frame, household);
    }
  };
}

function ofSites(
  rowsOf: (
    frame: SyntheticFrame,
    site: SyntheticSite,
    number: number,
  ) => Iterable<Row>,
  takesPlace: (frame: SyntheticFrame, number: number) => boolean,
): SyntheticFile['rows'] {
  return function* (frame) {
    let number = 0;
    for (const site of sitesOf(frame)) {
      if (site.isDemo || takesPlace(frame, number)) {
        yield* rowsOf(frame, site, number);
      }
      number += 1;
    }
  };
}

function hasFlour(frame: SyntheticFrame, number: number): boolean {
  return draw(frame.seed, number, FLOUR_QUESTION) < FLOUR_IN;
}

/** The village of the demo person who has activities, then every village. */
function* sitesOf(frame: SyntheticFrame): Generator<SyntheticSite> {
  for (const household of syntheticHouseholds(frame)) {
    if (!household.number.startsWith('RSU9')) break;
    const { commune, village, works } = household;
    if (works) yield { commune, village, isDemo: true };
  }
  for (const { commune, villages } of frame.places) {
    for (const village of villages) yield { commune, village, isDemo: false };
  }
}
