import { categories } from '../complaints/categories';
import { subjectOf } from '../complaints/subjects';
import { statusTitles, type ComplaintStatus } from '../complaints/lifecycle';

/** The colour of a tag; what it says stands in words too. */
export interface TagWords {
  text: string;
  colour: string;
}

/** Categories by their code, as staff read them. */
export const categoryTitles: ReadonlyMap<string, string> = new Map(
  Object.values(categories).map(({ code, title }) => [code, title]),
);

const colours: Readonly<Record<ComplaintStatus, string>> = {
  RECEIVED: 'blue',
  ACKNOWLEDGED: 'blue',
  TRIAGED: 'blue',
  ASSIGNED: 'turquoise',
  IN_PROGRESS: 'turquoise',
  WAITING_COMPLAINANT: 'purple',
  ANSWER_PROPOSED: 'yellow',
  CLOSED_ACCEPTED: 'green',
  CLOSED_NO_CONTACT: 'grey',
  APPEALED: 'orange',
  REFERRED: 'purple',
  OUT_OF_SCOPE: 'grey',
  DUPLICATE: 'grey',
  WITHDRAWN: 'grey',
};

/** Where a complaint stands, as a tag. */
export function statusTag(status: ComplaintStatus): TagWords {
  return { text: statusTitles[status], colour: colours[status] };
}

/** What a subject is called; one without a name of its own is called by its category. */
export function subjectWord(subject: string, category: string): string {
  return subjectOf(subject)?.title ?? categoryWord(category);
}

/** What a category is called. */
export function categoryWord(category: string): string {
  // A code that no release knows is shown as it stands.
  return categoryTitles.get(category) ?? category;
}

/** How the complainant wants to hear. */
export const respondWords: Readonly<Record<string, string>> = {
  sms: 'par SMS',
  call: 'par appel',
  dial: 'en rappelant avec le numéro',
  none: 'aucune réponse demandée',
};

/** By what somebody showed who she was. */
export const proofWords: Readonly<Record<string, string>> = {
  L0: 'sans preuve (L0)',
  L1b: 'carte entière, autre téléphone (L1b)',
  L1: 'carte et téléphone du ménage (L1)',
};

export const originWords: Readonly<Record<string, string>> = {
  ussd: 'Téléphone (USSD)',
  receipt: 'Confirmation de paiement',
  console: 'Console',
};

export const languageWords: Readonly<Record<string, string>> = {
  fr: 'français',
  bm: 'bambara',
};

/** What the agency says of a payment. */
export const resultWords: Readonly<Record<string, string>> = {
  paid: 'Payé',
  partial: 'Payé en partie',
  absent: 'Personne n’est venu',
  rejected: 'Refusé',
  returned: 'Argent reparti',
};

/** What the household says of a payment or a ration. */
export const receiptWords: Readonly<Record<string, string>> = {
  RECEIVED: 'Tout reçu',
  NOT_RECEIVED: 'Rien reçu',
  RECEIVED_WITH_ISSUES: 'Reçu, pas comme prévu',
};
