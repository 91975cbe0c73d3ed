import { type Audience, readHouseholdList } from '../campaigns/audience';
import { textVariants } from '../campaigns/campaign-texts';
import { subjectKinds } from '../campaigns/campaign-subject';
import type { CampaignDraft } from '../campaigns/draft-campaign';
import { AppError } from '../runtime/errors';
import type { Fields } from './route';

/** Numbers that fit into the field of a form; a longer list comes as a file. */
export const mostPasted = 20_000;

/** States of a wave by which an audience may be narrowed. */
export const waveStates = [
  ...(['accepted', 'announced', 'open', 'closed', 'postponed'] as const),
];

/**
 * The draft that a form describes. What of the audience no field shows stays as it was kept.
 * @throws AppError `invalid` with a French sentence
 */
export function draftOf(
  form: Fields,
  kept: Audience,
  locales: readonly string[],
): CampaignDraft {
  const kind = subjectKinds.find((one) => one === form['sujet']);
  const code = form['code']?.trim() ?? '';
  if (kind !== undefined && code === '')
    throw new AppError(
      'invalid',
      'Écrivez le code de la vague, de la distribution ou de la séance.',
    );
  const subject = kind === undefined ? undefined : { kind, code };
  return {
    title: form['titre'] ?? '',
    subject,
    financing: form['financement'],
    audience: audienceOf(form, kept, subject),
    texts: Object.fromEntries(
      locales.map((locale) => {
        const reviewedBy = form[`relu-${locale}`]?.trim() ?? '';
        return [
          locale,
          {
            ...Object.fromEntries(
              textVariants.map((variant) => [
                variant,
                written(form[`texte-${locale}-${variant}`]),
              ]),
            ),
            ...(reviewedBy !== '' && { reviewedBy }),
          },
        ];
      }),
    ),
    longBecause: form['long'],
    ceilingXof: wholeOf(form['plafond']) ?? Number.NaN,
    failurePercent: wholeOf(form['echecs']),
    lifeHours: wholeOf(form['duree']),
    scheduledAt: hourOf(form['depart']),
    template: templateOf(form['modele']),
  };
}

function audienceOf(
  form: Fields,
  kept: Audience,
  subject: CampaignDraft['subject'],
): Audience {
  const units = (['region', 'cercle', 'commune'] as const).flatMap((level) =>
    ticked(form, `u-${level}-`).map((code) => ({ level, code })),
  );
  const rules = ticked(form, 'r-');
  const states = waveStates.filter((one) => form[`w-${one}`] !== undefined);
  const pasted = readHouseholdList(form['menages'] ?? '');
  const households =
    pasted.length > 0
      ? pasted
      : form['garder-liste'] === undefined
        ? undefined
        : kept.households;
  const villages =
    form['garder-villages'] === undefined ? undefined : kept.villages;
  const { failedIn, toldIn, change } = kept;
  const languages = ticked(form, 'l-');
  return {
    ...(units.length > 0 && { units }),
    ...(rules.length > 0 && { rules }),
    ...(states.length > 0 && { waveStates: states }),
    ...listsOf(form, subject),
    ...(languages.length > 0 && { languages }),
    // Whatever else came is refused by whoever reads an audience.
    ...(chosen(form['sexe']) && { sex: form['sexe'] as 'F' }),
    ...(chosen(form['deja']) && { standing: form['deja'] as 'told' }),
    ...(households !== undefined && { households }),
    ...(villages !== undefined && { villages }),
    ...(failedIn !== undefined && { failedIn }),
    ...(toldIn !== undefined && { toldIn }),
    ...(change !== undefined && { change }),
  };
}

/** Lists of households by code, and the field of each. */
export const listFields = [
  { list: 'waves', kind: 'wave', field: 'vagues' },
  { list: 'distributions', kind: 'distribution', field: 'distributions' },
  { list: 'sessions', kind: 'session', field: 'seances' },
] as const;

function listsOf(
  form: Fields,
  subject: CampaignDraft['subject'],
): Pick<Audience, 'waves' | 'distributions' | 'sessions'> {
  const lists = listFields.map(({ list, kind, field }) => {
    const own =
      subject?.kind === kind && form['concernes'] !== undefined
        ? [subject.code]
        : [];
    const typed = (form[field] ?? '').split(/[,;\r\n]+/);
    const codes = [...own, ...typed.map((code) => code.trim())];
    return [list, [...new Set(codes.filter((code) => code !== ''))]] as const;
  });
  return Object.fromEntries(lists.filter(([, codes]) => codes.length > 0));
}

/** The ends of the names of boxes that were ticked. */
export function ticked(form: Fields, begin: string): string[] {
  return Object.keys(form)
    .filter((name) => name.startsWith(begin))
    .map((name) => name.slice(begin.length));
}

function chosen(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** One SMS has no lines. */
function written(text = ''): string {
  return text.replace(/\s*\r?\n\s*/g, ' ').trim();
}

/** A whole number as people write it; `NaN` for what is none. */
export function wholeOf(text: string | undefined): number | undefined {
  const digits = (text ?? '').replace(/[\s\u202f]/g, '');
  if (digits === '') return undefined;
  return /^\d{1,10}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** Bamako keeps UTC all year. */
function hourOf(text: string | undefined): Date | undefined {
  if (!chosen(text)) return undefined;
  const hour = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text ?? '')
    ? new Date(`${text ?? ''}:00Z`)
    : undefined;
  if (hour !== undefined && !Number.isNaN(hour.getTime())) return hour;
  throw new AppError(
    'invalid',
    "Écrivez l'heure du départ ainsi: 2026-03-12T09:00, ou laissez-la vide.",
  );
}

function templateOf(word: string | undefined): CampaignDraft['template'] {
  const [, name = '', version = ''] =
    /^([a-z0-9-]{2,40}) (\d{1,6})$/.exec(word ?? '') ?? [];
  return name === '' ? undefined : { name, version: Number(version) };
}
