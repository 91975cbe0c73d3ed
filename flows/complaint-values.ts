import { isPlaceless, paymentOf } from './complaint-context';
import type { ComplaintContext } from './complaint-context';
import {
  bareDayValue,
  dayValue,
  moneyValue,
  nameValue,
  phraseValue,
  type Dossier,
  type HouseholdFacts,
  type PaymentFacts,
  type Values,
} from './contract';

/** What the screens of a request say besides their text. */
export function complaintValues(
  state: string,
  context: ComplaintContext,
): Values {
  switch (state) {
    case 'status':
      return statusValues(paymentOf(context), context.dossier);
    case 'cannotGo':
      return cannotGoValues(paymentOf(context), context.dossier.household);
    default:
      return {
        reference:
          context.reference === undefined
            ? undefined
            : { kind: 'reference', reference: context.reference },
        dueOn: dayValue(context.dueOn),
        commune: isPlaceless(context) ? phraseValue('communeHint') : undefined,
        newNumber:
          context.newNumber === undefined
            ? undefined
            : { kind: 'reference', reference: context.newNumber },
      };
  }
}

function statusValues(
  payment: PaymentFacts | undefined,
  dossier: Dossier,
): Values {
  const { household } = dossier;
  const isPaid = payment?.paidOn !== undefined;
  return {
    status: phraseValue(`status.${statusOf(payment, dossier)}`),
    from: isPaid ? undefined : bareDayValue(payment?.from),
    to: isPaid ? undefined : dayValue(payment?.to),
    paidOn: dayValue(payment?.paidOn),
    amount: moneyValue(payment?.amountXof),
    asOf: bareDayValue(household?.asOf),
  };
}

function statusOf(
  payment: PaymentFacts | undefined,
  { household, level }: Dossier,
): string {
  if (payment === undefined) return household?.situation ?? 'active';
  if (payment.state !== 'past') return payment.state;
  // Below L1 the agency's word is withheld: whether there is one is not told either.
  return payment.result ?? (level === 'L1' ? 'silent' : 'past');
}

function cannotGoValues(
  payment: PaymentFacts | undefined,
  household: HouseholdFacts | undefined,
): Values {
  const isOver = payment?.state === 'past';
  return {
    alternate: phraseValue(
      household?.hasAlternate === true ? 'alternate' : undefined,
    ),
    to: isOver ? undefined : dayValue(payment?.to),
    place: isOver ? undefined : nameValue(payment?.place),
    over: phraseValue(overOf(payment)),
  };
}

/** What to do where there is no window left to go in. */
function overOf(payment: PaymentFacts | undefined): string | undefined {
  if (payment === undefined) return 'anotherDate';
  return payment.state === 'past' ? 'windowOver' : undefined;
}
