import type { HouseholdFacts } from '../../flows/contract';
import {
  discloseGathering,
  discloseGrant,
  discloseWorks,
} from '../activities/activity-facts';
import type { GatheringRow, GrantRow, WorksRow } from '../activities/queries';
import { disclosePayments, monthsLeft } from '../payments/payment-facts';
import type { EnrolmentRow, PaymentRow } from '../payments/queries';
import { discloseTo, mayShow, withoutAbsent } from '../register/disclosure';
import type { Audience, Zone } from '../register/disclosure';
import { addDays, bamakoDay } from '../text/dates';
import type { IsoDay } from '../text/dates';

/** A proved household and its payments, as its card brings them. */
export interface HouseholdRow {
  status: 'active' | 'suspended' | 'moved' | 'closed' | 'registered';
  hasAlternate: boolean;
  payments: PaymentRow[];
  enrolments: EnrolmentRow[];
  /** When payment lists were last taken in. */
  takenInAt: string | null;
}

/** What there is for a household besides money. */
export interface ActivitiesRow {
  sessions: GatheringRow[];
  distributions: GatheringRow[];
  ration: GatheringRow | null;
  works: WorksRow[];
  grants: GrantRow[];
}

/** In whose hands a proved household is told. */
type ProvedTo = Pick<Audience, 'phoneKind'> & { level: 'L1b' | 'L1' };

/** One insecure wave is enough: the place where she lives does not change with the provider. */
function zoneOf(row: HouseholdRow): Zone {
  return row.payments.some((payment) => payment.zoneProfile === 'insecure')
    ? 'insecure'
    : 'normal';
}

function situationOf(
  row: HouseholdRow,
  today: IsoDay,
  hasUpcoming: boolean,
): HouseholdFacts['situation'] {
  const ended =
    row.enrolments.length > 0 &&
    row.enrolments.every(({ endsOn }) => endsOn !== null && endsOn < today);
  return row.status === 'active' && ended && !hasUpcoming
    ? 'ended'
    : row.status;
}

/** The day the facts are of, when no list came in for longer than the service is set to accept. */
function asOf(
  row: HouseholdRow,
  today: IsoDay,
  freshDays: number,
): IsoDay | undefined {
  const day =
    row.takenInAt === null ? undefined : bamakoDay(new Date(row.takenInAt));
  return day !== undefined && day < addDays(today, -freshDays)
    ? day
    : undefined;
}

/**
 * What a flow may know of a proved household and its payments: every value has
 * passed the disclosure table for this level, phone and zone. Of activities it
 * knows nothing yet.
 */
export function householdDossier(
  row: HouseholdRow,
  proof: ProvedTo,
  today: IsoDay,
  freshDays: number,
): HouseholdFacts {
  const zone = zoneOf(row);
  const audience: Audience = { ...proof, zone };
  const disclose = discloseTo(audience);
  const told = disclosePayments(
    row.payments,
    today,
    disclose,
    mayShow('history', audience),
  );
  return withoutAbsent({
    situation: situationOf(row, today, told.payments.length > 0),
    zone,
    ...told,
    monthsLeft: disclose(
      'duration',
      monthsLeft(
        row.enrolments.map(({ endsOn }) => endsOn),
        today,
      ),
    ),
    hasAlternate: disclose('alternate', row.hasAlternate) ?? false,
    ...{ sessions: [], distributions: [], works: [], grants: [] },
    asOf: disclose('freshness', asOf(row, today, freshDays)),
  });
}

/** The same household with its activities, likewise only what may be told. */
export function withActivities(
  household: HouseholdFacts,
  row: ActivitiesRow,
  proof: ProvedTo,
): HouseholdFacts {
  const audience: Audience = { ...proof, zone: household.zone };
  const disclose = discloseTo(audience);
  const gatherings = (rows: GatheringRow[]) =>
    mayShow('gathering', audience)
      ? rows.map((gathering) => discloseGathering(gathering, disclose))
      : [];
  return withoutAbsent({
    ...household,
    sessions: gatherings(row.sessions),
    distributions: gatherings(row.distributions),
    ration: row.ration === null ? undefined : gatherings([row.ration])[0],
    works: mayShow('works', audience)
      ? row.works.map((works) => discloseWorks(works, disclose))
      : [],
    grants: mayShow('grant', audience)
      ? row.grants.map((grant) => discloseGrant(grant, disclose))
      : [],
  });
}
