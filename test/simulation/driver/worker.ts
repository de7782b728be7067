import { runLane } from '../../../jobs/index.ts';
import { type PassResult, passOnce } from '../../../src/cli/once.ts';
import { undoOnce } from '../../../src/cli/undo.ts';
import { knownOffsets } from '../../../src/config/zone-offsets.ts';
import { SYSTEMS } from '../../../src/domain/people/record.ts';
import type { UndoLine } from '../../../src/domain/people/undo.ts';
import type { Bell, Lane } from '../../../src/ports/bell.ts';
import type { Log } from '../../../src/ports/log.ts';
import { inlineQueue } from '../../../src/queue/inline-queue.ts';
import type { UndoAsked } from '../../../src/steps/undo.ts';
import type { Works } from '../../../src/steps/works.ts';
import { type Danger, endangered } from './danger.ts';
import type { Patience } from './patience.ts';
import { SHARE_PERCENT } from './purses.ts';

/** How a pass ended: to its end, given up with an error, or by a kill in the midst of it. */
export type PassEnd =
  | { readonly kind: 'done'; readonly result: PassResult }
  | { readonly kind: 'gave-up'; readonly why: string }
  | { readonly kind: 'killed'; readonly at: string }
  /** It went on for longer than anything honest does. */
  | { readonly kind: 'endless'; readonly at: string };

export type WorkerOptions = Pick<Works, 'ledger' | 'crm' | 'clock' | 'policy' | 'surveyEveryMs'> & {
  readonly name: string;
  /** No other process works on this ledger. */
  readonly alone: boolean;
  /** Waits between attempts, in virtual milliseconds. */
  readonly wait: (ms: number) => void;
  /** What may happen to a ring: it is lost, doubled, or comes as it should. */
  readonly ring: (lane: Lane) => 'rings' | 'lost' | 'doubled';
  readonly danger: (call: string, when: 'before' | 'after', kill: () => Promise<never>) => Promise<void>;
  readonly patience: Patience;
};

/** One worker process: it lives from `startWorker` until it is killed, and knows nothing that an earlier one knew. */
export type Worker = {
  pass(): Promise<PassEnd>;
  /** One lane, as a second replica would answer it in the midst of the first one's work; its errors are its own. */
  lane(lane: Lane): Promise<void>;
  /** Takes a run back, as `tasuki undo` does; gives what is said of it, or why it came to nothing. */
  undo(asked: UndoAsked): Promise<readonly UndoLine[] | string>;
  /** The lane that is being answered now: the queue hands it to nobody else meanwhile. */
  busyWith(): Lane | null;
  /** It was killed: whatever is asked of it now is never answered. */
  isDead(): boolean;
  /** The works without danger around them, for looking on. */
  readonly works: Works;
};

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export function startWorker(options: WorkerOptions): Worker {
  const { name, alone, ledger, crm, clock, policy, surveyEveryMs } = options;
  let runs = 0;
  let died: (end: PassEnd) => void = () => undefined;
  const never = new Promise<never>(() => undefined);
  let dead = false;
  const danger: Danger = async (call, when) => {
    if (dead) return never;
    const die = (kind: 'killed' | 'endless') => {
      dead = true;
      died({ kind, at: `${when} ${call}` });
      return never;
    };
    if (options.patience.isOutAfter()) return die('endless');
    await options.danger(call, when, () => die('killed'));
  };
  const queue = inlineQueue({ wait: async (ms) => options.wait(ms), patienceMs: 60_000 });
  const bell: Bell = {
    async ring(lane) {
      const fate = options.ring(lane);
      if (fate !== 'lost') await queue.ring(lane);
      if (fate === 'doubled') await queue.ring(lane);
    },
  };
  const plain: Works = {
    ledger,
    crm,
    clock,
    bell,
    log: SILENT,
    policy,
    gate: { firstRun: 'go', breaker: { changes: 1_000_000, percent: 100 } },
    budget: { sharePercent: { hubspot: SHARE_PERCENT, salesforce: SHARE_PERCENT }, pullEveryMs: 5 * 60_000 },
    offsetsOf: knownOffsets,
    surveyEveryMs,
    run: () => `${name}-run-${runs}`,
  };
  const works: Works = {
    ...plain,
    ledger: endangered('ledger', ledger, danger),
    crm: {
      hubspot: endangered(SYSTEMS[0], crm.hubspot, danger),
      salesforce: endangered(SYSTEMS[1], crm.salesforce, danger),
    },
  };
  let busy: Lane | null = null;
  const answer = async (lane: Lane): Promise<void> => {
    busy = lane;
    try {
      await runLane(lane, works);
    } finally {
      busy = null;
    }
  };
  /** A lane that gives up stops no other one in the worker: what was rung besides is answered. */
  const goOn = async (): Promise<void> => {
    for (let isQuiet = false; !isQuiet; )
      isQuiet = await queue.quiet().then(
        () => true,
        () => false,
      );
  };
  const shop = {
    works,
    worksNow: async () => works,
    proposal: null,
    queue,
    alone,
    gaveUp: () => null,
    close: async () => undefined,
  };
  let started: Promise<void> | undefined;
  return {
    works: plain,
    busyWith: () => busy,
    isDead: () => dead,
    async pass() {
      runs += 1;
      options.patience.renew();
      const killed = new Promise<PassEnd>((resolve) => {
        died = resolve;
      });
      started ??= queue.start(answer, []);
      await started;
      const pass = passOnce(shop).then(
        (result): PassEnd => ({ kind: 'done', result }),
        async (error: unknown): Promise<PassEnd> => {
          await goOn();
          return { kind: 'gave-up', why: error instanceof Error ? error.message : String(error) };
        },
      );
      return Promise.race([pass, killed]);
    },
    undo: (asked) =>
      undoOnce(asked, shop).then(
        ({ lines }) => lines,
        (error: unknown) => String(error),
      ),
    async lane(lane) {
      runs += 1;
      await ledger.startRun(plain.run(), 'once', clock.now());
      const killed = new Promise<void>((resolve) => {
        died = () => resolve();
      });
      await Promise.race([runLane(lane, works).catch(() => undefined), killed]);
    },
  };
}
