import type {
  Dossier,
  HouseholdFacts,
  PaymentFacts,
} from '../../flows/contract';

/**
 * A payment that stands in two lists of a household is kept once: in the second,
 * its place among those before it. It is a third of what is kept of a call.
 */
type KeptHousehold = Omit<HouseholdFacts, 'answerable'> & {
  answerable: readonly (PaymentFacts | number)[];
};
type KeptDossier = Omit<Dossier, 'household'> & { household?: KeptHousehold };

/** A dossier changes at a card or a receipt; between them it is kept as it was read. */
const written = new WeakMap<Dossier, string>();

/** A dossier as one line of JSON. */
export function dossierText(dossier: Dossier): string {
  const known = written.get(dossier);
  if (known !== undefined) return known;
  const text = JSON.stringify(kept(dossier));
  written.set(dossier, text);
  return text;
}

/** Reads such a line back. @throws Error for a line that is none */
export function readDossier(text: string): Dossier {
  // Sealed by us: a line of another release ends the call by its shape.
  const dossier = opened(JSON.parse(text) as KeptDossier);
  written.set(dossier, text);
  return dossier;
}

function kept({ household, ...rest }: Dossier): KeptDossier {
  if (household === undefined) return rest;
  const before = [...household.payments, ...household.past];
  const answerable = household.answerable.map((payment) => {
    const at = before.indexOf(payment);
    return at < 0 ? payment : at;
  });
  return { ...rest, household: { ...household, answerable } };
}

function opened({ household, ...rest }: KeptDossier): Dossier {
  if (household === undefined) return rest;
  const before = [...household.payments, ...household.past];
  const answerable = household.answerable.flatMap((payment) =>
    typeof payment === 'number' ? (before[payment] ?? []) : payment,
  );
  return { ...rest, household: { ...household, answerable } };
}
