import type { TrackedChange } from '../domain/people/change.ts';
import { isTask, type Sighting } from '../domain/people/record.ts';
import { idsIn, isAssociation } from '../domain/people/tie.ts';
import { canonical, canonicalEmail } from '../domain/values/canonical.ts';
import type { Value } from '../domain/values/value.ts';

/** So far may the clocks of a CRM and of a worker be apart, and an instant of the one still be held beside one of the other. */
const CLOCKS_APART_MS = 10 * 60_000;

/** What a record, read back, says of a write: it stands, it never arrived and is sent again, or something else stands there. */
export type ReadBackVerdict = {
  readonly change: string;
  readonly verdict: 'confirmed' | 'rewrite' | 'overwritten';
  /** The record that was found. */
  readonly id?: string;
  /** The fields that hold something else. */
  readonly detail?: string;
};

/**
 * What reading a record back says of a write.
 *
 * An acknowledged write that is not there was overwritten, trimmed or ignored: that is a finding, not a success. An unsure write that
 * is not there never arrived: it is sent again, which is safe because creates carry a unique key and updates name their values. How
 * often is the ledger's to count (`poison.ts`). A create whose answer was lost and whose record is there under its key was made: what
 * has been edited in it since is an edit like any other, and sending it again would run over that. That holds for its removal too: a
 * Lead that somebody deletes or merges before its answer is missed was made all the same, and a second one would be a duplicate.
 * But where a field holds neither what was there nor what was written, somebody else was there first: their edit is not run over.
 */
export function judgeReadBack(change: TrackedChange, found: Sighting | undefined): ReadBackVerdict {
  const sighting = found !== undefined && isOfBefore(change, found) ? undefined : found;
  if (sighting !== undefined && (isMade(change, sighting) || (!sighting.deleted && sameWritten(change, sighting)))) {
    return { change: change.id, verdict: 'confirmed', id: sighting.record.id };
  }
  if (change.state === 'unsure' && !sighting?.deleted && isUntouched(change, sighting)) {
    return { change: change.id, verdict: 'rewrite' };
  }
  return { change: change.id, verdict: 'overwritten', detail: differences(change, sighting) };
}

/** A Task that is there was opened, whoever has passed it on or reworded it since; so was what nobody heard of, and is or was there. */
function isMade({ kind, target, state }: TrackedChange, { deleted }: Sighting): boolean {
  return kind === 'create' && (state === 'unsure' || (isTask(target.object) && !deleted));
}

/** A record in the recycle bin that bore the key before the write was ever planned is not what the write made. */
function isOfBefore({ kind, state, plannedAt }: TrackedChange, { deleted, createdAt }: Sighting): boolean {
  return kind === 'create' && state === 'unsure' && deleted && createdAt < plannedAt - CLOCKS_APART_MS;
}

/** Does the record hold what the current step wrote? Differences that are none to a person do not count. */
export function sameWritten(change: TrackedChange, sighting: Sighting): boolean {
  return (change.steps[change.step] ?? []).every(({ field, after }) => {
    const found = sighting.values[field];
    return found === undefined || stands(field, found, after);
  });
}

/** Associations are added, never removed: those of other people beside ours do not undo the write. */
export function stands(field: string, found: Value, written: Value): boolean {
  if (!isAssociation(field)) return alike(found, written);
  const there = new Set(idsIn(found));
  return idsIn(written).every((id) => there.has(id));
}

/** Does every field that lacks our value still hold what we saw before? */
function isUntouched(change: TrackedChange, sighting: Sighting | undefined): boolean {
  return (change.steps[change.step] ?? []).every(({ field, before, after }) => {
    const found = sighting?.values[field];
    return found === undefined || before === undefined || stands(field, found, after) || alike(found, before);
  });
}

function alike(found: Value, written: Value): boolean {
  if (canonical(found, 'text') === canonical(written, 'text')) return true;
  if (typeof found !== 'string' || typeof written !== 'string') return false;
  // HubSpot lower-cases addresses; Salesforce drops milliseconds; either lists the choices of a multi-select in its own order.
  if (found.includes(';') && canonical(found, 'multi') === canonical(written, 'multi')) return true;
  return canonical(found, 'datetime') === canonical(written, 'datetime') || sameAddress(found, written);
}

function sameAddress(found: string, written: string): boolean {
  const address = canonicalEmail(found);
  return address !== null && address === canonicalEmail(written);
}

/** Field names only: a finding is read in more places than the record itself. */
function differences(change: TrackedChange, sighting: Sighting | undefined): string {
  if (sighting === undefined || sighting.deleted) return 'record gone';
  const fields = (change.steps[change.step] ?? []).filter(
    ({ field, after }) => !stands(field, sighting.values[field] ?? null, after),
  );
  return fields.map(({ field }) => field).join(', ');
}
