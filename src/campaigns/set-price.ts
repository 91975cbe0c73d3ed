import { operatorLanes } from '../messaging/operator-lane';
import { writePrice } from '../messaging/price-table';
import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { isIsoDay } from '../text/dates';
import type { CampaignDesk } from './campaign-desk';
import { type Actor, mustHold } from './change-state';

/** Writes down what a segment costs on a network from a day on; what has gone keeps its price. */
export async function setPrice(
  { db }: Pick<CampaignDesk, 'db'>,
  actor: Actor,
  price: { operator: string; validFrom: string; priceXof: number },
): Promise<void> {
  mustHold(actor, 'campaigns.approve');
  const operator = operatorLanes.find((one) => one === price.operator);
  if (operator === undefined)
    throw new AppError(
      'invalid',
      `Choisissez un réseau: ${operatorLanes.join(', ')}.`,
    );
  if (!isIsoDay(price.validFrom))
    throw new AppError('invalid', 'Écrivez le jour ainsi: 2026-03-12.');
  if (
    !Number.isInteger(price.priceXof) ||
    price.priceXof < 0 ||
    price.priceXof > 1000
  )
    throw new AppError(
      'invalid',
      'Écrivez un prix entier, de 0 à 1000 F CFA par partie.',
    );
  const setBy = actor === undefined ? 'service' : `officer:${actor.id}`;
  await inTransaction(db, (tx) =>
    writePrice(tx, { ...price, operator, setBy }),
  );
}
