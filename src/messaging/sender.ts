import type { SmsGateway } from '../channels/sms-contract';
import { BegunClaims } from './begun-claims';
import { openCampaigns } from './campaigns-known';
import type { Batch } from './claimed-message';
import { type Filled, type Filling, fillWaiting } from './fill-waiting';
import { type GatewayWatch, watchGateways } from './gateway-watch';
import {
  forgetOverClaims,
  giveBack,
  giveBackAll,
  giveBackGoneSenders,
} from './give-back';
import type { MessageClass } from './message-class';
import { operatorLanes, samplesOf } from './operator-lane';
import { closedCampaigns } from './message-gates';
import { pausedClasses } from './pause-class';
import { type PriceTable, pricesOf } from './price-table';
import { expireLate, releaseHeld } from './release-held';
import { type Carrier, createCarrier, type NextBatch } from './send-due';
import { forgetSender, seeSender } from './sender-seen';
import { isDecent } from './quiet-hours';
import type { SendingHouse } from './sending-house';
import { type WaitingBatches, waitingBatches } from './waiting-batches';

/** What one gateway may have of all requests while there are others: one that hangs leaves them some. */
const shareOfOne = 0.75;

/** Claims of which nothing is under way are looked for each so many ticks: each of their messages is looked up. */
const forgetEvery = 10;

/** How long the store is waited for after requests were abandoned, in milliseconds. */
const lastStoreMs = 1_500;

/** Sends messages, step by step; whoever runs it decides when. */
export class Sender {
  /** Called when a request has ended. */
  onFree: () => void = () => undefined;

  readonly #house: SendingHouse;
  readonly #watch: GatewayWatch;
  readonly #waiting: WaitingBatches = waitingBatches();
  readonly #carrier: Carrier;
  readonly #begunClaims = new BegunClaims();
  readonly #flights = new Set<Promise<void>>();
  /** Requests under way, all and by gateway. */
  #aloft = 0;
  readonly #flying = new Map<string, number>();
  readonly #mostOfOne: number;
  /** What fills all requests, or one that takes many numbers. */
  readonly #least: number;
  #paused: ReadonlySet<MessageClass> = new Set();
  /** Known for as long as until the next tick. */
  readonly #campaigns: Filling['campaigns'] = {
    closed: [],
    open: undefined,
    claimedTo: new Map(),
  };
  #ticks = 0;
  #wasDecent = true;
  #prices: PriceTable;
  /** Messages begun since the last tick, and how many are worth holding by that pace. */
  #begun = 0;
  #appetite: number;

  constructor(house: SendingHouse) {
    const { inFlight, most, health } = house.limits;
    const gateways = gatewaysOf(house);
    this.#house = house;
    this.#prices = house.prices;
    const priced = { ...house, pricesNow: () => this.#prices };
    this.#watch = watchGateways({ ...house, limits: health });
    this.#carrier = createCarrier(priced, this.#watch);
    this.#mostOfOne =
      gateways.size > 1 ? Math.ceil(inFlight * shareOfOne) : inFlight;
    const oneRequest = Array.from(gateways, (one) => one.mostRecipients);
    this.#least = Math.min(most, Math.max(inFlight, ...oneRequest));
    this.#appetite = this.#least;
  }

  /** Tells the others that it lives, learns what they know, and does what time asks for. */
  async tick(): Promise<void> {
    const { db, sender, limits } = this.#house;
    await seeSender(db, sender);
    await this.#watch.refresh();
    this.#paused = await pausedClasses(db);
    await this.#lookAtCampaigns();
    this.#prices = await pricesOf(db, this.#house);
    await this.#giveBackStopped();
    await this.#keepQuiet();
    await this.#begunClaims.takeBack(this.#house);
    await giveBackGoneSenders(db, limits.goneAfterMs);
    if (this.#ticks % forgetEvery === 0)
      await forgetOverClaims(db, sender, limits.goneAfterMs);
    this.#ticks += 1;
    while ((await releaseHeld(this.#house)).more);
    while ((await expireLate(this.#house)).more);
    // What two seconds carry: held for longer, messages could neither be cancelled nor overtaken.
    const wanted = Math.max(2 * this.#begun, this.#least);
    this.#appetite = Math.min(wanted, limits.most);
    this.#begun = 0;
  }

  /** Claims what is due, and begins as many requests as are free. */
  async fill(): Promise<Filled> {
    const filled = await fillWaiting({
      house: this.#house,
      watch: this.#watch,
      waiting: this.#waiting,
      paused: this.#paused,
      campaigns: this.#campaigns,
      room: this.#appetite,
      free: (gateway) => this.#freeOf(gateway),
      launch: (batch) => {
        this.#launch(batch, (next) => this.#carrier.carryOn(batch, next));
      },
      begunClaims: this.#begunClaims,
    });
    for (const batch of filled.probes)
      this.#launch(batch, (next) => this.#carrier.carry(batch, next));
    this.#dispatch();
    return filled;
  }

  /** Whether it holds so little that more should be claimed. */
  wantsMore(): boolean {
    return this.#waiting.ahead('campaign') <= this.#appetite / 2;
  }

  /** Whether something was seen that should not wait for the next tick. */
  isUrgent(): boolean {
    return this.#watch.isUrgent();
  }

  /** Waits until no request is under way, and what is known of their messages is settled. */
  async settled(): Promise<void> {
    while (this.#flights.size > 0) await Promise.race(this.#flights);
    await this.#carrier.settleEarly();
  }

  /** After the store was lost: gives back what this sender may hold without knowing. */
  async recover(): Promise<void> {
    this.#waiting.drop(() => false);
    await giveBackAll(this.#house.db, this.#house.sender);
    await this.#begunClaims.takeBack(this.#house);
  }

  /** Gives back what waits; what is under way has so many milliseconds, and is unknown then. */
  async leave(withinMs: number): Promise<void> {
    const { db, sender } = this.#house;
    await this.recover().catch(() => undefined);
    const timers = [
      setTimeout(this.#carrier.abandonRequests, withinMs),
      setTimeout(this.#carrier.abandonStore, withinMs + lastStoreMs),
    ];
    await this.settled();
    timers.forEach(clearTimeout);
    await forgetSender(db, sender).catch(() => undefined);
  }

  /** Makes a request, and in its place those that wait, until none does: its seat is never lent twice. */
  #launch(first: Batch, carry: (next: NextBatch) => Promise<void>): void {
    let { name } = first.gateway;
    const sit = ({ gateway, messages }: Batch): void => {
      ({ name } = gateway);
      this.#begun += messages.length;
      this.#count(name, 1);
    };
    const next = (): Batch | undefined => {
      this.#count(name, -1);
      const batch = this.#nextWaiting();
      if (batch === undefined) this.#count(name, 1);
      else sit(batch);
      this.onFree();
      return batch;
    };
    sit(first);
    const flight = carry(next)
      .catch((error: unknown) => {
        this.#house.log.error('sms outcome left to others', { error });
      })
      .finally(() => {
        this.#flights.delete(flight);
        this.#count(name, -1);
        this.#dispatch();
        this.onFree();
      });
    this.#flights.add(flight);
  }

  #dispatch(): void {
    for (;;) {
      const batch = this.#nextWaiting();
      if (batch === undefined) return;
      this.#launch(batch, (next) => this.#carrier.carry(batch, next));
    }
  }

  #nextWaiting(): Batch | undefined {
    return this.#waiting.next((gateway) => this.#freeOf(gateway) > 0);
  }

  /** How many requests a gateway may begin. */
  #freeOf(gateway: string): number {
    if (!this.#isOpen(gateway)) return 0;
    const flying = this.#flying.get(gateway) ?? 0;
    const { inFlight } = this.#house.limits;
    return Math.min(inFlight - this.#aloft, this.#mostOfOne - flying);
  }

  #isOpen(gateway: string): boolean {
    const standing = this.#watch.standing(gateway);
    return standing === 'fit' || standing === 'slow';
  }

  #count(gateway: string, by: number): void {
    this.#aloft += by;
    this.#flying.set(gateway, (this.#flying.get(gateway) ?? 0) + by);
  }

  async #lookAtCampaigns(): Promise<void> {
    const { db, clock } = this.#house;
    const known = this.#campaigns;
    known.closed = await closedCampaigns(db, clock);
    known.open = await openCampaigns(db, known.closed);
    known.claimedTo.clear();
  }

  async #giveBackStopped(): Promise<void> {
    const { db, sender } = this.#house;
    const ids = this.#waiting.drop(
      (gateway, { class: name, subjectId }) =>
        this.#isOpen(gateway) &&
        !this.#paused.has(name) &&
        (name !== 'campaign' || !this.#campaigns.closed.includes(subjectId)),
    );
    if (ids.length > 0) await giveBack(db, sender, ids);
  }

  /** In the evening gives back all that waits: what may go at night is claimed anew, the rest in the morning. */
  async #keepQuiet(): Promise<void> {
    const { db, sender, clock } = this.#house;
    const decent = isDecent(clock.now());
    if (this.#wasDecent && !decent) {
      const ids = this.#waiting.drop((_gateway, { class: name }) =>
        ['reply', 'campaign'].includes(name),
      );
      if (ids.length > 0) await giveBack(db, sender, ids);
    }
    this.#wasDecent = decent;
  }
}

function gatewaysOf({ route }: SendingHouse): Set<SmsGateway> {
  return new Set(
    operatorLanes.flatMap(samplesOf).flatMap((sample) => route(sample)),
  );
}
