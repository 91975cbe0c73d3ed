import type { Clock } from '../runtime/clock';
import type { Database, Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { OperatorLane } from './operator-lane';

/** F CFA for one segment, by network. */
export type PriceTable = Readonly<Record<OperatorLane, number>>;

/** What is reckoned with until a contract says otherwise. */
export const USUAL_PRICES: PriceTable = {
  orange: 15,
  malitel: 15,
  telecel: 15,
  other: 15,
};

/** @returns whole F CFA for all segments of a message */
export function priceXof(
  prices: PriceTable,
  operator: OperatorLane,
  segments: number,
): number {
  return prices[operator] * segments;
}

/** The prices of today: what staff wrote down last for each network, else what is reckoned with. */
export async function pricesOf(
  { pool }: Pick<Database, 'pool'>,
  usual: { clock: Pick<Clock, 'now'>; prices: PriceTable },
): Promise<PriceTable> {
  const { rows } = await pool.query<{
    operator: OperatorLane;
    price_xof: number;
  }>(
    `select distinct on (operator) operator, price_xof from sms_prices where valid_from <= $1
     order by operator, valid_from desc`,
    [usual.clock.now().toISOString().slice(0, 10)],
  );
  return rows.reduce<PriceTable>(
    (prices, { operator, price_xof }) => ({ ...prices, [operator]: price_xof }),
    usual.prices,
  );
}

/** Writes down a price, in the place of one of the same day; told to the audit chain. */
export async function writePrice(
  tx: Tx,
  price: {
    operator: OperatorLane;
    validFrom: string;
    priceXof: number;
    setBy: string;
  },
): Promise<void> {
  const { operator, priceXof, setBy } = price;
  const validFrom = new Date(price.validFrom);
  await tx.smsPrice.upsert({
    where: { operator_validFrom: { operator, validFrom } },
    create: { operator, validFrom, priceXof, setBy },
    update: { priceXof, setBy },
  });
  await recordAudit(tx, {
    ...{ actor: setBy, action: 'price.set', subject: `operator:${operator}` },
    details: { priceXof, validFrom: price.validFrom },
  });
}
