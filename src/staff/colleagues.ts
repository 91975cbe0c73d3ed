import type { Database } from '../runtime/database';
import { permissionsOf } from './permissions';
import { isRole, type Permission, type Role, roleNames } from './roles';
import type { StaffMember } from './staff-member';

/** Somebody to whom work may be given. */
export interface Colleague {
  id: number;
  fullName: string;
  role: Role;
}

const most = 200;

/**
 * Those of one's own unit of the territory and of the units just below, oneself first, who hold a permission. Who may
 * really be given something is asked of the thing.
 */
export async function colleaguesOf(
  { pool }: Pick<Database, 'pool'>,
  { id, territory }: StaffMember,
  permission: Permission,
): Promise<Colleague[]> {
  const roles = roleNames.filter((role) => permissionsOf(role).has(permission));
  const { rows } = await pool.query<{
    id: number;
    fullName: string;
    role: string;
  }>(
    `select account.id, account.full_name as "fullName", account.role from staff_accounts account
     where account.state = 'active' and account.role = any($1)
       and ($3::text is null and (account.territory_code is null or account.territory_level = 'region')
         or account.territory_code = $3
         or exists (select from territory_units unit where unit.code = account.territory_code
           and unit.parent_code = $3 and unit.valid_to is null))
     order by account.id <> $2, account.full_name, account.id limit ${most}`,
    [roles, id, territory?.code ?? null],
  );
  return rows.flatMap(({ role, ...one }) =>
    isRole(role) ? [{ ...one, role }] : [],
  );
}
