import type { SmsGateway } from '../channels/sms-contract';
import { type Rate, returnAllowance, takeAllowances } from './allowance';
import { type Choice, chooseGateway } from './choose-gateway';
import type { ClaimedMessage } from './claimed-message';
import type { GatewayWatch } from './gateway-watch';
import { type OperatorLane, samplesOf } from './operator-lane';
import type { SendingHouse } from './sending-house';

/** One gateway that messages of a network may go through now. */
interface Way {
  gateway: SmsGateway;
  rates: Rate[];
  /** How many may still go. */
  left: number;
}

/** The ways of one network's messages: mostly one. */
export class LaneWays {
  /** Gateways that were left alone, and may be tried by one message. */
  readonly probes: readonly SmsGateway[];
  /** The gateway that all of its messages go through, where there is one and a request takes many numbers. */
  readonly together: SmsGateway | undefined;
  /** A rate let fewer go than there is room for. */
  isLimited = false;

  readonly operator: OperatorLane;

  readonly #house: SendingHouse;
  readonly #watch: GatewayWatch;
  readonly #room: number;
  readonly #ways = new Map<string, Way>();
  /** What was chosen for each route; a router hands out the same list for the same way. */
  readonly #choices = new Map<readonly SmsGateway[], Choice>();

  private constructor(
    house: SendingHouse,
    watch: GatewayWatch,
    operator: OperatorLane,
    room: number,
  ) {
    this.operator = operator;
    this.#house = house;
    this.#watch = watch;
    this.#room = room;
    const choices = samplesOf(operator).map((sample) => this.#choose(sample));
    this.probes = [...new Set(choices.flatMap(({ probes }) => probes))];
    const [only, ...others] = new Set(choices.map(({ main }) => main));
    const isTogether = others.length === 0 && (only?.mostRecipients ?? 1) > 1;
    this.together = isTogether ? only : undefined;
  }

  /** Asks how much may go for a network. */
  static async open(
    house: SendingHouse,
    watch: GatewayWatch,
    operator: OperatorLane,
    room: number,
  ): Promise<LaneWays> {
    const ways = new LaneWays(house, watch, operator, room);
    for (const sample of samplesOf(operator)) {
      const { main } = ways.#choose(sample);
      if (main !== undefined) await ways.#wayThrough(main);
    }
    return ways;
  }

  /** How many messages may go, through all ways together. */
  get left(): number {
    return Array.from(this.#ways.values()).reduce(
      (sum, { left }) => sum + left,
      0,
    );
  }

  /** Lets one of its messages go together with the others. @returns undefined for one that goes another way */
  depart(msisdn: string): SmsGateway | undefined {
    const { together } = this;
    const way = together && this.#ways.get(together.name);
    if (way === undefined || this.#choose(msisdn).main !== together)
      return undefined;
    way.left -= 1;
    return together;
  }

  /** Gives each of its messages its way, by its own number. @returns those that have none, now */
  async place(
    messages: readonly ClaimedMessage[],
    add: (gateway: SmsGateway, message: ClaimedMessage) => void,
  ): Promise<ClaimedMessage[]> {
    const without: ClaimedMessage[] = [];
    for (const message of messages) {
      const { main } = this.#choose(message.msisdn);
      const way =
        main && (this.#ways.get(main.name) ?? (await this.#wayThrough(main)));
      if (way === undefined || way.left <= 0) {
        without.push(message);
        continue;
      }
      way.left -= 1;
      add(way.gateway, message);
    }
    return without;
  }

  /** Gives back what was allowed and not needed. */
  async close(): Promise<void> {
    for (const { rates, left } of this.#ways.values())
      for (const rate of rates)
        await returnAllowance(this.#house.db, rate, left);
  }

  #choose(msisdn: string): Choice {
    const route = this.#house.route(msisdn);
    const known = this.#choices.get(route);
    if (known !== undefined) return known;
    const choice = chooseGateway(route, this.#watch.standing);
    this.#choices.set(route, choice);
    return choice;
  }

  async #wayThrough(gateway: SmsGateway): Promise<Way> {
    const known = this.#ways.get(gateway.name);
    if (known !== undefined) return known;
    const rates = ratesOf(this.#house, gateway, this.operator);
    const left = await takeAllowances(this.#house.db, rates, this.#room);
    this.isLimited ||= left < this.#room;
    const way = { gateway, rates, left };
    this.#ways.set(gateway.name, way);
    return way;
  }
}

function ratesOf(
  { rateOf }: SendingHouse,
  { name: gateway, perSecond: itsOwn }: SmsGateway,
  operator: OperatorLane,
): Rate[] {
  const ofOperator = rateOf?.(gateway, operator);
  const perSecond = leastOf(rateOf?.(gateway, '*'), itsOwn);
  return [
    ...(ofOperator === undefined
      ? []
      : [{ gateway, operator, perSecond: ofOperator }]),
    ...(perSecond === undefined
      ? []
      : [{ gateway, operator: 'all', perSecond }]),
  ];
}

/** What is set cannot be more than what the gateway's own rules allow. */
function leastOf(
  set: number | undefined,
  itsOwn: number | undefined,
): number | undefined {
  const known = [set, itsOwn].filter((rate) => rate !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
