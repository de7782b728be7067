import { leastUrgentNow } from '../domain/budget/ladder.ts';
import { mostUrgentOf, PURPOSE_OF, URGENCIES, type Urgency } from '../domain/budget/purposes.ts';
import type { Effect, Outcome, TrackedChange } from '../domain/people/change.ts';
import type { System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../errors/errors.ts';
import { bookCalls } from './book-calls.ts';
import { budgetNow } from './budget.ts';
import { readHolders } from './holders.ts';
import { theirTime, theirTimeSoFar } from './their-time.ts';
import type { Works } from './works.ts';

/** Long enough for the slowest answer of either CRM; after it a claim without a result is `unsure`. */
const LEASE_MS = 10 * 60 * 1000;

/** Nothing is written on a picture older than this. */
const FRESH_MS = 2 * 60 * 1000;

const NOTHING_WRITTEN = [RateLimited, RemoteUnavailable, CredentialsRejected];

/**
 * Sends one batch of approved changes to one CRM: intent first (the claim), then the call, then the result, per record.
 *
 * A crash between call and result leaves changes `sending`; their lease runs out, they become `unsure`, and reading back decides.
 * What may be sent depends on the budget of calls; what may not stands where it stood, until it may.
 *
 * `sent` is how many were claimed; `moved` how many of them got somewhere: the rest met a locked record and stand where they stood.
 */
export async function writeNextBatch(
  system: System,
  works: Works,
): Promise<{ readonly sent: number; readonly moved: number }> {
  const { ledger, crm, clock, log } = works;
  const downTo = leastUrgentNow(await budgetNow(system, works));
  if (downTo === null || !(await isFresh(system, downTo, works))) return { sent: 0, moved: 0 };
  const claimed = await ledger.claim(system, crm[system].batchSize, clock.now(), LEASE_MS, downTo);
  if (claimed.length === 0) return { sent: 0, moved: 0 };
  try {
    const outcomes = await crm[system].under(PURPOSE_OF[mostUrgentOf(claimed)], async () => {
      const answers = await crm[system].write(claimed.map(effectOf));
      await ledger.recordOutcomes(answers, theirTimeSoFar(system, works));
      await readHolders(system, answers, works);
      return answers;
    });
    const count = (kind: Outcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
    const sent = claimed.length;
    log.info({ system, sent, refused: count('refused'), locked: count('deferred') }, 'wrote');
    return { sent, moved: sent - count('deferred') };
  } catch (error) {
    // These are thrown only when nothing was written, so the intents simply stand again.
    if (NOTHING_WRITTEN.some((kind) => error instanceof kind)) await ledger.release(claimed.map(({ id }) => id));
    throw error;
  } finally {
    await bookCalls(system, works);
  }
}

/**
 * Was this system read just now? If not, and something is to be written there, it is read first: what people have typed meanwhile is
 * seen by the merge, and not run over (law R15). While it cannot be read, it is not written to. "Just now" is by its own clock: the pull
 * may have been another replica's, whose clock is not ours.
 */
async function isFresh(system: System, downTo: Urgency, works: Works): Promise<boolean> {
  const { ledger, bell } = works;
  const pulledAt = (await ledger.cursor(system, 'pull'))?.covers ?? null;
  if (pulledAt !== null && (await theirTime(system, works)) - pulledAt <= FRESH_MS) return true;
  const toSend = await ledger.toSend(system);
  const urgencies = URGENCIES.slice(0, URGENCIES.indexOf(downTo) + 1);
  if (urgencies.some((urgency) => toSend[urgency] > 0)) await bell.ring({ job: 'pull-changes', system });
  return false;
}

function effectOf({ id, kind, target, key, steps, step }: TrackedChange): Effect {
  const values: Record<string, Value> = {};
  for (const { field, after } of steps[step] ?? []) values[field] = after;
  return { change: id, kind, object: target.object, id: target.id, key, values };
}
