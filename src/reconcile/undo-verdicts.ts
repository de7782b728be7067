import type { TrackedChange } from '../domain/people/change.ts';
import type { AnyFacts } from '../domain/people/person.ts';
import type { RecordRef, Sighting } from '../domain/people/record.ts';
import { isAssociation } from '../domain/people/tie.ts';
import type { UndoLine } from '../domain/people/undo.ts';
import type { Value } from '../domain/values/value.ts';
import type { PlanContext } from './context.ts';
import { OWN_FIELDS } from './derived.ts';
import { fieldOn } from './mapped-field.ts';
import { stands } from './read-back.ts';

/** What a run, in one or several writes, made of one field: what was there, and what it left. */
export type Image = {
  readonly field: string;
  readonly before: Value | undefined;
  readonly after: Value;
  /** The changes of the run that did it. */
  readonly changes: readonly string[];
  /** A later write of another run, in force or on its way. */
  readonly overwrittenBy: string | null;
};

const FALLEN: ReadonlySet<TrackedChange['state']> = new Set(['superseded', 'refused', 'undone']);

/** Is this write in, as far as we know? */
export function isWritten({ state }: TrackedChange): boolean {
  return state === 'acknowledged' || state === 'confirmed';
}

/**
 * What a run made of each field of one record. `changes` are all that were ever meant for this record since that run began, oldest
 * first: of several writes in a row by the run, the first knows what was there and the last what stands.
 */
export function imagesOf(changes: readonly TrackedChange[], isOfRun: (change: TrackedChange) => boolean): Image[] {
  const images = new Map<string, Image>();
  for (const change of changes.filter(({ state }) => !FALLEN.has(state))) {
    for (const { field, before, after } of change.steps.flat()) {
      const known = images.get(field);
      if (!isOfRun(change) || !isWritten(change)) {
        if (known !== undefined) images.set(field, { ...known, overwrittenBy: change.run });
      } else if (known === undefined || known.overwrittenBy !== null) {
        images.set(field, { field, before, after, changes: [change.id], overwrittenBy: null });
      } else {
        images.set(field, { ...known, after, changes: [...new Set([...known.changes, change.id])] });
      }
    }
  }
  return [...images.values()];
}

/** Does what the run left still stand there, and may it be taken back? */
export function judgeImage(
  { field, before, after, overwrittenBy }: Image,
  seen: Sighting,
  { policy }: PlanContext,
): UndoLine['verdict'] | null {
  const { system } = seen.record;
  if (overwrittenBy !== null) return { kind: 'kept', because: 'later-run', run: overwrittenBy };
  if (field === OWN_FIELDS[system].key) return { kind: 'kept', because: 'key' };
  if (isAssociation(field)) return { kind: 'kept', because: 'tie' };
  if (before === undefined) return { kind: 'kept', because: 'no-image' };
  const found = seen.values[field];
  if (found === undefined) return { kind: 'kept', because: 'not-read' };
  if (stands(field, before, after)) return null; // it was written once more, to be seen: nothing to take back
  if (!stands(field, found, after)) return { kind: 'kept', because: 'edited-since', found };
  if (policy.person.fields.some((mapping) => mapping.policy === 'stricter' && fieldOn(mapping, seen.record) === field))
    return { kind: 'kept', because: 'opt-out' };
  return { kind: 'restored', from: found, to: before };
}

/** The record that a change wrote to, as it is now; or why it is not to be written to any more. */
export function recordNow(record: RecordRef, { sightings, links }: AnyFacts): Sighting | 'record-gone' | 'converted' {
  const isIt = (other: RecordRef) => other.object === record.object && other.id === record.id;
  const seen = sightings.find((sighting) => isIt(sighting.record));
  if (seen?.values['IsConverted'] === true) return 'converted';
  const isTheirs = links.some((link) => isIt(link.record) && link.role === 'current');
  return seen === undefined || seen.deleted || !isTheirs ? 'record-gone' : seen;
}
