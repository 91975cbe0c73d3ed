import type { HouseholdCard } from '../register/household-card';
import { languageWords } from './complaint-words';

const statuses: Readonly<Record<string, string>> = {
  active: 'Dans le programme',
  suspended: 'Suspendu',
  moved: 'Parti ailleurs',
  closed: 'Sorti du programme',
  registered: 'Inscrit au registre, pas retenu',
};

const phoneKinds: Readonly<Record<string, string>> = {
  own: 'le sien',
  family: 'de la famille',
  neighbour: 'd’un voisin',
  relay: 'd’un relais',
};

const origins: Readonly<Record<string, string>> = {
  register: 'registre',
  channel: 'dit au téléphone',
  staff: 'changé par le personnel',
};

/** A household's card in words. */
export function shownHousehold(
  card: HouseholdCard,
  names: ReadonlyMap<string, string>,
) {
  return {
    ...card,
    commune: names.get(card.communeCode) ?? card.communeCode,
    statusText: statuses[card.status] ?? card.status,
    language: card.locale === null ? undefined : languageWords[card.locale],
    phones: card.phones.map((phone) => ({
      ...phone,
      whose: phoneKinds[phone.kind] ?? phone.kind,
      from: origins[phone.origin] ?? phone.origin,
    })),
  };
}
