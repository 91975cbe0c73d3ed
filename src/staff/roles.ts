/** One thing that somebody of the staff may be allowed to do. */
interface PermissionRow {
  /** In French, as the console and docs/permissions.md say it. */
  does: string;
  /** Shows persons, or lets change what they depend on: asks for a second factor. */
  personal?: true;
}

/** Every permission; code asks for one of these, never for a role. */
export const permissions = {
  'account.own': {
    does: 'Voir son propre compte, changer son mot de passe, fermer ses sessions',
  },
  'accounts.see': { does: 'Voir les comptes du personnel', personal: true },
  'accounts.change': {
    does: 'Créer un compte, changer son rôle ou son territoire, le fermer, lui faire un lien',
    personal: true,
  },
  'complaints.see': { does: 'Lire les demandes', personal: true },
  'complaints.file': {
    does: 'Enregistrer une demande pour quelqu’un',
    personal: true,
  },
  'complaints.work': {
    does: 'Accuser réception, noter, questionner, orienter, proposer une réponse',
    personal: true,
  },
  'complaints.assign': { does: 'Attribuer des demandes', personal: true },
  'complaints.close': {
    does: 'Clore une demande avec un code de décision',
    personal: true,
  },
  'complaints.approve': {
    does: 'Donner la seconde approbation d’une clôture',
    personal: true,
  },
  'complaints.reclassify': {
    does: 'Reclasser une demande en demande confidentielle',
    personal: true,
  },
  'referrals.keep': { does: 'Tenir l’annuaire des services vers qui orienter' },
  'callbacks.work': {
    does: 'Voir qui attend un appel, et dire ce qui en est',
    personal: true,
  },
  'inboundSms.work': {
    does: 'Lire les SMS que des personnes écrivent, et dire ce qui en est',
    personal: true,
  },
  'households.see': {
    does: 'Ouvrir la fiche d’un ménage, avec un motif',
    personal: true,
  },
  'households.reveal': {
    does: 'Afficher en entier un numéro masqué',
    personal: true,
  },
  'phoneChanges.decide': {
    does: 'Décider d’un changement de numéro',
    personal: true,
  },
  'corrections.settle': {
    does: 'Régler les corrections du registre',
    personal: true,
  },
  'payments.see': { does: 'Voir les vagues et les paiements', personal: true },
  'ownLists.see': {
    does: 'Voir ses propres listes de paiement',
    personal: true,
  },
  'sessions.see': { does: 'Voir les séances et les distributions' },
  'sealed.open': {
    does: 'Ouvrir les demandes confidentielles avec sa phrase de passe',
    personal: true,
  },
  'figures.see': { does: 'Voir les chiffres, sans personne' },
  'figures.export': { does: 'Exporter les chiffres' },
  'calls.trace': {
    does: 'Lire les écrans d’un appel, avec un motif',
    personal: true,
  },
  'register.import': {
    does: 'Importer des fichiers du registre',
    personal: true,
  },
  'register.state': { does: 'Voir l’état des sources et leur âge' },
  // Its lists of whom to visit name households and their telephones.
  'campaigns.prepare': { does: 'Préparer une campagne SMS', personal: true },
  'campaigns.approve': {
    does: 'Approuver une campagne préparée par un autre',
    personal: true,
  },
  'audit.read': { does: 'Lire le journal d’audit', personal: true },
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof permissions;

/** How far an account of a role may reach: the whole country, one unit of the territory, or one payment agency. */
export type Reach = 'country' | 'region' | 'cercle' | 'commune' | 'agency';

/** What a role is. */
export interface RoleRow {
  title: string;
  reach: readonly [Reach, ...Reach[]];
  may: readonly Permission[];
}

const handling = [
  'complaints.see',
  'complaints.file',
  'complaints.work',
  'complaints.close',
  'complaints.reclassify',
  'households.see',
] as const satisfies readonly Permission[];

/** The programme's roles as lists of permissions. Everybody also has `account.own`. */
export const roles = {
  stm: {
    title: 'Transferts monétaires (STM)',
    reach: ['country'],
    may: [
      ...handling,
      'complaints.assign',
      'complaints.approve',
      'households.reveal',
      'payments.see',
      'phoneChanges.decide',
      'figures.see',
      'register.state',
      'campaigns.prepare',
      'campaigns.approve',
    ],
  },
  rrsu: {
    title: 'Registre social (RRSU)',
    reach: ['country'],
    may: [
      ...handling,
      'complaints.assign',
      'households.reveal',
      'phoneChanges.decide',
      'corrections.settle',
      'figures.see',
      'register.import',
      'register.state',
    ],
  },
  rrpsa: {
    title: 'Accompagnement et travaux (RRPSA)',
    reach: ['country'],
    may: [
      ...handling,
      'complaints.assign',
      'complaints.approve',
      'sessions.see',
      'figures.see',
    ],
  },
  safeguards: {
    title: 'Responsable des plaintes (SSES)',
    reach: ['country'],
    may: [
      ...handling,
      'complaints.assign',
      'complaints.approve',
      'referrals.keep',
      'callbacks.work',
      'inboundSms.work',
      'households.reveal',
      'phoneChanges.decide',
      'payments.see',
      'figures.see',
      'figures.export',
      'calls.trace',
      'register.state',
    ],
  },
  focalPoint: {
    title: 'Point focal des demandes confidentielles',
    reach: ['country'],
    may: ['sealed.open'],
  },
  internalAudit: {
    title: 'Audit interne (AI)',
    reach: ['country'],
    may: [
      'accounts.see',
      'complaints.see',
      'households.see',
      'payments.see',
      'figures.see',
      'figures.export',
      'calls.trace',
      'register.state',
      'audit.read',
    ],
  },
  figures: {
    title: 'Suivi-évaluation (SSE)',
    reach: ['country', 'region'],
    may: ['figures.see', 'figures.export', 'register.state'],
  },
  communication: {
    title: 'Communication',
    reach: ['country'],
    may: ['campaigns.prepare', 'figures.see'],
  },
  regionOfficer: {
    title: 'Chargé des plaintes, région',
    reach: ['region'],
    may: [
      ...handling,
      'complaints.assign',
      'complaints.approve',
      'referrals.keep',
      'callbacks.work',
      'households.reveal',
      'phoneChanges.decide',
      'payments.see',
      'figures.see',
    ],
  },
  cercleOfficer: {
    title: 'Chargé des plaintes, cercle',
    reach: ['cercle'],
    may: [
      ...handling,
      'complaints.assign',
      'callbacks.work',
      'households.reveal',
      'phoneChanges.decide',
      'figures.see',
    ],
  },
  communeOfficer: {
    title: 'Chargé des plaintes, commune',
    reach: ['commune'],
    may: [...handling, 'callbacks.work'],
  },
  ngo: {
    title: 'ONG partenaire',
    reach: ['region', 'cercle', 'commune'],
    may: ['sessions.see'],
  },
  paymentAgency: {
    title: 'Agence de paiement',
    reach: ['agency'],
    may: ['ownLists.see'],
  },
  administrator: {
    title: 'Administrateur des comptes',
    reach: ['country'],
    may: ['accounts.see', 'accounts.change'],
  },
} as const satisfies Record<string, RoleRow>;

export type Role = keyof typeof roles;

/** Every role, in the order in which people are shown them. */
// Object.keys of our own literal answers exactly its keys.
export const roleNames = Object.keys(roles) as readonly Role[];

/** Whether a word is the name of a role. */
export function isRole(word: string): word is Role {
  return Object.hasOwn(roles, word);
}

/** What a role is, whichever it is. */
export function roleOf(role: Role): RoleRow {
  return roles[role];
}
