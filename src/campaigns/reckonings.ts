import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignRow } from './campaign-row';
import type { CampaignNumbers } from './reckon-campaign';

/** A campaign as far as its numbers depend on it. */
type Reckoned = Pick<CampaignRow, 'id' | 'version' | 'frozenAt' | 'state'>;

/** Numbers that are being counted in this process, or were a moment ago: a million households take some seconds. */
export interface Reckonings {
  /**
   * The numbers of a campaign, where they come soon.
   * @returns undefined while they are still counted: asked again, nothing is counted twice
   * @throws whatever counting throws
   */
  of(
    campaign: Reckoned,
    reckon: () => Promise<CampaignNumbers>,
  ): Promise<CampaignNumbers | undefined>;
}

/** @param patienceMs how long whoever asks waits; @param keptMs for how long what was counted is told again */
export function reckonings({
  patienceMs = 800,
  keptMs = 15_000,
} = {}): Reckonings {
  const counts = new Map<string, Promise<CampaignNumbers>>();
  const begin = (
    key: string,
    reckon: () => Promise<CampaignNumbers>,
  ): Promise<CampaignNumbers> => {
    const count = reckon();
    counts.set(key, count);
    const forget = () => counts.delete(key);
    count.then(() => setTimeout(forget, keptMs).unref(), forget);
    return count;
  };
  return {
    of: ({ id, version, frozenAt, state }, reckon) => {
      const key = [id, version, frozenAt?.getTime(), state].join(' ');
      const count = counts.get(key) ?? begin(key, reckon);
      return Promise.race([count, pause(patienceMs, undefined)]);
    },
  };
}
