/** So many calls of ports a pass may make; the busiest ones of a thousand seeds make a tenth of that. */
const MOST_CALLS = 30_000;

/** Counts what a pass asks of ledger and CRMs, so that an engine which never comes to rest (law R9) is told and not waited for. */
export type Patience = {
  /** A new pass, or a lane of another replica, begins. */
  renew(): void;
  /** One more call; is that one too many? */
  isOutAfter(): boolean;
  /** It ran out once, and the history ends here. */
  readonly isOut: boolean;
};

export function openPatience(): Patience {
  let calls = 0;
  let isOut = false;
  return {
    renew() {
      calls = 0;
    },
    isOutAfter() {
      calls += 1;
      isOut ||= calls > MOST_CALLS;
      return isOut;
    },
    get isOut() {
      return isOut;
    },
  };
}
