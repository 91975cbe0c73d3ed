import type { CategoryName } from './categories';

/** What a complaint may be about, as chosen on the screens or by an officer who files it for somebody. */
interface SubjectRow {
  category: CategoryName;
  /** In French, as staff read it. */
  title: string;
}

/** Every subject by its code, in the order of the categories. */
export const subjects = {
  'payment.notPaid': { category: 'payment', title: 'Pas encore payé' },
  'payment.amount': { category: 'payment', title: 'Montant faux' },
  'payment.nothing': { category: 'payment', title: 'Rien reçu' },
  'payment.cannotGo': {
    category: 'payment',
    title: 'Ne peut pas aller au paiement',
  },
  'card.lost': { category: 'card', title: 'Carte perdue' },
  'card.damaged': { category: 'card', title: 'Carte abîmée' },
  'card.name': { category: 'card', title: 'Nom faux sur la carte' },
  'phone.newNumber': { category: 'card', title: 'Nouveau numéro' },
  'phone.lost': { category: 'card', title: 'Téléphone perdu' },
  'targeting.notListed': { category: 'targeting', title: 'Pas sur la liste' },
  'targeting.mistake': {
    category: 'targeting',
    title: 'Erreur dans le registre',
  },
  'targeting.change': {
    category: 'targeting',
    title: 'Changement dans le ménage',
  },
  'service.activity': {
    category: 'service',
    title: 'Séance, farine ou groupe',
  },
  'service.session': { category: 'service', title: 'Séance' },
  'service.flour': { category: 'service', title: 'Farine' },
  'service.group': { category: 'service', title: 'Groupe, appui AGR' },
  'service.works': { category: 'service', title: 'Paie des travaux' },
  'ration.notReceived': { category: 'service', title: 'Ration pas reçue' },
  'ration.incomplete': { category: 'service', title: 'Ration incomplète' },
  'fraud.money': { category: 'fraud', title: 'Argent demandé' },
  'conduct.agent': { category: 'conduct', title: 'Conduite d’un agent' },
  'conduct.threat': { category: 'conduct', title: 'Menace' },
  'accident.works': { category: 'accident', title: 'Accident aux travaux' },
  'thanks.thanks': { category: 'thanks', title: 'Merci' },
  'idea.payment': { category: 'thanks', title: 'Idée: le paiement' },
  'idea.activities': {
    category: 'thanks',
    title: 'Idée: séances, farine, travaux',
  },
  'idea.phone': { category: 'thanks', title: 'Idée: ce service' },
  'idea.agents': { category: 'thanks', title: 'Idée: l’accueil, les agents' },
  'idea.other': { category: 'thanks', title: 'Idée: autre' },
  'information.asked': {
    category: 'information',
    title: 'Renseignement demandé',
  },
} as const satisfies Readonly<Record<string, SubjectRow>>;

export type SubjectCode = keyof typeof subjects;

/** Whether a word of a form is a subject. */
export function isSubject(word: string): word is SubjectCode {
  return Object.hasOwn(subjects, word);
}

/** What a subject is about; undefined for one that an older release knew. */
export function subjectOf(code: string): SubjectRow | undefined {
  return isSubject(code) ? subjects[code] : undefined;
}
