import { inTransaction, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import { parseMsisdn } from '../text/msisdn';
import { recountAlert } from './alerts';
import type { CaseDesk, Refusal } from './case-desk';
import type { Level } from './categories';
import {
  fileComplaint,
  type ComplaintRequest,
  type FiledComplaint,
} from './file-complaint';
import { namedColumns, type Named } from './name-subject';
import { filedUnder } from './once-brought';
import { staffWords, type WordsRefused } from './staff-words';
import { subjects, type SubjectCode } from './subjects';
import type { Officer } from './visibility';

/** What somebody who came, called or wrote asks, as an officer takes it down. */
export interface BroughtRequest {
  channel: 'paper' | 'call' | 'visit';
  subject: SubjectCode;
  /** As found by the card; its commune is the place then. */
  householdId?: number;
  /** The card was seen, or read out whole. */
  cardSeen: boolean;
  communeCode?: string;
  respondBy: 'sms' | 'call' | 'dial' | 'none';
  /** As typed; where to answer by SMS or call. */
  phone?: string;
  anonymous: boolean;
  retaliation: boolean;
  locale: string;
  /** Who came with it, where that is not the person herself. */
  broughtBy?: string;
  /** For whom, where no household says it. */
  onBehalfOf?: string;
  /** Facts, as few as will do. */
  facts?: string;
  named?: Named;
  /** Names what asks: under the same nothing is filed twice. */
  eventId?: string;
}

/** Filed, with the number for the person; or which field cannot be used. */
export type FiledOnBehalf =
  | ({ kind: 'filed' } & FiledComplaint)
  | Pick<Refusal, 'kind'>
  | WordsRefused
  | { kind: 'unusable'; field: 'phone' | 'place' | 'named' };

/** Files a complaint for somebody who did not dial. Both identities are kept, and the person gets the number. */
export async function fileOnBehalf(
  desk: CaseDesk,
  officer: Officer,
  brought: BroughtRequest,
): Promise<FiledOnBehalf> {
  const read = staffWords(brought.facts);
  if (read.kind !== 'fit') return read;
  if (!holds(officer, 'complaints.file')) return { kind: 'forbidden' };
  const contactMsisdn = numberOf(brought);
  if (contactMsisdn === 'bad') return { kind: 'unusable', field: 'phone' };
  return inTransaction(desk.db, async (tx) => {
    const { eventId } = brought;
    const earlier = eventId && (await filedUnder(tx, eventId));
    if (earlier) return { kind: 'filed', ...earlier };
    const communeCode = await placeOf(tx, officer, brought);
    if (communeCode === 'bad') return { kind: 'unusable', field: 'place' };
    const named =
      brought.named &&
      (await namedColumns(tx, brought.named, communeCode ?? null));
    if (brought.named !== undefined && named === undefined)
      return { kind: 'unusable', field: 'named' };
    const filed = await fileComplaint(
      { ...desk, tx },
      {
        ...requestOf(brought),
        ...{ communeCode, contactMsisdn, eventId },
        // The column's CHECK holds the same list.
        namedLevel: (named?.namedLevel ?? undefined) as Level | undefined,
        filed: filedFor(officer, brought, read.words),
      },
    );
    if (named !== undefined) {
      await tx.complaint.update({
        where: { id: filed.complaintId },
        data: named,
        select: { id: true },
      });
    }
    await recordAudit(tx, {
      ...{ actor: `officer:${officer.id}`, action: 'complaint.filed' },
      subject: `complaint:${filed.complaintId}`,
      details: { channel: brought.channel, anonymous: brought.anonymous },
    });
    // After the chain, as every act does: two never wait for each other.
    await recountAlert({ ...desk, tx }, named?.namedKey ?? null);
    return { kind: 'filed', ...filed };
  });
}

function requestOf(brought: BroughtRequest): ComplaintRequest {
  const { subject, anonymous, retaliation, locale, householdId } = brought;
  return {
    ...{ subject, anonymous, retaliation, locale },
    ...{ category: subjects[subject].category, origin: 'console' },
    respondBy: anonymous ? 'none' : brought.respondBy,
    proofLevel: householdId !== undefined && brought.cardSeen ? 'L1' : 'L0',
    householdId: anonymous ? undefined : householdId,
  };
}

function filedFor(
  { id: by }: Officer,
  { channel, broughtBy, onBehalfOf }: BroughtRequest,
  facts: string | undefined,
) {
  return {
    ...{ by, channel, facts },
    broughtBy: broughtBy?.trim().slice(0, 120) || undefined,
    onBehalfOf: onBehalfOf?.trim().slice(0, 120) || undefined,
  };
}

/** The number to answer on; none where no name is wanted or nobody answers. */
function numberOf({
  anonymous,
  respondBy,
  phone,
}: BroughtRequest): string | undefined {
  if (anonymous || respondBy === 'none' || respondBy === 'dial')
    return undefined;
  return parseMsisdn(phone ?? '') ?? 'bad';
}

/** The household's commune, or the one that was told: of the officer's territory either way. */
async function placeOf(
  tx: Tx,
  { communes }: Officer,
  { householdId, communeCode }: BroughtRequest,
): Promise<string | undefined> {
  const home =
    householdId === undefined
      ? undefined
      : await tx.household.findUnique({
          where: { id: householdId },
          select: { communeCode: true },
        });
  if (home === null) return 'bad';
  const place = home?.communeCode ?? communeCode;
  if (place === undefined) return communes === 'country' ? undefined : 'bad';
  if (communes !== 'country') return communes.includes(place) ? place : 'bad';
  const known = { code: place, level: 'commune', validTo: null };
  const isKnown = (await tx.territoryUnit.count({ where: known })) > 0;
  return home !== undefined || isKnown ? place : 'bad';
}
