import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { Audience } from '../campaigns/audience';
import { readHouseholdList } from '../campaigns/audience';
import type { CampaignDraft } from '../campaigns/draft-campaign';
import { AppError } from '../runtime/errors';

/** What `campaign new` is told. */
export interface NewOptions {
  as: string;
  title: string;
  texts: string;
  wave?: string;
  distribution?: string;
  session?: string;
  region?: string[];
  cercle?: string[];
  commune?: string[];
  rule?: string[];
  language?: string[];
  sex?: 'F' | 'M';
  standing?: Audience['standing'];
  households?: string;
  ceiling: number;
  failures?: number;
  at?: Date;
  financing?: string;
  because?: string;
}

/** The draft that such options describe; texts and a list of households are read from their files. */
export async function draftOf(options: NewOptions): Promise<CampaignDraft> {
  const { wave, distribution, session } = options;
  const subjects = [
    ...(wave === undefined ? [] : [{ kind: 'wave' as const, code: wave }]),
    ...(distribution === undefined
      ? []
      : [{ kind: 'distribution' as const, code: distribution }]),
    ...(session === undefined
      ? []
      : [{ kind: 'session' as const, code: session }]),
  ];
  if (subjects.length > 1)
    throw new AppError(
      'invalid',
      "Une campagne parle d'une seule chose: --wave, --distribution ou --session.",
    );
  return {
    title: options.title,
    subject: subjects[0],
    audience: await audienceOf(options),
    texts: readJson(options.texts, await readText(options.texts)),
    ceilingXof: options.ceiling,
    failurePercent: options.failures,
    scheduledAt: options.at,
    financing: options.financing,
    longBecause: options.because,
  };
}

async function audienceOf(options: NewOptions): Promise<Audience> {
  const { region = [], cercle = [], commune = [], households } = options;
  const units = [
    ...region.map((code) => ({ level: 'region' as const, code })),
    ...cercle.map((code) => ({ level: 'cercle' as const, code })),
    ...commune.map((code) => ({ level: 'commune' as const, code })),
  ];
  const { wave, distribution, session, rule, language, sex, standing } =
    options;
  return {
    ...(units.length > 0 && { units }),
    ...(wave !== undefined && { waves: [wave] }),
    ...(distribution !== undefined && { distributions: [distribution] }),
    ...(session !== undefined && { sessions: [session] }),
    ...(rule !== undefined && { rules: rule }),
    ...(language !== undefined && { languages: language }),
    ...(sex !== undefined && { sex }),
    ...(standing !== undefined && { standing }),
    ...(households !== undefined && {
      households: readHouseholdList(await readText(households)),
    }),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('notFound', `Le fichier ${file} n'est pas lu.`, error);
  }
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      'invalid',
      `${file} n'est pas du JSON: {"fr": {"own": "…", "shared": "…"}, "bm": {…}}.`,
      error,
    );
  }
}

/** A whole number as staff type it. */
export function readWhole(text: string): number {
  if (!/^\d{1,10}$/.test(text))
    throw new InvalidArgumentError('Écrivez un nombre entier.');
  return Number(text);
}

/** Gathers an option that may be given several times. */
export function gathered(text: string, before: string[] = []): string[] {
  return [...before, text];
}
