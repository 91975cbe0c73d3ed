import { lintCampaign, isRefused } from '../../src/campaigns/lint-campaign';
import type { LintedDraft, LintGround } from '../../src/campaigns/lint-ground';
import { lintRules } from '../../src/campaigns/lint-rules';
import { variantFor } from '../../src/campaigns/campaign-texts';
import { composeCampaign } from '../../src/campaigns/compose-campaign';
import { packageRoot } from '../../src/runtime/package-root';
import { openTexts } from '../../src/text/texts';
import { goodTexts } from '../support/campaigns';

const { languages } = openTexts({ root: packageRoot });
const ground: LintGround = {
  ...{ languages, shortCode: '*384*55#', senderNames: ['Jigi'] },
  places: new Set(['Sanakoro', 'Kita Ouest']),
  names: new Set(['Aminata']),
};

const signed = {
  ...goodTexts,
  bm: { ...goodTexts.bm, reviewedBy: 'Fanta Keïta' },
};

interface Given extends Partial<LintedDraft> {
  fr?: string;
  shared?: string;
  bm?: string;
  senderNames?: string[];
}

/** A draft that passes but for what is given. */
function said({ fr, shared, bm, senderNames, ...draft }: Given): string[] {
  const texts = {
    fr: { own: fr ?? signed.fr.own, shared: shared ?? signed.fr.shared },
    bm: { ...signed.bm, own: bm ?? signed.bm.own },
  };
  const whole: LintedDraft = {
    ...{ texts, kind: undefined, longBecause: undefined, ...draft },
  };
  const by = { ...ground, senderNames: senderNames ?? ground.senderNames };
  return lintCampaign(whole, by).map(({ rule }) => rule);
}

const j = (rest: string): string => `Jigisèmèjiri: ${rest}`;
const long = j('une phrase qui dit la chose encore et encore, '.repeat(4));

/** Of each rule what it refuses, and the nearest thing that it lets through. */
const cases: readonly [string, Given, Given][] = [
  ['translation', { bm: ' ' }, { bm: 'Jigisɛmɛjiri: aw ni ce. {{code}}.' }],
  ['firstWord', { fr: 'Bonjour: {{code}}.' }, { fr: j('bonjour.') }],
  [
    'letters',
    { fr: j('vous avez reçu.') },
    { fr: j('élèves à côté, où?').replace('côté', 'coté') },
  ],
  ['segments', { fr: long }, { fr: long, longBecause: 'Deux dates à dire.' }],
  ['links', { fr: j('voir jigi.ml/aide') }, { fr: j('voir le menu 1.') }],
  [
    'amounts',
    { fr: j('30 000 F à prendre.') },
    { fr: j('{{amount}} à prendre.'), kind: 'wave' },
  ],
  [
    'amounts',
    { shared: j('{{amount}}'), kind: 'wave' },
    { shared: j('menu 30.') },
  ],
  [
    'places',
    { fr: j('venez à Kita Ouest.') },
    { fr: j('venez avec votre carte.') },
  ],
  [
    'places',
    { fr: j('venez à {{lieu}}.') },
    { fr: j('venez le {{day}}.'), kind: 'session' },
  ],
  ['names', { fr: j('{{nom}}, venez.') }, { fr: j('venez tous.') }],
  ['names', { fr: j('Aminata, venez.') }, { fr: j('Amis, venez.') }],
  [
    'days',
    { fr: j('venez le 12/03.') },
    { fr: j('venez le {{from}}.'), kind: 'wave' },
  ],
  ['days', { fr: j('venez le 12 mars.') }, { fr: j('venez dans 3 jours.') }],
  [
    'digits',
    { fr: j('appelez le 76 12 34 56.') },
    { fr: j('composez {{code}}.') },
  ],
  [
    'health',
    { fr: j('pour les femmes enceintes.') },
    { fr: j('pour toutes les femmes.') },
  ],
  ['variables', { fr: j('{{from}}') }, { fr: j('{{from}}'), kind: 'wave' }],
  ['variables', { fr: j('{code}') }, { fr: j('{{code}}') }],
  [
    'senderName',
    { senderNames: ['Jigisemejiri'] },
    { senderNames: ['Jigi Mali'] },
  ],
  ['review', { texts: goodTexts }, { texts: signed }],
];

test.each(cases)('%s: refuses %j, lets %j through', (rule, bad, good) => {
  const found = (given: Given): string[] =>
    given.texts === undefined
      ? said(given)
      : lintCampaign(
          { texts: given.texts, kind: undefined, longBecause: undefined },
          ground,
        ).map((one) => one.rule);
  expect(found(bad)).toContain(rule);
  expect(found(good)).toEqual([]);
});

test('every rule of the table has its cases', () => {
  expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(
    lintRules.map(({ name }) => name).sort(),
  );
});

test('a letter that costs is told with what it costs and what to write; a Bambara letter is none', () => {
  const text = j(
    'vous avez reçu une réponse, demandez-la au menu {{code}} avant la fin.',
  );
  const findings = lintCampaign(
    {
      texts: { ...signed, fr: { own: text, shared: signed.fr.shared } },
      ...{ kind: undefined, longBecause: undefined },
    },
    ground,
  );
  expect(findings).toEqual([
    expect.objectContaining({ rule: 'letters', locale: 'fr', variant: 'own' }),
  ]);
  expect(findings[0]?.sentence).toMatch(
    /« ç ».* 2 partie\(s\) au lieu de 1\. Écrivez: ç → c\./,
  );
});

test('an unreviewed Bambara text refuses nothing and is told to whoever approves', () => {
  const findings = lintCampaign(
    { texts: goodTexts, kind: undefined, longBecause: undefined },
    ground,
  );
  expect(isRefused(findings)).toBe(false);
  expect(findings).toMatchObject([{ level: 'warns', locale: 'bm' }]);
});

test('an amount goes to a phone of her own that agreed, a day of a gathering to no insecure zone, and the neutral text where neither may', () => {
  const texts = {
    own: j('{{amount}} du {{from}} au {{to}}.'),
    shared: j('du {{from}}.'),
  };
  const sort = { shared: false, zone: 'normal', consents: true } as const;
  expect(variantFor(texts, 'wave', sort)).toBe('own');
  expect(variantFor(texts, 'wave', { ...sort, consents: false })).toBe(
    'shared',
  );
  expect(variantFor(texts, 'wave', { ...sort, zone: 'insecure' })).toBe(
    'shared',
  );
  expect(variantFor(texts, 'wave', { ...sort, shared: true })).toBe('shared');
  const days = { own: j('le {{day}}.'), shared: j('le {{day}}.') };
  expect(
    variantFor(days, 'distribution', { ...sort, zone: 'insecure' }),
  ).toBeUndefined();
  const rows = composeCampaign({
    ...{
      texts: { fr: texts },
      kind: 'wave',
      from: '2026-03-12',
      to: '2026-03-16',
    },
    ...{ shortCode: '*#', locales: ['fr', 'bm'], today: '2026-03-10' },
  });
  expect(rows).toHaveLength(16);
  expect(rows.filter(({ locale }) => locale === 'bm')[0]).toMatchObject({
    ...{ written: 'fr', text: 'Jigisèmèjiri: du 12/03.', segments: 1 },
  });
});
