import { inTransaction } from '../runtime/database';
import type { StaffDesk } from './staff-desk';
import { sealedSecret } from './second-factor';
import type { Role } from './roles';
import { newTotpSecret } from './totp';
import { needsSecondFactor, type Territory } from './permissions';

/** An invented account of the demo. */
export interface DemoAccount {
  login: string;
  fullName: string;
  role: Role;
  territory?: Territory;
  providerCode?: string;
}

const kita = { level: 'cercle', code: 'C-kita' } as const;

/** One of each role; everybody is invented. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { login: 'admin', fullName: 'Salif Coulibaly', role: 'administrator' },
  { login: 'plaintes', fullName: 'Mariam Traoré', role: 'safeguards' },
  {
    login: 'kita',
    fullName: 'Fanta Keïta',
    role: 'cercleOfficer',
    territory: kita,
  },
  {
    ...{
      login: 'region-kita',
      fullName: 'Boubacar Sissoko',
      role: 'regionOfficer',
    },
    territory: { level: 'region', code: 'R-kita' },
  },
  {
    ...{ login: 'kita-ouest', fullName: 'Nana Cissé', role: 'communeOfficer' },
    territory: { level: 'commune', code: 'ML010515' },
  },
  { login: 'stm', fullName: 'Oumar Diallo', role: 'stm' },
  { login: 'rrsu', fullName: 'Aïssata Maïga', role: 'rrsu' },
  { login: 'rrpsa', fullName: 'Modibo Konaté', role: 'rrpsa' },
  { login: 'pointfocal', fullName: 'Rokia Sangaré', role: 'focalPoint' },
  { login: 'audit', fullName: 'Cheick Touré', role: 'internalAudit' },
  { login: 'chiffres', fullName: 'Hawa Doumbia', role: 'figures' },
  { login: 'communication', fullName: 'Adama Berthé', role: 'communication' },
  { login: 'ong', fullName: 'Kadia Dembélé', role: 'ngo', territory: kita },
  {
    ...{ login: 'agence', fullName: 'Yaya Kanté', role: 'paymentAgency' },
    providerCode: 'KAFO',
  },
];

/** Makes the accounts of the demo, all under one password; those that are there take this password over. */
export async function addDemoAccounts(
  desk: StaffDesk,
  password: string,
): Promise<void> {
  const { prisma } = desk.db;
  const known = await prisma.staffAccount.findFirst({
    where: { isDemo: true },
    select: { passwordHash: true },
  });
  if (await desk.passwords.check(known?.passwordHash ?? undefined, password))
    return;
  const passwordHash = await desk.passwords.hash(password);
  if (known !== null) {
    const where = { isDemo: true, state: 'active' };
    await prisma.staffAccount.updateMany({ where, data: { passwordHash } });
    return;
  }
  const now = desk.clock.now();
  await inTransaction(
    desk.db,
    async (tx) => {
      for (const account of DEMO_ACCOUNTS) {
        const { login, fullName, role, territory, providerCode } = account;
        const { id } = await tx.staffAccount.create({
          data: {
            ...{ login, fullName, role, passwordHash, createdAt: now },
            ...{ locale: 'fr', state: 'active', isDemo: true },
            ...(needsSecondFactor(role) && {
              ...{ totpSince: now, totpStep: 0, totpSecret: '' },
            }),
            territoryLevel: territory?.level ?? null,
            territoryCode: territory?.code ?? null,
            providerCode: providerCode ?? null,
          },
          select: { id: true },
        });
        if (!needsSecondFactor(role)) continue;
        const totpSecret = sealedSecret(desk, id, newTotpSecret());
        await tx.staffAccount.update({
          ...{ where: { id }, data: { totpSecret }, select: { id: true } },
        });
      }
    },
    PATIENT,
  );
}

const PATIENT = { timeoutMs: 15_000 };
