import type { Effect, Outcome, TrackedChange } from '../domain/people/change.ts';
import type { System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../errors/errors.ts';
import { bookCalls } from './book-calls.ts';
import { readHolders } from './holders.ts';
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
 * `sent` is how many were claimed; `moved` how many of them got somewhere: the rest met a locked record and stand where they stood.
 */
export async function writeNextBatch(
  system: System,
  works: Works,
): Promise<{ readonly sent: number; readonly moved: number }> {
  const { ledger, crm, clock, log } = works;
  if (!(await isFresh(system, works))) return { sent: 0, moved: 0 };
  const claimed = await ledger.claim(system, crm[system].batchSize, clock.now(), LEASE_MS);
  if (claimed.length === 0) return { sent: 0, moved: 0 };
  try {
    const outcomes = await crm[system].write(claimed.map(effectOf));
    await ledger.recordOutcomes(outcomes, clock.now());
    await readHolders(system, outcomes, works);
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
 * seen by the merge, and not run over (law R15). While it cannot be read, it is not written to.
 */
async function isFresh(system: System, { ledger, clock, bell }: Works): Promise<boolean> {
  const pulledAt = (await ledger.cursor(system, 'pull'))?.covers ?? null;
  if (pulledAt !== null && clock.now() - pulledAt <= FRESH_MS) return true;
  const { approved } = await ledger.waiting();
  if (approved[system] > 0) await bell.ring({ job: 'pull-changes', system });
  return false;
}

function effectOf({ id, kind, target, key, steps, step }: TrackedChange): Effect {
  const values: Record<string, Value> = {};
  for (const { field, after } of steps[step] ?? []) values[field] = after;
  return { change: id, kind, object: target.object, id: target.id, key, values };
}
