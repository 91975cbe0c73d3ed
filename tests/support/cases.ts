import type { AtVersion, CaseDesk } from '../../src/complaints/case-desk';
import {
  fileComplaint,
  type ComplaintRequest,
} from '../../src/complaints/file-complaint';
import type { Officer } from '../../src/complaints/visibility';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { type Database, inTransaction } from '../../src/runtime/database';
import type { Role } from '../../src/staff/roles';
import { smsWording } from './reminders';

/** A desk on a clock that is moved by hand. */
export interface TestCaseDesk extends CaseDesk {
  db: Database;
  clock: FixedClock;
  hashKey: string;
}

export function caseDesk(db: Database): TestCaseDesk {
  const clock = fixedClock('2026-03-12T10:00:00Z');
  return { db, clock, wording: smsWording, hashKey: 'k'.repeat(32) };
}

/** Writes an account that works complaints, without a password to wait for. `commune` etc. as in `aTerritory`. */
export async function anOfficer(
  db: Database,
  role: Role,
  communes: Officer['communes'] = 'country',
): Promise<Officer> {
  const { id } = await db.prisma.staffAccount.create({
    data: {
      ...{
        login: `${role.toLowerCase()}${Math.random().toString(36).slice(2, 8)}`,
      },
      ...{ fullName: `Nom ${role}`, role, locale: 'fr', state: 'active' },
      ...{ passwordHash: 'x', createdAt: new Date('2026-01-01') },
      ...(communes === 'country' ? {} : territoryOf(role)),
    },
  });
  return { id, role, state: 'active', communes };
}

/** The unit of `aTerritory` that a role of a place has there: Kita and what lies in it. */
function territoryOf(role: Role) {
  if (role === 'communeOfficer')
    return { territoryLevel: 'commune', territoryCode: 'ML1' };
  if (role === 'cercleOfficer')
    return { territoryLevel: 'cercle', territoryCode: 'C-1' };
  return { territoryLevel: 'region', territoryCode: 'R-1' };
}

/** Files a complaint by phone: a card that was lost in Kita Ouest, unless told otherwise. */
export async function aComplaint(
  desk: TestCaseDesk,
  change: Partial<ComplaintRequest> = {},
): Promise<number> {
  const { complaintId } = await inTransaction(desk.db, (tx) =>
    fileComplaint(
      { ...desk, tx },
      {
        ...{ category: 'card', subject: 'card.lost', origin: 'ussd' },
        ...{ respondBy: 'sms', anonymous: false, retaliation: false },
        ...{ locale: 'fr', proofLevel: 'L0', contactMsisdn: '+22376123456' },
        ...{ communeCode: 'ML1', ...change },
      },
    ),
  );
  return complaintId;
}

/** A complaint as a page that is loaded now would show it. */
export async function shown(
  { db }: TestCaseDesk,
  complaintId: number,
): Promise<AtVersion> {
  const { version } = await db.prisma.complaint.findUniqueOrThrow({
    where: { id: complaintId },
  });
  return { complaintId, version };
}

/** Its history in short: who, what, to where. */
export async function history(
  { db }: TestCaseDesk,
  complaintId: number,
): Promise<string[]> {
  const events = await db.prisma.complaintEvent.findMany({
    where: { complaintId },
    orderBy: { id: 'asc' },
  });
  return events.map(
    ({ actor, kind, toStatus, fromLevel, toLevel }) =>
      `${actor} ${kind} ${toStatus}${toLevel === null ? '' : ` ${fromLevel ?? ''}-${toLevel}`}`,
  );
}
