import type { Outcome } from '../domain/people/change.ts';
import { entityKindOf, PERSON_OBJECTS, type RecordRef, type System } from '../domain/people/record.ts';
import { TasukiError } from '../errors/errors.ts';
import { criteriaFields, fieldsToRead } from './fields.ts';
import { noteStageMoves } from './stage-moves.ts';
import { theirTime } from './their-time.ts';
import type { Works } from './works.ts';

/**
 * Reads the records that refusals named as those which hold the address or the key already. Search has often not shown them yet, and
 * matching can say of a record it knows whether it is the same person's: then that one is written, and no second one made.
 *
 * What cannot be read now comes with the next pull; the refusal stands until then.
 */
export async function readHolders(system: System, outcomes: readonly Outcome[], works: Works): Promise<void> {
  const holders = outcomes.flatMap((outcome) =>
    outcome.kind === 'refused' && outcome.holder !== undefined ? [outcome.holder] : [],
  );
  try {
    for (const object of new Set(holders.map((holder) => holder.object))) {
      const ids = new Set(holders.filter((holder) => holder.object === object).map(({ id }) => id));
      if (entityKindOf(object) !== null) await note(system, object, [...ids], works);
    }
  } catch (error) {
    if (!(error instanceof TasukiError)) throw error;
    works.log.warn({ system, code: error.code }, 'could not read who holds the value of a refused write');
  }
}

async function note(
  system: System,
  object: RecordRef['object'],
  ids: readonly string[],
  { crm, ledger, clock, policy }: Works,
): Promise<void> {
  const now = await theirTime(system, { crm, clock });
  const sightings = await crm[system].read(object, ids, fieldsToRead(policy(), system, object), now);
  await noteStageMoves(sightings, { ledger, crm, policy });
  await ledger.noteSightings(sightings, PERSON_OBJECTS.includes(object) ? criteriaFields(policy(), system) : []);
}
