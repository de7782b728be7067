import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Diary, HumanEdit } from '../deeds/hands.ts';
import { type Scene, text } from './scene.ts';

/** R15: what a person typed last stands there, or a change says what it gave way to. */
export function lostEdits(
  changes: readonly TrackedChange[],
  { edits }: Readonly<Diary>,
  scene: Scene,
): readonly string[] {
  const lastOf = new Map<string, HumanEdit>();
  for (const edit of edits) lastOf.set(`${edit.system}:${edit.id}:${edit.field}`, edit);
  return [...lastOf.values()].flatMap((edit) => {
    const { system, object, id, field, value } = edit;
    const now = valueNow(scene, edit);
    if (now === undefined || same(now, value)) return [];
    const writes = changes
      .filter(({ target }) => target.id === id)
      .flatMap(({ steps }) => steps.flat().filter((step) => step.field === field));
    if (writes.some(({ before }) => same(before, value))) return [];
    if (edit.inWindow && writes.some(({ after }) => same(after, now))) return []; // ours was already on its way
    return [`R15: ${system} ${object} ${id} ${field} = ${value} is lost, now ${text(now)}`];
  });
}

function valueNow({ portal, org }: Scene, { system, object, id, field }: HumanEdit): unknown {
  if (system === 'hubspot') {
    const record = portal.records(object, [field]).find((each) => each.id === id);
    return record === undefined || record.archived ? undefined : (record.properties[field] ?? null);
  }
  const row = org.records(object, ['Id', 'IsDeleted', field]).find((record) => record['Id'] === id);
  return row === undefined || row['IsDeleted'] === true ? undefined : row[field];
}

/** A day is the same day with an hour to it. */
function same(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) =>
    text(value)
      .toLowerCase()
      .replace(/\.000z$/u, 'z')
      .replace(/t00:00:00z$/u, ''),
  );
  return first === second;
}

/** R7: what nobody mapped is as it was. */
export function touchedNotes({ unmapped }: Readonly<Diary>, { portal, org }: Scene): readonly string[] {
  const notes = new Map([
    ...portal.records('contacts', ['city']).map(({ id, properties }) => [id, properties['city']] as const),
    ...org.records('Lead', ['Id', 'Description']).map((row) => [text(row['Id']), row['Description']] as const),
  ]);
  // What was merged away took its notes along, where the survivor had none.
  return [...unmapped]
    .filter(([id, text]) => notes.has(id) && notes.get(id) !== text)
    .map(([id]) => `R7: the note on ${id} is gone`);
}
