import { mkdir } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../runtime/errors';
import { referenceCommunes, referenceRows } from '../staff/territory-reference';
import { isIsoDay, type IsoDay } from '../text/dates';
import { csvLine } from './csv-cells';
import { syntheticCalendar } from './synthetic-calendar';
import { demoHouseholdCount } from './demo-households';
import { SYNTHETIC_FILES, type SyntheticFile } from './synthetic-files';
import { syntheticPlaces, type RegionShare } from './synthetic-places';
import type { SyntheticFrame } from './synthetic-rows';

/** What an invented programme is made from: the same request gives the same bytes. */
export interface SyntheticRequest {
  readonly households: number;
  readonly seed: number;
  readonly today: IsoDay;
  readonly distinctAmounts?: boolean;
}

// The register counts 352 900 households in all; its table holds the eight regions, the rest is Bamako.
const BAMAKO: RegionShare = {
  region: 'Bamako',
  households: 31_533,
  communes: 6,
};
const CHUNK = 65_536;

/**
 * Writes every exchange file of an invented programme into a folder, streaming.
 * @returns the paths of the files in the order in which they are imported.
 */
export async function makeSyntheticProgramme(
  request: SyntheticRequest,
  folder: string,
): Promise<readonly string[]> {
  const frame = syntheticFrame(request);
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const file of SYNTHETIC_FILES) {
    const target = path.join(folder, `${file.kind}.csv`);
    await pipeline(
      Readable.from(chunksOf(file, frame)),
      createWriteStream(target),
    );
    paths.push(target);
  }
  return paths;
}

/** The frame from which the rows of a request are drawn. */
export function syntheticFrame(request: SyntheticRequest): SyntheticFrame {
  const { households, seed, today, distinctAmounts = false } = request;
  const least = demoHouseholdCount;
  if (!Number.isInteger(households) || households < least) {
    throw new AppError(
      'invalid',
      `Demandez au moins ${least} ménages: ceux des personnes de démonstration.`,
    );
  }
  if (!Number.isInteger(seed)) {
    throw new AppError('invalid', 'La graine (--seed) est un nombre entier.');
  }
  if (!isIsoDay(today)) {
    throw new AppError('invalid', 'Écrivez le jour ainsi: 2026-03-12.');
  }
  const communes = referenceCommunes();
  // The demo people live where their stories say; all others are spread.
  const places = syntheticPlaces(
    communes,
    regionShares(),
    households - least,
    seed,
  );
  const calendar = syntheticCalendar(today);
  return {
    ...{ seed, households, places, communes, today },
    calendar,
    distinctAmounts,
  };
}

function regionShares(): readonly RegionShare[] {
  const table = referenceRows('rsu-households-by-region.csv').map((row) => ({
    region: row['region'] ?? '',
    households: Number(row['households']),
    communes: Number(row['communes']),
  }));
  return [...table, BAMAKO];
}

function* chunksOf(
  file: SyntheticFile,
  frame: SyntheticFrame,
): Generator<string> {
  let chunk = `${file.columns}\n`;
  for (const row of file.rows(frame)) {
    chunk += csvLine(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
