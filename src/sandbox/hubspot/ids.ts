import type { Random } from '../kernel/random.ts';

/** The numbers of one account. Counted apart, so that the ids of records depend on the records, not on how often somebody asked. */
export class Ids {
  readonly #gaps: Random;
  readonly #correlations: Random;
  #last = 171_591_000_000;

  constructor(random: Random) {
    this.#gaps = random.fork('ids');
    this.#correlations = random.fork('correlations');
  }

  /** Ids grow, with gaps, as they do in a shared database. */
  nextId(): string {
    this.#last += 1 + this.#gaps.int(16);
    return String(this.#last);
  }

  /** How a lifecycle stage of the account's own is known. */
  nextStageId(): string {
    return String(51_439_000 + this.#gaps.int(900_000));
  }

  nextCorrelationId(): string {
    const hex = (digits: number) =>
      Array.from({ length: digits }, () => this.#correlations.int(16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  }
}
