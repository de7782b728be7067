import type { TrackedChange } from '../domain/people/change.ts';
import { entityKindOf, SYSTEMS, type System } from '../domain/people/record.ts';
import type { Ledger } from '../ports/ledger.ts';
import { type EntityUndo, planUndo, type Undo } from '../reconcile/plan-undo.ts';
import { bookCalls } from './book-calls.ts';
import { contextNow } from './context-now.ts';
import { fieldsToRead } from './fields.ts';
import { activityContext, noteRows } from './note-rows.ts';
import { prepare } from './prepare.ts';
import { theirTime } from './their-time.ts';
import type { Works } from './works.ts';

const BATCH = 200;

/** What is to be taken back: a run, all of it or only what it did to one person, deal or company (`only`, by ledger id). */
export type UndoAsked = { readonly undo: Undo; readonly only: string | null };

/**
 * Reads once more every record that the run wrote to, so that what stands is judged by what is there now, not by what the last pull
 * showed.
 */
export async function readAgain({ undo, only }: UndoAsked, works: Works): Promise<void> {
  for (const system of SYSTEMS) await prepare(system, works);
  for await (const entities of touched({ undo, only }, works.ledger)) {
    const changes = (await works.ledger.changesSince(undo.run, entities)).filter(({ run }) => run === undo.run);
    for (const system of SYSTEMS)
      await readRecords(
        system,
        changes.filter(({ target }) => target.system === system),
        works,
      );
  }
  for (const system of SYSTEMS) await bookCalls(system, works);
}

/** Plans the undo and stores it, batch by batch: the changes are sent like any others. In a rehearsal nothing of it stays. */
export async function* undoRun(
  { undo, only }: UndoAsked,
  { ledger, clock, policy }: Pick<Works, 'ledger' | 'clock' | 'policy'>,
): AsyncIterable<readonly EntityUndo[]> {
  const now = clock.now();
  const context = await contextNow(ledger, policy(), now);
  for await (const entities of touched({ undo, only }, ledger))
    yield await ledger.undo(undo, entities, now, (batch) => batch.map((facts) => planUndo(facts, undo, context)));
}

async function* touched({ undo, only }: UndoAsked, ledger: Ledger): AsyncIterable<readonly string[]> {
  if (only !== null) {
    yield [only];
    return;
  }
  for (let after: string | null = null; ; ) {
    const entities: readonly string[] = await ledger.touchedBy(undo.run, after, BATCH);
    const last = entities.at(-1);
    if (last === undefined) return;
    yield entities;
    after = last;
  }
}

async function readRecords(system: System, changes: readonly TrackedChange[], works: Works): Promise<void> {
  const { crm, policy } = works;
  for (const object of new Set(changes.map(({ target }) => target.object))) {
    const ours = changes.filter(({ target }) => target.object === object);
    const ids = [...new Set(ours.flatMap(({ target }) => target.id ?? []))];
    if (ids.length === 0) continue;
    const fields = [...new Set([...fieldsToRead(policy(), system, object), ...writtenFields(ours)])];
    const sightings = await crm[system].read(object, ids, fields, await theirTime(system, works));
    await noteRows(system, object, sightings, await activityContext(await userOf(system, works), works), works);
  }
}

/** Who we are there, so that our own Tasks are known as ours. */
async function userOf(system: System, works: Works): Promise<string | null> {
  return (await prepare(system, works)).identity.user;
}

/** What updates wrote to people, deals and companies is read back; what a record was made with need not be readable. */
function writtenFields(changes: readonly TrackedChange[]): readonly string[] {
  return changes
    .filter(({ kind, target }) => kind === 'update' && entityKindOf(target.object) !== null)
    .flatMap(({ steps }) => steps.flat().map(({ field }) => field));
}
