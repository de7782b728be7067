import type { TrackedChange } from '../domain/people/change.ts';
import { entityKindOf, type Sighting } from '../domain/people/record.ts';
import type { PairView } from './context.ts';
import type { Overtaken } from './entity-plan.ts';
import { sameWritten } from './read-back.ts';

export type JudgedOpen = {
  readonly confirm: readonly string[];
  readonly supersede: readonly Overtaken[];
};

/**
 * What newer sightings say of acknowledged writes that nobody reads back by itself, and of intents whose record is gone.
 *
 * A write that a pull shows is confirmed at no extra call. A write that a pull does not show was overtaken by somebody: the merge
 * that follows sees their edit against the base, so nothing is lost by letting the intent go.
 */
export function judgeOpenChanges({ facts, hubspot, salesforce }: PairView): JudgedOpen {
  const seats = [hubspot, salesforce].filter((seen) => seen !== null);
  const confirm: string[] = [];
  const supersede: Overtaken[] = [];
  for (const change of facts.open) {
    if (entityKindOf(change.target.object) === null) continue; // a Task, a contact role: read back
    if (change.target.id === null) {
      const found = change.state === 'unsure' ? seats.find((seat) => bearsKeyOf(seat, change)) : undefined;
      if (found !== undefined) supersede.push({ change: change.id, because: 'found-by-key', made: found.record.id });
      continue;
    }
    const sighting = seats.find((seen) => seen.record.id === change.target.id);
    if (sighting === undefined) {
      if (change.state !== 'sending' && change.state !== 'unsure')
        supersede.push({ change: change.id, because: 'record-gone' });
    } else if (change.state === 'acknowledged' && !change.readBack && isNewer(sighting, change)) {
      if (sameWritten(change, sighting)) confirm.push(change.id);
      else supersede.push({ change: change.id, because: 'edited-since' });
    }
  }
  return { confirm, supersede };
}

/** It did arrive: sent once more, it would be made a second time as soon as somebody deletes the first. What is missing of it is an update. */
function bearsKeyOf({ record, values }: Sighting, { target, key }: TrackedChange): boolean {
  return record.object === target.object && key !== null && values[key.field] === key.value;
}

function isNewer({ seenAt }: Sighting, { acknowledgedAt }: TrackedChange): boolean {
  return acknowledgedAt !== undefined && seenAt > acknowledgedAt;
}
