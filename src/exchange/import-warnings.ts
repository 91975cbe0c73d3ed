import type { Database } from '../runtime/database';
import { maskMsisdn } from '../text/msisdn';
import { REJECTION_COLUMNS } from './formats';
import { CROWDED_PHONES } from './household-phones';
import type { RegisterFile } from './survey-file';

/** Takes a warning for the staff, in French. */
export type Warn = (line: string) => void;

const SHOWN_LINES = 5;

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

/** Tells of phones that serve more households than the rules allow; every link is kept: only people know which are wrong. */
export async function warnOfCrowdedPhones({
  db,
  warn,
}: {
  db: Database;
  warn: Warn;
}): Promise<void> {
  const { rows } = await db.pool.query<{
    msisdn: string;
    links: number;
    relay: boolean;
  }>(CROWDED_PHONES);
  for (const { msisdn, links, relay } of rows) {
    const most = relay ? '60 pour un relais' : '10';
    warn(
      `Le téléphone ${maskMsisdn(msisdn)} sert ${links} ménages, au-delà de ${most}: à vérifier.`,
    );
  }
}
