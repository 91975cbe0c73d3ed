import { AppError } from '../runtime/errors';

/** The codes of the programme's categories; C9, the sealed one, is kept elsewhere and never here. */
export type CategoryCode =
  'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8' | 'C10';

/** Committees and offices, from the village to the nation. */
export type Level = 'N1' | 'N2' | 'N3' | 'N4' | 'N5';

/** The names that flows use for them. */
export type CategoryName =
  | 'information'
  | 'payment'
  | 'card'
  | 'targeting'
  | 'service'
  | 'fraud'
  | 'conduct'
  | 'accident'
  | 'thanks';

/** How a kind of complaint is handled. */
export interface Category {
  code: CategoryCode;
  /** In French, as staff read it. */
  title: string;
  /** Where it is received. Fraud and conduct never start in the village or the commune. */
  entryLevel: Level;
  /** Calendar days to an answer; absent where it is closed at once. */
  resolveDays?: number;
  /** Calendar days after which it goes up one level. */
  escalateDays?: number;
  /** Hours within which somebody must have looked at it, where that is urgent. */
  triageHours?: number;
  /** Levels that never see it. */
  hiddenFrom: readonly Level[];
  /** An answer or a closing needs a second person. */
  closesByTwo?: true;
}

/** Source: the programme's grievance brief, table of categories and delays (proposal, to be confirmed). */
export const categories: Readonly<Record<CategoryName, Category>> = {
  information: {
    code: 'C1',
    title: 'Information',
    entryLevel: 'N1',
    resolveDays: 2,
    escalateDays: 2,
    hiddenFrom: [],
  },
  payment: {
    code: 'C2',
    title: 'Paiement',
    entryLevel: 'N5',
    resolveDays: 15,
    escalateDays: 10,
    hiddenFrom: ['N1'],
  },
  card: {
    code: 'C3',
    title: 'Carte, numéro de téléphone',
    entryLevel: 'N2',
    resolveDays: 7,
    escalateDays: 5,
    hiddenFrom: [],
  },
  targeting: {
    code: 'C4',
    title: 'Ciblage, registre',
    entryLevel: 'N2',
    resolveDays: 30,
    escalateDays: 20,
    hiddenFrom: [],
  },
  service: {
    code: 'C5',
    title: 'Séance, nutrition, appui, travaux',
    entryLevel: 'N2',
    resolveDays: 15,
    escalateDays: 10,
    hiddenFrom: [],
  },
  fraud: {
    code: 'C6',
    title: 'Fraude, argent demandé',
    entryLevel: 'N4',
    resolveDays: 21,
    escalateDays: 7,
    triageHours: 24,
    hiddenFrom: ['N1', 'N2', 'N3'],
    closesByTwo: true,
  },
  conduct: {
    code: 'C7',
    title: 'Conduite d’un agent, représailles',
    entryLevel: 'N4',
    resolveDays: 21,
    escalateDays: 7,
    hiddenFrom: ['N1', 'N2', 'N3'],
    closesByTwo: true,
  },
  accident: {
    code: 'C8',
    title: 'Accident au travail',
    entryLevel: 'N5',
    resolveDays: 2,
    escalateDays: 1,
    triageHours: 4,
    hiddenFrom: ['N1', 'N2', 'N3'],
    closesByTwo: true,
  },
  thanks: {
    code: 'C10',
    title: 'Merci, idée',
    entryLevel: 'N2',
    hiddenFrom: [],
  },
};

/**
 * The category of a stored code.
 * @throws AppError `bug` for a code that no category has
 */
export function categoryOf(code: string): Category {
  const found = Object.values(categories).find(
    (category) => category.code === code,
  );
  if (found === undefined) {
    throw new AppError('bug', `no category has the code ${code}`);
  }
  return found;
}
