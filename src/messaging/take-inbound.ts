import type { InboundSms, OptOut, ReadSms } from '../channels/sms-contract';
import { wishSms } from '../register/choose-for-phone';
import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { parseCaller } from '../text/msisdn';
import type { Callback } from './callback';
import { cancelSql } from './cancel-messages';
import type { SmsWording } from './compose';
import { inboundMeaning, type InboundMeaning } from './inbound-meaning';
import { noteCallback, type CallbackOutcome } from './journal';
import { replyBySms, type ReplyPurpose } from './reply-by-sms';
import { silencePhone } from './silence-phone';

/** An answer to the question whether a payment was received, as the rooms above take it. */
export interface SaidBySms {
  msisdn: string;
  answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
  at: Date;
}

/** An answer as it was said, to whatever was asked last. */
export interface ReplyBySms {
  msisdn: string;
  said: 'yes' | 'no' | '1' | '2' | '3';
  at: Date;
}

/** What the rooms above do with an SMS. */
export interface InboundHooks {
  /** Keeps an answer to what an officer asked; false where nobody asked, or something else was asked since. */
  takeReply: (
    deps: { tx: Tx; clock: Clock; wording: SmsWording },
    said: ReplyBySms,
  ) => Promise<boolean>;
  /** Records an answer, or says that it cannot mean one payment. */
  takeAnswer: (
    deps: { tx: Tx; clock: Clock },
    said: SaidBySms,
  ) => Promise<{ kind: 'recorded'; mismatch: boolean } | { kind: 'unclear' }>;
  /** Whether words must not lie where staff can read them. */
  isSealed: (text: string) => boolean;
  /** Puts such words where only their readers can open them, if anywhere. Leaves nothing else behind. */
  seal: (
    deps: { tx: Tx; clock: Clock },
    sms: { place: string; msisdn: string; text: string },
  ) => Promise<void>;
}

/** What taking an SMS in needs. */
export interface InboundDeps {
  db: Database;
  clock: Clock;
  wording: SmsWording;
  hooks: InboundHooks;
}

/** What became of an SMS. `sealed`: nothing here knows of it, and nothing may be counted. */
export interface TakenInbound {
  outcome: CallbackOutcome;
  meaning?: InboundMeaning;
  isSealed?: true;
}

interface Desk extends InboundDeps {
  tx: Tx;
  callback: Callback;
}

/** An SMS under treatment: one row, one sender. */
interface Arrived {
  providerId: string;
  from: string;
  to: string;
  text: string;
  meaning: InboundMeaning;
}

/**
 * Takes an SMS in, once: wishes about SMS are carried out, answers recorded, questions answered; whatever else somebody
 * wrote waits for a person. A STOP beats everything. No reply tells anything of anybody.
 */
export async function takeInbound(
  deps: InboundDeps,
  callback: Callback,
  read: ReadSms<InboundSms | OptOut>,
): Promise<TakenInbound> {
  return inTransaction(deps.db, (tx) => {
    const desk = { ...deps, tx, callback };
    if (read.kind === 'unreadable') return keepUnreadable(desk);
    const { value } = read;
    return value.kind === 'optOut'
      ? takeOptOut(desk, value)
      : takeSms(desk, value);
  });
}

/** Somebody's words may stand in it all the same. */
async function keepUnreadable(desk: Desk): Promise<TakenInbound> {
  const { text, query } = desk.callback.request;
  if (desk.hooks.isSealed(plain(text || query)))
    return { outcome: 'unreadable', isSealed: true };
  await noteCallback(desk.tx, {
    callback: desk.callback,
    outcome: 'unreadable',
  });
  return { outcome: 'unreadable' };
}

function plain(body: string): string {
  const spaced = body.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Its key stands for an id: gateways give these none, and once silenced a phone stays so. */
function takeOptOut(
  desk: Desk,
  { msisdn, senderId }: OptOut,
): Promise<TakenInbound> {
  return takeOnce(desk, {
    ...{ providerId: desk.callback.key, from: msisdn, to: senderId ?? '' },
    ...{ text: '', meaning: 'stop' },
  });
}

async function takeSms(desk: Desk, sms: InboundSms): Promise<TakenInbound> {
  const { meaning } = inboundMeaning(sms.text);
  if (meaning === 'other' && desk.hooks.isSealed(sms.text)) {
    const place = `${desk.callback.gateway} ${sms.providerId}`;
    await desk.hooks.seal(desk, { place, msisdn: sms.from, text: sms.text });
    return { outcome: 'taken', isSealed: true };
  }
  return takeOnce(desk, { ...sms, meaning });
}

async function takeOnce(desk: Desk, sms: Arrived): Promise<TakenInbound> {
  const { tx, callback } = desk;
  const { meaning, providerId } = sms;
  const [row] = await tx.inboundSms.createManyAndReturn({
    data: {
      ...{ gateway: callback.gateway, providerId, meaning },
      ...{ msisdn: sms.from, receivedAt: callback.receivedAt },
    },
    skipDuplicates: true,
    select: { id: true },
  });
  const outcome = row === undefined ? 'repeated' : 'taken';
  await noteCallback(tx, { callback, outcome, providerId });
  if (row === undefined) return { outcome, meaning };
  const done = await ACTS[meaning](desk, sms);
  if (done.reply !== undefined) {
    await replyBySms(desk, {
      ...{ purpose: done.reply, inboundId: row.id },
      ...{ from: sms.from, to: sms.to },
    });
  }
  await tx.inboundSms.update({
    where: { id: row.id },
    data: done.isForStaff
      ? { text: sms.text.replaceAll('\0', '') }
      : { handledAt: callback.receivedAt, handledBy: 'service' },
  });
  return { outcome, meaning };
}

/** What was done at once, what is answered, and whether a person must read it. */
interface Done {
  reply?: ReplyPurpose;
  isForStaff?: boolean;
}

type Act = (desk: Desk, sms: Arrived) => Promise<Done>;

const ANSWERS = {
  yes: 'RECEIVED',
  no: 'NOT_RECEIVED',
  '1': 'RECEIVED',
  '2': 'RECEIVED_WITH_ISSUES',
  '3': 'NOT_RECEIVED',
} as const satisfies Record<ReplyBySms['said'], SaidBySms['answer']>;

const ACTS: Readonly<Record<InboundMeaning, Act>> = {
  stop: silence,
  start: (desk, sms) => wish(desk, sms, true, 'reply.resumed'),
  // Whoever said STOP was told to send this word to hear from us again.
  yes: async (desk, sms) =>
    (await isSilent(desk, sms))
      ? wish(desk, sms, true, 'reply.resumed')
      : answered(desk, sms, 'yes'),
  no: (desk, sms) => answered(desk, sms, 'no'),
  digit: (desk, sms) =>
    answered(desk, sms, inboundMeaning(sms.text).said ?? '1'),
  info: () => Promise.resolve({ reply: 'reply.info' }),
  other: () => Promise.resolve({ isForStaff: true }),
};

async function silence(desk: Desk, sms: Arrived): Promise<Done> {
  const done = await wish(desk, sms, false, 'reply.stopped');
  if (await isSilent(desk, sms)) {
    await silencePhone(desk, sms.from);
    // It beats everything: answers to earlier words too.
    const answers = cancelSql(
      `m.msisdn = $1::text and m.class = 'reply'`,
      `'optedOut'`,
      '$2::timestamptz',
    );
    await desk.tx.$executeRawUnsafe(answers, sms.from, desk.clock.now());
  }
  return done;
}

/** Answered when it changes something: said again, there is nothing to say. */
async function wish(
  { tx, callback }: Desk,
  { from: msisdn }: Arrived,
  smsOn: boolean,
  reply: ReplyPurpose,
): Promise<Done> {
  // Names and short codes have no wishes.
  if (parseCaller(msisdn) === undefined) return {};
  const at = callback.receivedAt;
  const became = await wishSms(tx, { msisdn, smsOn, at });
  return became === 'changed' ? { reply } : {};
}

async function isSilent(
  { tx }: Desk,
  { from: msisdn }: Arrived,
): Promise<boolean> {
  const silent = { msisdn, smsOn: false };
  return (await tx.phone.count({ where: silent })) > 0;
}

/** Where staff have to look, because money is missing or nobody knows what is meant, they find its row. */
async function answered(
  desk: Desk,
  { from: msisdn }: Arrived,
  said: ReplyBySms['said'],
): Promise<Done> {
  const at = desk.callback.receivedAt;
  if (await desk.hooks.takeReply(desk, { msisdn, said, at }))
    return { reply: 'reply.noted' };
  const answer = ANSWERS[said];
  const taken = await desk.hooks.takeAnswer(desk, { msisdn, answer, at });
  return taken.kind === 'recorded'
    ? { reply: 'reply.noted', isForStaff: taken.mismatch }
    : { reply: 'reply.info', isForStaff: true };
}
