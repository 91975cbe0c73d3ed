import type { PhoneKind, Zone } from '../register/disclosure';
import { shortDay, type IsoDay } from '../text/dates';
import type { Values } from '../text/template';
import type { ComposedSms, SmsWording } from './compose';
import type { ReminderRule } from './reminder-rules';
import { asksCard, mayRead, smsTemplateNames } from './sms-templates';
import type { SmsTemplate } from './sms-templates';

/** The text for one sort of phone; a sort without a row may read none. */
export interface TextRow extends Omit<ComposedSms, 'locale'> {
  /** The language that the phone asked for. */
  asked: string;
  /** The language that it gets. */
  locale: string;
  shared: boolean;
  zone: Zone;
  consents: boolean;
  way: 'card' | 'plain';
}

/** The days that a reminder tells. */
export interface ToldDays {
  from: IsoDay | null;
  to: IsoDay | null;
}

const yesNo = [true, false] as const;

/** A shared phone is judged as the most shared kind. */
const kindOf = (shared: boolean): PhoneKind => (shared ? 'relay' : 'own');

/** Every text that a reminder needs, ready to be joined to phones: built here, so that SQL only picks. */
export function reminderTexts(
  wording: SmsWording,
  rule: ReminderRule,
  days: ToldDays,
  today: IsoDay,
): TextRow[] {
  const values = valuesOf(days, today);
  const zones: Zone[] =
    rule.insecureZone === 'visit' ? ['normal'] : ['normal', 'insecure'];
  return yesNo.flatMap((shared) =>
    zones.flatMap((zone) =>
      yesNo.flatMap((consents) =>
        (['card', 'plain'] as const).flatMap((way) => {
          const sort = { shared, zone, consents, way };
          const template = templateFor(rule, sort);
          return template === undefined
            ? []
            : wording.locales.map((asked) => ({
                ...sort,
                asked,
                ...wording.compose(template, asked, values),
              }));
        }),
      ),
    ),
  );
}

function templateFor(
  { purpose }: ReminderRule,
  sort: Pick<TextRow, 'shared' | 'zone' | 'consents' | 'way'>,
): SmsTemplate | undefined {
  const { shared, zone, consents, way } = sort;
  const phoneKind = kindOf(shared);
  return smsTemplateNames.find(
    (template) =>
      template.startsWith(`${purpose}.`) &&
      mayRead(template, { channel: 'sms', phoneKind, zone, consents }) &&
      // Gatherings and cash ask for the card; a wallet does not.
      (way === 'card' || !asksCard(template)),
  );
}

function valuesOf({ from, to }: ToldDays, today: IsoDay): Values {
  return {
    ...(from === null
      ? {}
      : { from: shortDay(from), day: shortDay(from, today) }),
    ...(to === null ? {} : { to: shortDay(to, today) }),
  };
}
