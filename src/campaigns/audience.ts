import { z } from 'zod';
import { AppError } from '../runtime/errors';

/** Households of an uploaded list, at most: more is a territory or a wave. */
export const mostListed = 100_000;

const code = z.string().trim().min(1).max(60);
const codes = z.array(code).min(1).max(200);

const units = z.strictObject({
  level: z.enum(['region', 'cercle', 'commune']),
  code,
});

const village = z.strictObject({
  commune: code,
  /** As `villageKey` of a household. */
  village: code,
});

/** How households stand to what the campaign is about. */
export const standings = ['told', 'notTold', 'unconfirmed'] as const;

/** What may become of dates that were told. */
export const changes = ['moved', 'postponed', 'cancelled'] as const;
export type DateChange = (typeof changes)[number];

const audienceShape = z.strictObject({
  /** Anywhere in one of these; absent: in the whole country. */
  units: z.array(units).min(1).max(800).optional(),
  villages: z.array(village).min(1).max(2_000).optional(),
  /** Enrolled under one of these rules today. */
  rules: codes.optional(),
  /** On the list of a wave: of these codes, or in one of these states, or both. */
  waves: codes.optional(),
  waveStates: z
    .array(z.enum(['accepted', 'announced', 'open', 'closed', 'postponed']))
    .min(1)
    .optional(),
  distributions: codes.optional(),
  sessions: codes.optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .optional(),
  sex: z.enum(['F', 'M']).optional(),
  /** Of what the campaign is about: told before, not told, or without an answer. */
  standing: z.enum(standings).optional(),
  households: z.array(code).min(1).max(mostListed).optional(),
  /** Phones that an earlier campaign failed to reach. */
  failedIn: z.number().int().positive().optional(),
  /** Phones that an earlier campaign told. */
  toldIn: z.number().int().positive().optional(),
  /** But not phones that a reminder told of the same change of dates. */
  change: z.enum(changes).optional(),
});

/** Which households a campaign is for; every field narrows it, none of them: all that take part. */
export type Audience = z.infer<typeof audienceShape>;

/** Sentences for fields that were not understood. */
const fieldTitles: Readonly<Record<string, string>> = {
  units: 'les territoires',
  villages: 'les villages',
  rules: 'les règles de prestation',
  waves: 'les vagues',
  waveStates: "l'état des vagues",
  distributions: 'les distributions',
  sessions: 'les séances',
  languages: 'les langues',
  sex: 'le sexe (F ou M)',
  standing: 'prévenus, pas prévenus ou sans réponse',
  households: 'la liste de ménages (100 000 au plus)',
};

/**
 * Reads a definition as it was stored or sent.
 * @throws AppError `invalid` with a French sentence for what cannot be read
 */
export function readAudience(definition: unknown): Audience {
  const read = audienceShape.safeParse(definition);
  if (read.success) return read.data;
  const named = read.error.issues.map(({ path, code: kind, ...issue }) =>
    kind === 'unrecognized_keys' && 'keys' in issue
      ? String(issue.keys)
      : String(path[0] ?? ''),
  );
  const fields = [...new Set(named)].map((name) => fieldTitles[name] ?? name);
  throw new AppError(
    'invalid',
    `Le public n'est pas compris: ${fields.join(', ')}. Corrigez, rien n'a été changé.`,
  );
}

/** Household numbers of an uploaded list: one a line, or the first column of a table. */
export function readHouseholdList(text: string): string[] {
  const numbers = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => (line.split(/[;,\t]/)[0] ?? '').trim().replace(/^"|"$/g, ''))
    .filter((cell) => cell !== '' && cell !== 'household_number');
  return [...new Set(numbers)];
}
