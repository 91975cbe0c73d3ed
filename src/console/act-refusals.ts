/** Why an act was not done: at which field it is said, and what. Without a field it is said above. */
interface RefusalWords {
  field?: string;
  text: string;
}

/** The answers of use cases that are neither done nor overtaken, as staff read them. */
const refusals: Readonly<Record<string, RefusalWords>> = {
  forbidden: {
    text: 'Votre compte ne peut pas faire cela à cette demande: elle est à un niveau plus haut, ou un recours a été fait contre votre décision.',
  },
  notNow: { text: 'Cela ne se fait pas dans l’état où est la demande.' },
  tooLong: { field: 'note', text: '600 lettres au plus.' },
  empty: { field: 'note', text: 'Écrivez quelques mots.' },
  sealedWords: {
    field: 'note',
    text: 'Ces mots font penser à une demande confidentielle: rien n’est gardé. Reclassez la demande, ou écrivez sans eux.',
  },
  cannotTake: {
    field: 'responsable',
    text: 'Cette personne ne peut pas la traiter: elle n’est pas de son territoire, de ses catégories, ou la met en cause.',
  },
  cannotBeAsked: {
    text: 'Elle ne peut pas être questionnée: ni nom, ni numéro.',
  },
  doesNotFit: {
    field: 'montant',
    text: 'Un montant va avec une réponse qui restitue de l’argent, 5 000 000 F CFA au plus.',
  },
  noSuchBody: {
    field: 'organisme',
    text: 'Choisissez où la personne peut aller.',
  },
  unclear: {
    field: 'reponse',
    text: 'Ce n’est pas une réponse à cette question.',
  },
  noSuchOther: {
    field: 'numero',
    text: 'Aucune autre demande de votre territoire ne porte ce numéro, ou elle est déjà un doublon.',
  },
  noSuchPerson: {
    field: 'nom',
    text: 'Cette personne ne peut pas être nommée ainsi.',
  },
  ownProposal: {
    text: 'C’est votre proposition: une autre personne approuve.',
  },
  nothingWaits: { text: 'Rien n’attend plus d’approbation.' },
};

/** The faults of a refused form. @param fields those that the form has */
export function refusalFaults(
  kind: string,
  fields: readonly string[],
  word: string,
): Readonly<Record<string, string>> {
  const { field, text } = refusals[kind] ?? {
    text: 'Cela n’a pas pu être fait.',
  };
  return field !== undefined && fields.includes(field)
    ? { [field]: text }
    : { [word]: text };
}
