import type { SmsGateway } from '../channels/sms-contract';
import type { CampaignsKnown } from './campaigns-known';
import type { BegunClaims } from './begun-claims';
import {
  type BegunClaim,
  claimAndBeginDue,
  claimDue,
  type Wanted,
} from './claim-due';
import type { Batch, BegunMessage, ClaimedMessage } from './claimed-message';
import { takeProbe } from './gateway-health';
import type { GatewayWatch } from './gateway-watch';
import { giveBack, putOff } from './give-back';
import { LaneWays } from './lane-ways';
import { lanesWithDue } from './lanes-with-due';
import { type MessageClass, messageClasses } from './message-class';
import { type OperatorLane, operatorLanes } from './operator-lane';
import type { SendingHouse } from './sending-house';
import type { WaitingBatches } from './waiting-batches';

/** A message that found no way is looked at again after this, in milliseconds. */
const putOffMs = 5_000;

/** What filling works with. */
export interface Filling {
  house: SendingHouse;
  watch: GatewayWatch;
  waiting: WaitingBatches;
  /** Classes that wait until staff let them go on. */
  paused: ReadonlySet<MessageClass>;
  /** Which campaigns wait, though their class goes, and how far the others were claimed. */
  campaigns: CampaignsKnown & { claimedTo: Map<OperatorLane, number> };
  /** How many may wait in all. */
  room: number;
  /** How many requests a gateway may begin at once. */
  free: (gateway: string) => number;
  /** Makes a request that has begun. */
  launch: (batch: Batch<BegunMessage>) => void;
  begunClaims: BegunClaims;
}

/** What was claimed, and what it says of what is left. */
export interface Filled {
  claimed: number;
  /** More is due than was wanted now. */
  more: boolean;
  /** More is due than a rate lets go now. */
  limited: boolean;
  /** Single messages that try a gateway; they do not wait. */
  probes: Batch[];
}

type Due = Awaited<ReturnType<typeof lanesWithDue>>;

/** Claims what is due, class by class, as much as may go through each gateway and still has room. */
export async function fillWaiting(filling: Filling): Promise<Filled> {
  const { house, watch, waiting, paused, campaigns, room } = filling;
  const classes = messageClasses.filter(
    (name) => !paused.has(name) && waiting.ahead(name) < room,
  );
  if (classes.length === 0)
    return { claimed: 0, more: false, limited: false, probes: [] };
  const due = await lanesWithDue(house, operatorLanes, classes, campaigns);
  const lanes: LaneWays[] = [];
  const probes: Batch[] = [];
  for (const operator of operatorLanes) {
    const [first] = due.filter((one) => one.operator === operator);
    if (first === undefined) continue;
    const lane = await LaneWays.open(house, watch, operator, room);
    for (const gateway of lane.probes)
      probes.push(...(await probe(filling, gateway, first)));
    lanes.push(lane);
  }
  const claims = await claimClasses(filling, classes, due, lanes);
  for (const lane of lanes) await lane.close();
  const limited = lanes.some(({ isLimited }) => isLimited);
  return { ...claims, limited, probes };
}

async function claimClasses(
  filling: Filling,
  classes: readonly MessageClass[],
  due: Due,
  lanes: readonly LaneWays[],
): Promise<{ claimed: number; more: boolean }> {
  const { house, waiting, room } = filling;
  const claims = { claimed: 0, more: false };
  for (const name of classes) {
    const left = Math.max(room - waiting.ahead(name), 0);
    const share = Math.ceil(left / Math.max(lanes.length, 1));
    const requests = freeRequests(filling, lanes);
    const asked = lanes
      .filter(({ operator }) => has(due, operator, name))
      .map((lane) => wantedOf(filling, lane, share))
      .filter(({ most }) => most > 0);
    // Requests of many numbers begin with their claim: what cannot begin yet is left to whoever can.
    const wanted = asked.filter(({ begins }) => !begins || requests > 0);
    claims.more ||= wanted.length < asked.length;
    if (wanted.length === 0) continue;
    const { begun, waiting: taken } = await claimed(
      filling,
      name,
      wanted,
      requests,
    );
    if (name === 'campaign') reached(filling, [...begun, ...taken]);
    // First, and without a pause: the store believes that these are on their way.
    depart(filling, lanes, begun);
    await place({ house, waiting }, lanes, taken);
    claims.claimed += begun.length + taken.length;
    claims.more ||= begun.length + taken.length >= share;
  }
  return claims;
}

/** Remembers how far campaigns were claimed. What was taken was the oldest: the last of it will do, whichever that is. */
function reached(
  { campaigns }: Filling,
  claimedNow: readonly ClaimedMessage[],
): void {
  for (const { operator, id } of claimedNow)
    campaigns.claimedTo.set(operator, id);
}

function wantedOf(
  { begunClaims }: Filling,
  { operator, left, together }: LaneWays,
  share: number,
): Wanted {
  const most = Math.min(left, share);
  if (together === undefined || begunClaims.isSplit(operator))
    return { operator, most };
  const { name: gateway, mostRecipients } = together;
  return { operator, most, begins: { gateway, mostRecipients } };
}

async function claimed(
  { house, begunClaims, campaigns }: Filling,
  name: MessageClass,
  wanted: readonly Wanted[],
  requests: number,
): Promise<BegunClaim> {
  if (!wanted.some(({ begins }) => begins))
    return {
      begun: [],
      waiting: await claimDue(house, name, wanted, campaigns),
    };
  const begunAt = begunClaims.instant(house.clock.now());
  try {
    return await claimAndBeginDue(house, name, wanted, {
      ...{ requests, begunAt, campaigns },
    });
  } catch (error) {
    begunClaims.doubt(begunAt);
    throw error;
  }
}

/** What may begin while nothing waits that came before. */
function freeRequests(
  { waiting, free }: Filling,
  lanes: readonly LaneWays[],
): number {
  if (waiting.ahead('campaign') > 0) return 0;
  const names = lanes.flatMap(({ together }) => together?.name ?? []);
  return names.length === 0 ? 0 : Math.min(...names.map(free));
}

/** Makes the requests of what has begun. What would have to go another way has not gone, and is taken back. */
function depart(
  { begunClaims, launch }: Filling,
  lanes: readonly LaneWays[],
  begun: BegunClaim['begun'],
): void {
  const groups = new Map<
    string,
    { gateway: SmsGateway; messages: BegunMessage[] }
  >();
  for (const message of begun) {
    const lane = lanes.find(({ operator }) => operator === message.operator);
    const gateway = lane?.depart(message.msisdn);
    if (gateway === undefined) {
      begunClaims.stray(message);
      continue;
    }
    const key = `${gateway.name} ${message.encoding} ${message.text}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { gateway, messages: [message] });
    else group.messages.push(message);
  }
  for (const group of groups.values()) inRequests(group).forEach(launch);
}

function inRequests({
  gateway,
  messages,
}: Batch<BegunMessage>): Batch<BegunMessage>[] {
  const requests: Batch<BegunMessage>[] = [];
  for (let at = 0; at < messages.length; at += gateway.mostRecipients)
    requests.push({
      gateway,
      messages: messages.slice(at, at + gateway.mostRecipients),
    });
  return requests;
}

/** Gives each message its way; what finds none is put off. */
async function place(
  { house, waiting }: Pick<Filling, 'house' | 'waiting'>,
  lanes: readonly LaneWays[],
  claimed: readonly ClaimedMessage[],
): Promise<void> {
  for (const lane of lanes) {
    const own = claimed.filter(({ operator }) => operator === lane.operator);
    const without = await lane.place(own, waiting.add);
    await putOff(
      house,
      without.map(({ id }) => id),
      putOffMs,
    );
  }
}

function has(due: Due, operator: OperatorLane, name: MessageClass): boolean {
  return due.some((one) => one.operator === operator && one.class === name);
}

/** One message tries a gateway, of one sender only: whoever asks second gives its message back. */
async function probe(
  { house, watch, campaigns }: Pick<Filling, 'house' | 'watch' | 'campaigns'>,
  gateway: SmsGateway,
  of: Due[number],
): Promise<Batch[]> {
  const wanted = [{ operator: of.operator, most: 1 }];
  const messages = await claimDue(house, of.class, wanted, campaigns);
  const [message] = messages;
  if (message === undefined) return [];
  const deps = { ...house, limits: house.limits.health };
  const isItsWay = house.route(message.msisdn).includes(gateway);
  if (isItsWay && (await takeProbe(deps, gateway.name))) {
    watch.probing(gateway.name);
    return [{ gateway, messages }];
  }
  await giveBack(house.db, house.sender, [message.id]);
  return [];
}
