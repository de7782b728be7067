import { rehearse } from '../../../src/cli/plan.ts';
import type { Change } from '../../../src/domain/people/change.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { Works } from '../../../src/steps/works.ts';

/**
 * Law R13, looked at while it happens: what a run plans is what `plan` had shown just before, neither more nor less, until there is
 * news: somebody did something, time went on, a page held something new, a write was answered or is
 * known not to be. What is planned from then on is new or
 * superseded what was shown; what is sent must have been planned.
 *
 * What was shown and is not planned is missed once the run has woken whoever's deadline is due, as `plan` does, and planned everybody: a
 * replica that plans before that leaves them to the run.
 */
export type Shown = {
  /** The same ledger, looked at. */
  readonly ledger: Ledger;
  /** Types `tasuki plan`. */
  rehearse(works: Works): Promise<void>;
  /** Somebody did something. */
  news(): void;
  /** The pass is over. */
  end(): void;
  readonly broken: () => readonly string[];
};

type Watched =
  | 'plan'
  | 'releasePlanned'
  | 'wakeClocks'
  | 'noteSightings'
  | 'expireLeases'
  | 'recordOutcomes'
  | 'recordConfirmations';

export function watchPlans(ledger: Ledger, now: () => number): Shown {
  const broken: string[] = [];
  let shown: ReadonlySet<string> | null = null;
  let missing = new Set<string>();
  let shownAt = 0;
  /** Whoever's deadline is due has been woken since, and then everybody who was awake planned. */
  let isWoken = false;
  let isPlanned = false;
  const isOvertaken = () => shown === null || now() !== shownAt;
  const news = (): void => {
    shown = null;
  };
  const watched: Pick<Ledger, Watched> = {
    async plan(...given) {
      const batch = await ledger.plan(...given);
      isPlanned = batch === null && isWoken;
      if (shown === null || isOvertaken()) return batch;
      for (const line of (batch?.plans ?? []).flatMap(({ changes }) => changes.flatMap(linesOf))) {
        if (!shown.has(line)) broken.push(`planned and not shown: ${line}`);
        missing.delete(line);
      }
      return batch;
    },
    async releasePlanned(...given) {
      const released = await ledger.releasePlanned(...given);
      if (released !== null && isPlanned && !isOvertaken()) {
        for (const line of missing) broken.push(`shown and not planned: ${line}`);
        news();
      }
      return released;
    },
    async wakeClocks(...given) {
      const woken = await ledger.wakeClocks(...given);
      [isWoken, isPlanned] = [true, false];
      return woken;
    },
    async noteSightings(...given) {
      const noted = await ledger.noteSightings(...given);
      if (noted.changed > 0) news();
      return noted;
    },
    async expireLeases(...given) {
      const silent = await ledger.expireLeases(...given);
      if (silent > 0) news();
      return silent;
    },
    async recordOutcomes(...given) {
      news();
      return ledger.recordOutcomes(...given);
    },
    async recordConfirmations(...given) {
      news();
      return ledger.recordConfirmations(...given);
    },
  };
  return {
    ledger: { ...ledger, ...watched },
    async rehearse(works) {
      const { changes } = await rehearse({ ...works, ledger });
      shown = new Set(changes.flatMap(linesOf));
      missing = new Set(shown);
      shownAt = now();
      [isWoken, isPlanned] = [false, false];
    },
    news,
    end: news,
    broken: () => broken,
  };
}

/** Every field of a change by itself: a run may send less than was shown. */
function linesOf({ kind, target, key, steps }: Change): readonly string[] {
  const record = `${kind} ${target.system} ${target.object} ${target.id ?? key?.value ?? ''}`;
  return steps.flat().map(({ field, before, after }) => `${record} ${field}: ${String(before)} → ${String(after)}`);
}
