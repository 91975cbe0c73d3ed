import type { Acting, Territory } from './permissions';
import { isRole } from './roles';
import { AppError } from '../runtime/errors';

/** An account as everything above the store knows it; no password, no secret. */
export interface StaffMember extends Acting {
  readonly id: number;
  readonly login: string;
  readonly fullName: string;
  readonly locale: string;
  readonly isDemo: boolean;
  readonly hasSecondFactor: boolean;
  readonly createdAt: Date;
}

/** The columns that `staffMember` reads. */
export const memberColumns = {
  ...{ id: true, login: true, fullName: true, locale: true, isDemo: true },
  ...{ role: true, state: true, totpSince: true, createdAt: true },
  ...{ territoryLevel: true, territoryCode: true, providerCode: true },
} as const;

/** Those columns as the store writes them. */
interface MemberRow {
  id: number;
  login: string;
  fullName: string;
  locale: string;
  isDemo: boolean;
  role: string;
  state: string;
  totpSince: Date | null;
  createdAt: Date;
  territoryLevel: string | null;
  territoryCode: string | null;
  providerCode: string | null;
}

/** A row of the store as an account. */
export function staffMember(row: MemberRow): StaffMember {
  const { id, login, fullName, locale, isDemo, role, createdAt } = row;
  if (!isRole(role)) throw new AppError('bug', `no such role: ${role}`);
  return {
    ...{ id, login, fullName, locale, isDemo, role, createdAt },
    state: stateOf(row.state),
    territory: territoryOf(row),
    providerCode: row.providerCode ?? undefined,
    hasSecondFactor: row.totpSince !== null,
  };
}

function stateOf(word: string): Acting['state'] {
  return word === 'active' || word === 'invited' ? word : 'disabled';
}

function territoryOf(
  row: Pick<MemberRow, 'territoryLevel' | 'territoryCode'>,
): Territory | undefined {
  const { territoryLevel: level, territoryCode: code } = row;
  if (code === null) return undefined;
  if (level === 'region' || level === 'cercle') return { level, code };
  return { level: 'commune', code };
}
