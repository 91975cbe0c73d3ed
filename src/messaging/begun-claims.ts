import type { Claimant } from './claim-due';
import type { BegunMessage } from './claimed-message';
import { takeBackClaim, takeBackUnsent } from './give-back';
import type { OperatorLane } from './operator-lane';

/** What a sender remembers of requests that the store was told to begin with their claim, and that it did not make. */
export class BegunClaims {
  #last = 0;
  /** Instants of claims whose answer was lost: the store may have carried them out. */
  #doubtful: Date[] = [];
  #strayed: BegunMessage[] = [];
  readonly #split = new Set<OperatorLane>();

  /** The instant of the next claim, which no other of this sender has. */
  instant(now: Date): Date {
    this.#last = Math.max(now.getTime(), this.#last + 1);
    return new Date(this.#last);
  }

  /** Notes that nobody knows whether this claim was carried out. */
  doubt(instant: Date): void {
    this.#doubtful.push(instant);
  }

  /** Notes a message that has to go another way than its network's others: from now on each finds its own. */
  stray(message: BegunMessage): void {
    this.#strayed.push(message);
    this.#split.add(message.operator);
  }

  /** Whether messages of a network do not all go one way. */
  isSplit(operator: OperatorLane): boolean {
    return this.#split.has(operator);
  }

  /** Takes back what was never sent. Again, when the store is away. */
  async takeBack({ db, sender }: Claimant): Promise<void> {
    for (const instant of [...this.#doubtful])
      await takeBackClaim(db, sender, instant);
    this.#doubtful = [];
    if (this.#strayed.length > 0)
      await takeBackUnsent(db, sender, this.#strayed);
    this.#strayed = [];
  }
}
