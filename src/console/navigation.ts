import { holds } from '../staff/permissions';
import type { Permission } from '../staff/roles';
import type { StaffMember } from '../staff/staff-member';

/** A line of the navigation. */
export interface NavigationLine {
  path: string;
  text: string;
  permission: Permission;
  /** What it is for, where the permission does not say it. */
  does?: string;
}

/** The pages that everybody finds at the top, by the permission that opens them. */
export const navigation: readonly NavigationLine[] = [
  { path: '/console', text: 'Accueil', permission: 'account.own' },
  { path: '/console/demandes', text: 'Demandes', permission: 'complaints.see' },
  { path: '/console/rappels', text: 'Rappels', permission: 'callbacks.work' },
  {
    path: '/console/messages',
    text: 'Messages',
    permission: 'inboundSms.work',
  },
  { path: '/console/menages', text: 'Ménages', permission: 'households.see' },
  {
    path: '/console/numeros',
    text: 'Numéros',
    permission: 'phoneChanges.decide',
  },
  {
    path: '/console/corrections',
    text: 'Corrections',
    permission: 'corrections.settle',
  },
  {
    path: '/console/orientation',
    text: 'Orientation',
    permission: 'complaints.see',
    does: 'Vers quels services orienter quelqu’un',
  },
  {
    path: '/console/paiements',
    text: 'Paiements',
    permission: 'payments.see',
  },
  { path: '/console/listes', text: 'Listes', permission: 'ownLists.see' },
  { path: '/console/seances', text: 'Séances', permission: 'sessions.see' },
  {
    path: '/console/campagnes',
    text: 'Campagnes',
    permission: 'campaigns.prepare',
    does: 'Préparer, approuver et suivre les campagnes SMS',
  },
  { path: '/console/chiffres', text: 'Chiffres', permission: 'figures.see' },
  { path: '/console/comptes', text: 'Comptes', permission: 'accounts.see' },
  { path: '/console/registre', text: 'Registre', permission: 'register.state' },
  { path: '/console/audit', text: 'Audit', permission: 'audit.read' },
  // Neutral: whoever looks over a shoulder learns nothing. Nobody else has the line.
  {
    ...{ path: '/console/confidentiel', text: 'Rappels' },
    permission: 'sealed.open',
  },
  { path: '/console/compte', text: 'Mon compte', permission: 'account.own' },
];

/** What is done on those pages besides, each where it can be. */
export const usedOnPages: ReadonlySet<Permission> = new Set<Permission>([
  ...(['complaints.file', 'complaints.work', 'complaints.assign'] as const),
  ...(['complaints.close', 'complaints.approve'] as const),
  ...(['complaints.reclassify', 'households.reveal'] as const),
  ...(['referrals.keep', 'accounts.change'] as const),
  'campaigns.approve',
]);

/** The lines that lead somewhere for this account. */
export function linesFor(member: StaffMember): readonly NavigationLine[] {
  return navigation.filter(({ permission }) => holds(member, permission));
}
