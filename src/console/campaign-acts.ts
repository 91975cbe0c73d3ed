import type { CampaignDesk } from '../campaigns/campaign-desk';
import type { CampaignRow } from '../campaigns/campaign-row';
import { readTexts } from '../campaigns/campaign-texts';
import { saveTemplate } from '../campaigns/campaign-templates';
import { approveCampaign, rejectCampaign } from '../campaigns/decide-campaign';
import { duplicateCampaign } from '../campaigns/draft-campaign';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../campaigns/lead-campaign';
import { type CampaignState, mayMoveTo } from '../campaigns/lifecycle';
import { retryFailures } from '../campaigns/retry-campaign';
import { scheduleCampaign, startCampaign } from '../campaigns/start-campaign';
import { submitCampaign } from '../campaigns/submit-campaign';
import { sendTest } from '../campaigns/test-campaign';
import { holds } from '../staff/permissions';
import type { Permission } from '../staff/roles';
import type { StaffMember } from '../staff/staff-member';
import { wholeOf } from './campaign-form';
import { campaignPath } from './campaign-tabs';
import type { Notice } from './notices';
import type { Fields } from './route';

/** What an act is done with. */
export interface ActGround {
  desk: CampaignDesk;
  member: StaffMember;
  campaign: CampaignRow;
  form: Fields;
}

/** A field that an act asks for; the names under which forms show it. */
interface ActField {
  name: string;
  kind: 'text' | 'area';
  label: string;
  hint?: string;
  inputmode?: string;
}

/** What may be done with a campaign: who may, when it is offered, what it asks for, and where it leads. */
export interface CampaignAct {
  /** The end of its address. */
  word: string;
  permission: Permission;
  title: string;
  button: string;
  hint?: string;
  fields?: readonly ActField[];
  isGrave?: true;
  /** Of lesser weight: shown after the others. */
  isMinor?: true;
  when: (campaign: CampaignRow, today: ActHour) => boolean;
  /** @returns the page that shows what came of it */
  act: (ground: ActGround) => Promise<string>;
  notice: Notice;
}

/** What an offer depends on besides the campaign. */
export interface ActHour {
  now: Date;
  member: StaffMember;
  isAuthor: boolean;
}

const live = (id: number): string => `${campaignPath(id)}/envoi`;
const isOneOf =
  (...states: CampaignState[]) =>
  ({ state }: CampaignRow): boolean =>
    states.includes(state);

/** Every act, in the order in which they are offered. */
export const campaignActs: readonly CampaignAct[] = [
  {
    ...{ word: 'soumettre', permission: 'campaigns.prepare' },
    ...{ title: 'Soumettre', button: 'Figer le public et soumettre' },
    hint: 'Le public est figé tel qu’il est aujourd’hui. Une autre personne approuve les textes, le public et le plafond.',
    when: isOneOf('draft'),
    async act({ desk, member, campaign: { id } }) {
      await submitCampaign(desk, member, id);
      return campaignPath(id);
    },
    notice: 'campagneSoumise',
  },
  {
    ...{ word: 'approuver', permission: 'campaigns.approve' },
    ...{ title: 'Approuver', button: 'Approuver ces textes et ce public' },
    hint: 'Vous approuvez ce que l’empreinte désigne, et rien d’autre. Tout changement annule l’approbation.',
    when: ({ state }, { isAuthor }) => state === 'submitted' && !isAuthor,
    async act({ desk, member, campaign: { id }, form }) {
      await approveCampaign(desk, member, id, form['version'] ?? '');
      return campaignPath(id);
    },
    notice: 'campagneApprouvee',
  },
  {
    ...{ word: 'refuser', permission: 'campaigns.approve' },
    ...{ title: 'Refuser', button: 'Renvoyer à son auteur' },
    isGrave: true,
    fields: [
      {
        ...{ name: 'pourquoi', kind: 'area', label: 'Pourquoi' },
        hint: 'Son auteur le lira. 3 à 500 signes.',
      },
    ],
    when: ({ state }, { isAuthor }) => state === 'submitted' && !isAuthor,
    async act({ desk, member, campaign: { id }, form }) {
      await rejectCampaign(desk, member, id, form['pourquoi'] ?? '');
      return campaignPath(id);
    },
    notice: 'campagneRefusee',
  },
  {
    ...{ word: 'lancer', permission: 'campaigns.prepare' },
    ...{ title: 'Lancer maintenant', button: 'Lancer l’envoi' },
    hint: 'Les SMS partent tout de suite, entre 7 h 30 et 19 h. L’envoi peut être suspendu à tout moment.',
    when: isOneOf('approved', 'scheduled'),
    async act({ desk, member, campaign: { id } }) {
      await startCampaign(desk, member, id);
      return live(id);
    },
    notice: 'campagneLancee',
  },
  {
    ...{ word: 'programmer', permission: 'campaigns.prepare' },
    ...{ title: 'Laisser partir à son heure', button: 'Programmer' },
    when: ({ state, scheduledAt }, { now }) =>
      state === 'approved' && scheduledAt !== null && scheduledAt > now,
    async act({ desk, member, campaign: { id } }) {
      await scheduleCampaign(desk, member, id);
      return campaignPath(id);
    },
    notice: 'campagneProgrammee',
  },
  {
    ...{ word: 'suspendre', permission: 'campaigns.prepare' },
    ...{ title: 'Suspendre', button: 'Suspendre l’envoi' },
    hint: 'Plus rien ne part, à quelques secondes près. L’envoi peut reprendre.',
    when: isOneOf('sending'),
    async act({ desk, member, campaign: { id } }) {
      await pauseCampaign(desk, member, id);
      return live(id);
    },
    notice: 'campagneSuspendue',
  },
  {
    ...{ word: 'reprendre', permission: 'campaigns.prepare' },
    ...{ title: 'Reprendre', button: 'Reprendre l’envoi' },
    when: ({ state, haltCause }, { member }) =>
      state === 'paused' ||
      (state === 'halted' &&
        haltCause !== 'tooDear' &&
        holds(member, 'campaigns.approve')),
    async act({ desk, member, campaign: { id } }) {
      await resumeCampaign(desk, member, id);
      return live(id);
    },
    notice: 'campagneReprise',
  },
  {
    ...{ word: 'relever', permission: 'campaigns.approve' },
    ...{ title: 'Relever le plafond', button: 'Reprendre l’envoi' },
    fields: [
      {
        ...{ name: 'plafond', kind: 'text', inputmode: 'numeric' },
        label: 'Nouveau plafond de coût, en F CFA',
        hint: 'Plus haut que ce qu’elle a coûté jusqu’ici. L’envoi reprend aussitôt.',
      },
    ],
    when: ({ state, haltCause }) =>
      state === 'halted' && haltCause === 'tooDear',
    async act({ desk, member, campaign: { id }, form }) {
      await resumeCampaign(desk, member, id, wholeOf(form['plafond']));
      return live(id);
    },
    notice: 'campagneReprise',
  },
  {
    ...{ word: 'echecs', permission: 'campaigns.prepare' },
    ...{ title: 'Reprendre les échecs', button: 'Préparer la reprise' },
    hint: 'Un brouillon avec les mêmes textes, pour les seuls téléphones où le SMS a échoué.',
    when: isOneOf('done', 'cancelled'),
    act: async ({ desk, member, campaign }) =>
      campaignPath(await retryFailures(desk, member, campaign.id)),
    notice: 'campagneEcrite',
  },
  {
    ...{ word: 'essayer', permission: 'campaigns.prepare' },
    ...{ title: 'Essayer sur nos téléphones', button: 'Envoyer l’essai' },
    isMinor: true,
    fields: [
      {
        ...{ name: 'numeros', kind: 'area', label: 'Numéros du personnel' },
        hint: 'Un par ligne, 20 au plus, d’aucun ménage. Chaque texte part dans chaque langue.',
      },
    ],
    when: isOneOf('draft', 'submitted', 'rejected', 'approved', 'scheduled'),
    async act({ desk, member, campaign: { id }, form }) {
      const numbers = (form['numeros'] ?? '')
        .split(/[\r\n,;]+/)
        .map((one) => one.trim())
        .filter((one) => one !== '');
      await sendTest(desk, member, id, numbers);
      return campaignPath(id);
    },
    notice: 'campagneEssayee',
  },
  {
    ...{ word: 'copier', permission: 'campaigns.prepare' },
    ...{ title: 'Copier', button: 'Copier dans un brouillon' },
    isMinor: true,
    when: () => true,
    act: async ({ desk, member, campaign }) =>
      campaignPath(await duplicateCampaign(desk, member, campaign.id)),
    notice: 'campagneEcrite',
  },
  {
    ...{ word: 'modele', permission: 'campaigns.prepare' },
    ...{ title: 'Garder comme modèle', button: 'Garder les textes' },
    isMinor: true,
    fields: [
      {
        ...{ name: 'nom', kind: 'text', label: 'Nom court' },
        hint: 'En petites lettres: report-de-vague. Un nom connu reçoit une nouvelle version.',
      },
      { name: 'titre', kind: 'text', label: 'Titre' },
    ],
    when: () => true,
    async act({ desk, member, campaign, form }) {
      const { nom: name = '', titre: title = '' } = form;
      const texts = readTexts(campaign.texts);
      await saveTemplate(desk, member, { name, title, texts });
      return campaignPath(campaign.id);
    },
    notice: 'modeleGarde',
  },
  {
    ...{ word: 'annuler', permission: 'campaigns.prepare' },
    ...{ title: 'Annuler', button: 'Annuler la campagne' },
    hint: 'Ce qui n’est pas parti est retiré, pour toujours.',
    ...{ isGrave: true, isMinor: true },
    when: ({ state }) => mayMoveTo(state, 'cancelled'),
    async act({ desk, member, campaign: { id } }) {
      await cancelCampaign(desk, member, id);
      return campaignPath(id);
    },
    notice: 'campagneAnnulee',
  },
];
