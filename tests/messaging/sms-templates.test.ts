import { openSmsWording } from '../../src/messaging/compose';
import { purposes } from '../../src/messaging/purposes';
import {
  asksCard,
  mayRead,
  smsTemplateNames,
} from '../../src/messaging/sms-templates';
import type { MessageAudience } from '../../src/register/disclosure';
import { packageRoot } from '../../src/runtime/package-root';
import { readCatalogue } from '../../src/text/read-catalogue';
import { placesOf } from '../../src/text/template';
import { openTexts } from '../../src/text/texts';

const texts = Array.from(readCatalogue(packageRoot).values(), (language) => ({
  locale: language.language.code,
  messages: Array.from(language.texts.get('sms') ?? []),
}));

const onPhone = (
  phoneKind: MessageAudience['phoneKind'],
  change: Partial<MessageAudience> = {},
): MessageAudience => ({
  ...{ channel: 'sms', phoneKind, zone: 'normal', consents: true },
  ...change,
});

test('every text is in the table and every line of the table has its texts', () => {
  for (const { messages } of texts) {
    expect(messages.map(([key]) => key)).toEqual(smsTemplateNames);
  }
});

test('every purpose has a text, and every text a purpose', () => {
  const purposeOf = (template: string) =>
    template in purposes
      ? template
      : template.slice(0, template.lastIndexOf('.'));
  expect([...new Set(smsTemplateNames.map(purposeOf))]).toEqual(
    Object.keys(purposes),
  );
});

test('every text begins with the programme, holds no link, and no value but days, a reference and the code', () => {
  for (const [, text] of texts.flatMap(({ messages }) => messages)) {
    expect(text).toMatch(/^Jigis(è|ɛ)m(è|ɛ)jiri: /);
    expect(text).not.toMatch(/https?:|www\.|\.ml\b/);
    expect(['from', 'to', 'day', 'dueOn', 'reference', 'code']).toEqual(
      expect.arrayContaining(placesOf(text)),
    );
  }
});

test('no caller reads the word that staff use for a complaint', () => {
  const french = texts.find(({ locale }) => locale === 'fr')?.messages ?? [];
  expect(french.filter(([, text]) => /plainte/i.test(text))).toEqual([]);
});

test('a shared phone is never spoken to as if its holder were meant', () => {
  for (const { messages } of texts) {
    const shared = messages.filter(([key]) => /shared$/.test(key));
    expect(shared.length).toBeGreaterThan(10);
    for (const [, text] of shared) {
      expect(text).not.toMatch(/\b(votre|vos|vous|i ka|i ye)\b/i);
    }
  }
});

test('only texts that ask for the card name it as something to bring', () => {
  for (const { messages } of texts) {
    const bring = messages.filter(([, text]) =>
      /Prenez votre carte|Na ni i ka karti ye/.test(text),
    );
    expect(bring.map(([key]) => key)).toEqual(
      smsTemplateNames.filter(asksCard),
    );
  }
});

test('what a phone may read is decided by the disclosure table', () => {
  expect(mayRead('payment.announced.card', onPhone('own'))).toBe(true);
  expect(mayRead('payment.announced.card', onPhone('relay'))).toBe(false);
  expect(
    mayRead('payment.announced.shared', onPhone('relay', { zone: 'insecure' })),
  ).toBe(true);
  expect(
    mayRead('session.reminder.own', onPhone('own', { zone: 'insecure' })),
  ).toBe(false);
});

test('until a native reader has signed them, texts go out in French in production', () => {
  const given = { texts: openTexts({ root: packageRoot }), shortCode: '*1#' };
  const open = openSmsWording({ ...given, allowUnreviewed: true });
  const strict = openSmsWording({ ...given, allowUnreviewed: false });
  expect(open.compose('reply.info', 'bm')).toMatchObject({
    ...{ locale: 'bm', encoding: 'gsm7', segments: 1 },
    text: 'Jigisèmèjiri: donw, gèlèyaw, lajèw: *1# wele. Ni i tè SMS fè tun: STOP ci.',
  });
  expect(strict.compose('reply.info', 'bm')).toMatchObject({ locale: 'fr' });
});

test('where a phone cannot answer it is not asked to, but to dial', () => {
  const given = {
    ...{ texts: openTexts({ root: packageRoot }), shortCode: '*1#' },
    allowUnreviewed: true,
  };
  const heard = openSmsWording(given);
  const unheard = openSmsWording({ ...given, canBeAnswered: false });
  const ask = 'payment.unconfirmed.own';
  expect(heard.compose(ask, 'fr').text).toMatch(/Répondez 1/);
  for (const locale of ['fr', 'bm'])
    expect(unheard.compose(ask, locale)).toMatchObject({
      ...{ template: 'payment.unconfirmed.oneWay', segments: 1 },
      text: expect.stringMatching(
        /^(?!.*(Répondez|1 ci)).*\*1# menu 2/,
      ) as string,
    });
  expect(unheard.compose('reply.info', 'fr')).toEqual(
    heard.compose('reply.info', 'fr'),
  );
});
