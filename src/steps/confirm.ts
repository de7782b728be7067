import { mayGo } from '../domain/budget/ladder.ts';
import type { TrackedChange } from '../domain/people/change.ts';
import { entityKindOf, type ObjectName, PERSON_OBJECTS, type Sighting, type System } from '../domain/people/record.ts';
import { TIE_FIELDS } from '../domain/people/tie.ts';
import { judgeReadBack } from '../reconcile/read-back.ts';
import { bookCalls } from './book-calls.ts';
import { budgetNow } from './budget.ts';
import { criteriaFields, fieldsToRead } from './fields.ts';
import { noteStageMoves } from './stage-moves.ts';
import { theirTime, theirTimeSoFar } from './their-time.ts';
import type { Works } from './works.ts';

const BATCH = 500;

/**
 * Reads back what was just written, and what may have been: stage, owner, tasks and every write whose answer was lost.
 * Returns how many changes were looked at; 0 means none waits, or no call may be made for it now.
 */
export async function confirmNextBatch(system: System, works: Works): Promise<number> {
  const { ledger, crm } = works;
  const changes = await ledger.toConfirm(system, BATCH);
  if (changes.length === 0 || !mayGo('confirm', await budgetNow(system, works))) return 0;
  for (const object of new Set(changes.map(({ target }) => target.object))) {
    const ours = changes.filter(({ target }) => target.object === object);
    const sightings = await crm[system].under('confirm', () => readBack(system, object, ours, works));
    await noteStageMoves([...new Set(sightings.values())], works);
    if (entityKindOf(object) !== null || object in TIE_FIELDS)
      await ledger.noteSightings([...new Set(sightings.values())], factFields(system, object, works));
    await ledger.recordConfirmations(
      ours.map((change) => judgeReadBack(change, sightings.get(change.id))),
      theirTimeSoFar(system, works),
    );
  }
  await bookCalls(system, works);
  return changes.length;
}

/** Change id → what its record looks like now. Records made under a key whose answer was lost are found by that key. */
async function readBack(
  system: System,
  object: ObjectName,
  changes: readonly TrackedChange[],
  works: Works,
): Promise<ReadonlyMap<string, Sighting>> {
  const { crm } = works;
  const now = await theirTime(system, works);
  const written = changes.flatMap(({ steps, step }) => (steps[step] ?? []).map(({ field }) => field));
  const fields = [...new Set([...fieldsToRead(works.policy(), system, object), ...written])];
  const ids = changes.flatMap(({ target }) => target.id ?? []);
  const byId = new Map(
    (ids.length === 0 ? [] : await crm[system].read(object, [...new Set(ids)], fields, now)).map((sighting) => [
      sighting.record.id,
      sighting,
    ]),
  );
  const keyed = changes.filter(({ target, key }) => target.id === null && key !== null);
  const keyField = keyed[0]?.key?.field;
  const keys = keyed.map(({ key }) => key!.value);
  const found = keyField === undefined ? [] : await crm[system].findByKey(object, keyField, keys, fields, now);
  const livingLast = found.toSorted((one, other) => Number(other.deleted) - Number(one.deleted));
  const byKey = new Map(livingLast.map((sighting) => [sighting.values[keyField!], sighting]));
  return new Map(
    changes.flatMap((change) => {
      const sighting = change.target.id === null ? byKey.get(change.key?.value ?? '') : byId.get(change.target.id);
      return sighting === undefined ? [] : [[change.id, sighting] as const];
    }),
  );
}

function factFields(system: System, object: ObjectName, works: Works): readonly string[] {
  return PERSON_OBJECTS.includes(object) ? criteriaFields(works.policy(), system) : [];
}
