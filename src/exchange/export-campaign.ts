import { rename, rm, writeFile } from 'node:fs/promises';
import {
  type BoardRow,
  campaignBoard,
  campaignCallList,
} from '../campaigns/board';
import { findCampaign } from '../campaigns/queries';
import { type Database, inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { csvLine } from './csv-cells';

/** What of a campaign may be written to a file: its board, or whom relays are to visit. */
export const campaignExports = ['board', 'calls'] as const;
export type CampaignExport = (typeof campaignExports)[number];

const counts = [
  ...(['households', 'delivered', 'sent', 'failed', 'unknown'] as const),
  ...(['waiting', 'noPhone', 'optedOut', 'skipped'] as const),
] satisfies readonly (keyof BoardRow)[];

/**
 * The board of a campaign as CSV, or its call list with no more than a relay needs to find somebody; told to the audit chain
 * once `keep` has it. @returns its rows
 */
export async function exportCampaignTo(
  db: Database,
  request: { id: number; what: CampaignExport; actor: string },
  keep: (csv: string) => Promise<void>,
): Promise<number> {
  const { id, what, actor } = request;
  await findCampaign(db, id);
  const lines =
    what === 'board' ? await boardOf(db, id) : await callsOf(db, id);
  await keep(lines.map((cells) => csvLine(cells)).join(''));
  await inTransaction(db, (tx) =>
    recordAudit(tx, {
      ...{ actor, action: 'campaign.exported', subject: `campaign:${id}` },
      details: { what, rows: lines.length - 1 },
    }),
  );
  return lines.length - 1;
}

/** {@link exportCampaignTo} a file for its owner alone, which appears when it is whole. @returns its rows */
export async function exportCampaign(
  db: Database,
  {
    file,
    ...request
  }: Parameters<typeof exportCampaignTo>[1] & {
    file: string;
  },
): Promise<number> {
  const part = `${file}.part`;
  try {
    const rows = await exportCampaignTo(db, request, (csv) =>
      writeFile(part, csv, { mode: 0o600 }),
    );
    await rename(part, file);
    return rows;
  } finally {
    await rm(part, { force: true });
  }
}

async function boardOf(db: Database, id: number): Promise<string[][]> {
  const { villages } = await campaignBoard(db, id);
  return [
    ['commune_code', 'village', ...counts],
    ...villages.map((row) => [
      ...[row.communeCode, row.village],
      ...counts.map((count) => String(row[count])),
    ]),
  ];
}

async function callsOf(db: Database, id: number): Promise<string[][]> {
  const calls = await campaignCallList(db, id, { most: 100_000 });
  return [
    ['commune_code', 'village', 'initials', 'card_ends', 'why'],
    ...calls.map(({ communeCode, village, initials, cardEnds, why }) => [
      ...[communeCode, village, initials, cardEnds ?? '', why],
    ]),
  ];
}
