import { Sender } from './sender';
import type { SendingHouse } from './sending-house';

/** A sender that goes on until it is stopped. */
export interface RunningSender {
  /** Sends all that is due now, by a clock that was moved; done once the answers are stored, or the store is away. */
  sendNow(): Promise<void>;
  /** Claims nothing more, waits for what is under way, and gives back the rest; over within eight seconds. */
  stop(): Promise<void>;
}

/** How often it tells that it lives, in milliseconds. */
const tickMs = 1_000;

/** While a rate or a lost store lets nothing go, in milliseconds. */
const limitedMs = 100;
const lostMs = 500;

/** How long requests under way are waited for when it stops, in milliseconds. */
const partingMs = 6_000;

/**
 * Sends what is due, at full speed while there is any and looking up now and then while there is none. While the
 * store is away it waits, and goes on by itself.
 */
export function runSender(house: SendingHouse): RunningSender {
  const sender = new Sender(house);
  const state: Progress = { stopping: false, isMore: false, asked: [] };
  const nap = napping();
  sender.onFree = () => {
    if ((state.isMore && sender.wantsMore()) || sender.isUrgent()) nap.wake();
  };
  const running = goOn(sender, house, state, nap);
  return {
    async sendNow() {
      if (state.stopping) return;
      await new Promise<void>((resolve) => {
        state.asked.push(resolve);
        nap.wake();
      });
    },
    async stop() {
      state.stopping = true;
      nap.wake();
      await running;
      await sender.leave(partingMs);
    },
  };
}

/** Where its loop stands. */
interface Progress {
  stopping: boolean;
  /** More was due than it took. */
  isMore: boolean;
  /** Told when all that is due has been sent. */
  asked: (() => void)[];
}

async function goOn(
  sender: Sender,
  { log, limits }: SendingHouse,
  state: Progress,
  nap: Nap,
): Promise<void> {
  let ticked = Number.NEGATIVE_INFINITY;
  let isLost = false;
  while (!state.stopping) {
    try {
      if (isLost) await sender.recover();
      if (state.asked.length > 0) await sendAsked(sender, state);
      if (performance.now() - ticked >= tickMs || sender.isUrgent()) {
        await sender.tick();
        ticked = performance.now();
      }
      if (isLost) log.info('sms sending goes on');
      isLost = false;
      const { claimed, more, limited } = await sender.fill();
      state.isMore = more;
      // What had no free request is claimed when one is: whoever ends it tells.
      if (claimed > 0 && more && sender.wantsMore()) continue;
      await nap.sleep(limited ? limitedMs : limits.idleMs);
    } catch (error) {
      if (!isLost) log.warn('sms sending waits for the store', { error });
      isLost = true;
      for (const tell of state.asked.splice(0)) tell();
      await nap.sleep(lostMs);
    }
  }
  for (const tell of state.asked.splice(0)) tell();
}

/** Sends until nothing is due that may go now, and tells whoever asked for it. */
async function sendAsked(sender: Sender, state: Progress): Promise<void> {
  const asked = state.asked.splice(0);
  try {
    for (;;) {
      await sender.tick();
      const { claimed, probes } = await sender.fill();
      await sender.settled();
      if (claimed === 0 && probes.length === 0) return;
    }
  } finally {
    for (const tell of asked) tell();
  }
}

/** A sleep that may be cut short; a call that comes before it counts. */
interface Nap {
  sleep(ms: number): Promise<void>;
  wake(): void;
}

function napping(): Nap {
  let wake: (() => void) | undefined;
  let called = false;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(end, called ? 0 : ms);
        called = false;
        wake = end;
        function end(): void {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        }
      }),
    wake() {
      if (wake === undefined) called = true;
      else wake();
    },
  };
}
