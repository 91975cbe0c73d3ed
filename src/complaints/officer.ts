import type { Tx } from '../runtime/database';
import type { StaffMember } from '../staff/staff-member';
import type { Officer } from './visibility';

/** An account as an officer, with the communes that stand in its territory today. One query, none for the whole country. */
export async function officerOf(
  { prisma }: { prisma: Pick<Tx, '$queryRaw'> },
  { id, role, state, territory }: StaffMember,
): Promise<Officer> {
  if (territory === undefined)
    return { id, role, state, communes: isLocal(role) ? [] : 'country' };
  if (territory.level === 'commune')
    return { id, role, state, communes: [territory.code] };
  const rows = await prisma.$queryRaw<{ code: string }[]>`
    select commune.code from territory_units commune
      join territory_units cercle on cercle.code = commune.parent_code and cercle.level = 'cercle'
        and cercle.valid_to is null
    where commune.level = 'commune' and commune.valid_to is null
      and ${territory.code} in (cercle.code, cercle.parent_code)
    order by commune.code`;
  return { id, role, state, communes: rows.map(({ code }) => code) };
}

/** Whether a role is of a place: without one it sees none. */
export function isLocal(role: StaffMember['role']): boolean {
  return ['communeOfficer', 'cercleOfficer', 'regionOfficer'].includes(role);
}
