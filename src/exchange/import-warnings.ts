import type { Database } from '../runtime/database';
import { maskMsisdn } from '../text/msisdn';
import { REJECTION_COLUMNS } from './formats';
import { CROWDED_PHONES } from './household-phones';
import type { RegisterFile } from './survey-file';

/** Takes a warning for the staff, in French. */
export type Warn = (line: string) => void;

const SHOWN_LINES = 5;
const SHOWN_CARDS = 20;

/** Tells of every column that no format knows, once. */
export function warnOfUnknownColumns(warn: Warn, file: RegisterFile): void {
  const known = new Set<string>([
    ...file.format.columns.map(({ name }) => name),
    ...REJECTION_COLUMNS,
  ]);
  file.header.forEach((name, at) => {
    if (known.has(name)) return;
    warn(`Colonne inconnue, laissée de côté: ${file.titles[at] ?? name}`);
  });
}

/** Tells of sessions and distributions to which nobody would come. */
export function warnOfUnmet(warn: Warn, lines: readonly number[]): void {
  if (lines.length === 0) return;
  const shown = lines.slice(0, SHOWN_LINES).join(', ');
  const more = lines.length > SHOWN_LINES ? '…' : '';
  warn(
    `${lines.length} ligne(s) ne rencontrent aucun ménage (village ou commune sans ménage): lignes ${shown}${more}`,
  );
}

/** Households that cannot be told apart by what is printed on their card. */
const SHARED_CARDS = `select count(*)::int as households,
    (array_agg(household_number order by household_number))[1:${SHOWN_LINES}] as numbers
  from households where card_number is not null and card_check is not null
  group by card_number, card_check
  having count(*) > 1
  order by numbers limit ${SHOWN_CARDS}`;

interface Telling {
  readonly db: Database;
  readonly warn: Warn;
}

/** Tells of what the store holds of households that only people can put right: everything is kept as the files say. */
export async function warnOfHouseholds({ db, warn }: Telling): Promise<void> {
  const found = await Promise.all([crowdedPhones(db), sharedCards(db)]);
  found.flat().forEach(warn);
}

/** Phones that serve more households than the rules allow. */
async function crowdedPhones(db: Database): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{
    msisdn: string;
    links: number;
    relay: boolean;
  }>(CROWDED_PHONES);
  return rows.map(({ msisdn, links, relay }) => {
    const most = relay ? '60 pour un relais' : '10';
    return `Le téléphone ${maskMsisdn(msisdn)} sert ${links} ménages, au-delà de ${most}: à vérifier.`;
  });
}

/** One card for several households proves none of them when it is typed whole. */
async function sharedCards(db: Database): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{
    households: number;
    numbers: readonly string[];
  }>(SHARED_CARDS);
  return rows.map(({ households, numbers }) => {
    const more = households > numbers.length ? '…' : '';
    return `${households} ménages portent la même carte, numéro et dos: ${numbers.join(', ')}${more}. Tapée entière, elle est refusée au téléphone: corrigez-la.`;
  });
}
