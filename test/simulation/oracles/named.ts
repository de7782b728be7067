import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Diary, World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';

/** A contact role may be Salesforce's own doing, beside an opportunity that names its contact. */
const MADE = ['Lead', 'Opportunity', 'Task'];

const KEY = 'Tasuki_Key__c';

/**
 * Law R11, from the other end: everything that Salesforce says we made is what some creation of the journal made, and no two creations
 * of it made the same. What no creation names was made a second time, and nobody knows. Whose answer was lost before its person became
 * another is known by the key it was made under, which the journal saw change since. Whose answer was lost and whose key somebody emptied
 * before anybody could look is known by nothing: no engine can tell it from a record of theirs.
 */
export function madeUnnamed(
  changes: readonly TrackedChange[],
  { org }: Pick<World, 'org'>,
  { deeds }: Readonly<Diary>,
): readonly string[] {
  const creations = changes.filter(({ kind }) => kind === 'create');
  const ids = new Set(creations.map(({ target }) => target.id));
  const keys = new Set(creations.map(({ key }) => key?.value));
  const renamed = new Map(
    changes.flatMap(({ target, steps }) =>
      steps.flat().flatMap(({ field, before }) => (field === KEY && before ? [[target.id, before] as const] : [])),
    ),
  );
  const isNamed = (id: string, key: string) => ids.has(id) || keys.has(key) || keys.has(text(renamed.get(id)));
  const isNameless = (id: string, object: string) =>
    deeds.some((deed) => deed.endsWith(`${object} ${id}: ${KEY} typed by hand`)) &&
    creations.some(({ target, attempts }) => target.object === object && attempts > 1);
  return MADE.flatMap((object) =>
    org
      .records(object)
      .filter((row) => row['CreatedById'] === org.integrationUserId)
      .filter((row) => !isNamed(text(row['Id']), text(row[KEY])) && !isNameless(text(row['Id']), object))
      .map((row) => `R11: ${object} ${text(row['Id'])} was made by us, and no creation of the journal made it`),
  );
}
