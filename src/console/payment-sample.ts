import { randomInt } from 'node:crypto';
import { officerOf } from '../complaints/officer';
import { statusTitles } from '../complaints/lifecycle';
import {
  samplePayments,
  sampleSize,
  type TracedPayment,
} from '../complaints/sample-payments';
import { csvLine } from '../exchange/csv-cells';
import { inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { spokenPairs } from '../text/check-digit';
import { receiptWords, resultWords } from './complaint-words';
import { readNumber } from './read-fields';
import type { Reply, StaffedVisit } from './route';

/** Fifty payments drawn by chance, each from the list to the request. The address names the draw, so that it can be had again. */
export async function samplePage(visit: StaffedVisit): Promise<Reply> {
  const seed = readNumber(visit.query['tirage']);
  if (seed === undefined)
    return {
      kind: 'goTo',
      path: `/console/paiements/echantillon?tirage=${randomInt(1, 1_000_000)}`,
    };
  const rows = await drawn(visit, seed, 'page');
  return {
    ...{ kind: 'page', view: 'payment-sample', title: 'Échantillon' },
    values: {
      ...{ seed, size: sampleSize },
      rows: rows.map((row) => ({
        ...row,
        pairs: row.reference && spokenPairs(row.reference),
        resultText: worded(resultWords, row.result),
        answerText: worded(receiptWords, row.answer),
        statusText: statusText(row.status),
      })),
    },
  };
}

/** The same as a file; cards by their end alone, requests only as far as they exist for the account. */
export async function sampleCsv(visit: StaffedVisit): Promise<Reply> {
  const seed = readNumber(visit.query['tirage']);
  if (seed === undefined) return { kind: 'notFound' };
  const rows = await drawn(visit, seed, 'csv');
  const lines = [head, ...rows.map(cellsOf)].map((cells) => csvLine(cells));
  return {
    ...{ kind: 'file', name: `echantillon-${seed}.csv` },
    type: 'text/csv; charset=utf-8',
    body: Buffer.from(`\ufeff${lines.join('')}`),
  };
}

/** Draws, and notes who drew what. */
async function drawn(
  { house, staff }: StaffedVisit,
  seed: number,
  kind: 'page' | 'csv',
): Promise<TracedPayment[]> {
  const { member } = staff;
  await inTransaction(house.db, (tx) =>
    recordAudit(tx, {
      ...{ actor: `officer:${member.id}`, action: 'payments.sampled' },
      ...{ subject: `sample:${seed}`, details: { kind } },
    }),
  );
  return samplePayments(house.db, {
    officer: await officerOf(house.db, member),
    ...{ territory: member.territory, seed: String(seed) },
    today: house.clock.today(),
  });
}

const head = [
  ...['Vague', 'Agence', 'Commune', 'Carte', 'Montant de la liste'],
  ...['Du', 'Au', 'Résultat de l’agence', 'Montant payé', 'Payé le'],
  ...['Confirmation du ménage', 'Montant dit', 'Argent demandé', 'Dit le'],
  ...['Demande', 'État de la demande'],
];

function cellsOf(row: TracedPayment): string[] {
  const { askedForMoney, answeredAt } = row;
  return [
    ...[row.wave, row.provider, row.commune],
    row.cardEnd === null ? '' : `••••${row.cardEnd}`,
    ...[String(row.amountXof), row.opens, row.closes],
    worded(resultWords, row.result),
    ...[row.paidXof?.toString() ?? '', row.paidOn ?? ''],
    worded(receiptWords, row.answer),
    row.declaredXof?.toString() ?? '',
    askedForMoney === null ? '' : askedForMoney ? 'oui' : 'non',
    answeredAt?.toISOString().slice(0, 10) ?? '',
    ...[row.reference ?? '', statusText(row.status)],
  ];
}

function worded(
  words: Readonly<Record<string, string>>,
  word: string | null,
): string {
  return word === null ? '' : (words[word] ?? word);
}

function statusText(status: TracedPayment['status']): string {
  return status === null ? '' : statusTitles[status];
}
