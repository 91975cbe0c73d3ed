import { decisions } from '../complaints/decisions';
import { eventKinds, isEventKind } from '../complaints/event-kinds';
import { levelTitles } from '../complaints/levels';
import { statusTitles } from '../complaints/lifecycle';
import { questionText } from './answer-words';
import { categoryWord } from './complaint-words';

/** Kinds of acts, by the room that names them. */
export const roomWords: Readonly<Record<string, string>> = {
  signIn: 'Connexions',
  account: 'Comptes',
  sessions: 'Sessions',
  password: 'Mots de passe',
  secondFactor: 'Second facteur',
  household: 'Ménages consultés',
  complaint: 'Demandes',
  alert: 'Alertes',
  callback: 'Rappels',
  referral: 'Services d’orientation',
  phoneChange: 'Changements de numéro',
  correction: 'Corrections du registre',
  import: 'Importations',
  campaign: 'Campagnes',
  price: 'Prix des SMS',
  export: 'Exportations',
  figures: 'Chiffres emportés',
  ownList: 'Cartes cherchées par les agences',
  payments: 'Échantillons de paiements',
  messages: 'Envois de SMS',
  message: 'SMS réglés à la main',
  inbound: 'SMS reçus',
  reminder: 'Rappels par SMS',
  retention: 'Conservation',
  sealed: 'Ligne confidentielle',
  audit: 'Journal d’audit',
};

const actions: Readonly<Record<string, string>> = {
  'signIn.passed': 'Connexion',
  'signIn.refused': 'Connexion refusée',
  'signIn.ended': 'Déconnexion',
  'account.added': 'Compte créé',
  'account.disabled': 'Compte fermé',
  'account.enabled': 'Compte rouvert',
  'account.linkMade': 'Lien fait',
  'account.postChanged': 'Rôle ou territoire changé',
  'sessions.ended': 'Sessions fermées',
  'password.changed': 'Mot de passe changé',
  'password.chosen': 'Mot de passe choisi',
  'secondFactor.cleared': 'Second facteur retiré',
  'secondFactor.codesMade': 'Codes de secours faits',
  'secondFactor.passed': 'Code juste',
  'secondFactor.confirmed': 'Second facteur activé',
  'secondFactor.recovered': 'Code de secours',
  'secondFactor.refused': 'Code refusé',
  'household.viewed': 'Ménage consulté',
  'household.searched': 'Ménage cherché',
  'household.revealed': 'Numéros du ménage affichés en entier',
  'complaint.viewed': 'Demande consultée',
  'complaint.sealed': 'Demande scellée',
  'alert.seen': 'Alerte vue',
  'callback.marked': 'Rappel noté',
  'referral.added': 'Service ajouté',
  'referral.checked': 'Service vérifié',
  'referral.ended': 'Service retiré',
  'phoneChange.firstApproved': 'Nouveau numéro: première approbation',
  'phoneChange.approved': 'Nouveau numéro approuvé',
  'phoneChange.refused': 'Nouveau numéro refusé',
  'correction.settled': 'Correction réglée',
  'import.done': 'Fichier importé',
  'export.done': 'Fichier exporté',
  'figures.exported': 'Chiffres emportés',
  'ownList.lookedUp': 'Carte cherchée dans une liste',
  'payments.sampled': 'Échantillon de paiements tiré',
  'retention.done': 'Fin de conservation',
  'campaign.drafted': 'Campagne préparée',
  'campaign.changed': 'Campagne modifiée',
  'campaign.tested': 'Campagne essayée sur des numéros du personnel',
  'campaign.submitted': 'Campagne soumise',
  'campaign.approved': 'Campagne approuvée',
  'campaign.rejected': 'Campagne refusée',
  'campaign.scheduled': 'Campagne programmée',
  'campaign.started': 'Campagne lancée',
  'campaign.paused': 'Campagne suspendue',
  'campaign.resumed': 'Campagne reprise',
  'campaign.halted': 'Campagne arrêtée par une alarme',
  'campaign.done': 'Campagne terminée',
  'campaign.cancelled': 'Campagne annulée',
  'campaign.exported': 'Campagne exportée',
  'campaign.callsRead': 'Liste de visites d’une campagne lue',
  'price.set': 'Prix d’un opérateur changé',
  'message.settled': 'SMS réglé à la main',
  'inbound.read': 'SMS reçus lus',
  'inbound.done': 'SMS reçu traité',
  'inbound.reopened': 'SMS reçu remis sur la liste',
  'reminder.cancel': 'Rappel par SMS annulé',
  'messages.paused': 'Envois arrêtés',
  'messages.resumed': 'Envois repris',
  'sealed.forgotten': 'Ligne confidentielle ouverte',
  'sealed.read': 'Ligne confidentielle ouverte',
  'sealed.refused': 'Phrase de passe refusée',
  'sealed.begun': 'Clé faite: lectrice',
  'sealed.readerAdded': 'Lectrice ajoutée par deux personnes',
  'sealed.readerRemoved': 'Lectrice retirée',
  'sealed.readerTied': 'Lectrice liée à un compte',
  'audit.trimmed': 'Lignes retirées au bout de leur durée',
};

const parts: Readonly<Record<string, string>> = {
  ...{ cli: 'Terminal du service', worker: 'Travaux du service' },
  ...{ system: 'Service', service: 'Service', console: 'Page de connexion' },
  complainant: 'La personne elle-même',
};

/** What was done, in words; the chain's own word where there are none. */
export function saidAction(action: string): string {
  const step = action.replace(/^complaint\./, '');
  return actions[action] ?? (isEventKind(step) ? eventKinds[step] : action);
}

/** Who did it. */
export function saidActor(
  actor: string,
  names: ReadonlyMap<string, string>,
): string {
  const reader = /^reader:(\d+)$/.exec(actor)?.[1];
  if (reader !== undefined) return `Lectrice n° ${reader}`;
  return names.get(actor) ?? parts[actor] ?? actor;
}

const subjects: Readonly<Record<string, string>> = {
  ...{ account: 'compte', household: 'ménage', complaint: 'demande' },
  ...{ callback: 'rappel', phoneChange: 'changement de numéro' },
  ...{ correction: 'correction', referral: 'service', import: 'importation' },
  ...{ inbound: 'SMS reçu', message: 'SMS', reminder: 'annonce' },
  ...{ campaign: 'campagne', wave: 'vague', alert: 'alerte' },
  ...{ reader: 'lectrice', sample: 'tirage' },
};

const named: Readonly<Record<string, string>> = {
  ...{ export: 'fichier', figures: 'chiffres de', operator: 'opérateur' },
  retention: 'règle',
};

/** What it was done to, by its number or its name; what has no word is left as the chain has it. */
export function saidSubject(subject: string): string {
  const [, kind = '', id = ''] = /^([A-Za-z]+):(.+)$/.exec(subject) ?? [];
  if (Object.hasOwn(named, kind)) return `${named[kind]} ${id}`;
  const word = Object.hasOwn(subjects, kind) ? subjects[kind] : undefined;
  if (word === undefined || !/^(-?\d+|unknown)$/.test(id)) return subject;
  return id === 'unknown' ? `${word} inconnu` : `${word} n° ${id}`;
}

const details: Readonly<Record<string, string>> = {
  ...{ from: 'de', to: 'vers', fromLevel: 'niveau de', toLevel: 'niveau vers' },
  ...{ assignedTo: 'au compte n°', proposedBy: 'proposée par le compte n°' },
  ...{ decision: 'décision', proposes: 'propose', question: 'question' },
  ...{ named: 'mis en cause', by: 'par', other: 'autre demande n°' },
  ...{ into: 'dans la demande n°', category: 'catégorie', was: 'avant' },
  ...{
    referralBodyId: 'service n°',
    channel: 'arrivée',
    anonymous: 'sans nom',
  },
  ...{ isKept: 'gardée', handledBy: 'traitée par', outcome: 'suite' },
  ...{ tries: 'essais', phoneChange: 'changement n°', approves: 'approuvé' },
  ...{ became: 'suite', reason: 'motif', found: 'trouvés', kind: 'sorte' },
  ...{ role: 'rôle', territory: 'territoire', provider: 'agence' },
  ...{ stage: 'étape', field: 'champ', count: 'lus', messages: 'SMS' },
  ...{ state: 'état', since: 'depuis', rows: 'lignes', with: 'avec' },
  ...{ firstBy: 'd’abord par', sha256: 'empreinte', rowsRead: 'lues' },
};

const values: Readonly<Record<string, string>> = {
  ...{ ...statusTitles, ...levelTitles, ...decisions },
  ...{ true: 'oui', false: 'non', all: 'tout le pays' },
  ...{ paper: 'papier', call: 'appel', visit: 'visite' },
  ...{ done: 'fait', noAnswer: 'pas de réponse' },
  ...{ staff: 'un agent du programme', agent: 'un agent de paiement' },
  ...{ person: 'une personne', body: 'un service, un comité' },
  ...{ invitation: 'invitation', reset: 'nouveau mot de passe' },
  password: 'mot de passe, le code reste à donner',
  full: 'complète',
  ...{ page: 'à l’écran', csv: 'fichier CSV', xlsx: 'classeur' },
};

/** One particular of an act, as `name : value`. */
export function saidDetail(name: string, value: string): string {
  return `${details[name] ?? name} : ${saidValue(name, value)}`;
}

function saidValue(name: string, value: string): string {
  if (name === 'question') return questionText(value);
  if (name === 'category' || name === 'was') return categoryWord(value);
  return Object.hasOwn(values, value) ? (values[value] ?? value) : value;
}
