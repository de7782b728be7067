import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';

/** A contact role may be Salesforce's own doing, beside an opportunity that names its contact. */
const MADE = ['Lead', 'Opportunity', 'Task'];

const KEY = 'Tasuki_Key__c';

/**
 * Law R11, from the other end: everything that Salesforce says we made is what some creation of the journal made, and no two creations
 * of it made the same. What no creation names was made a second time, and nobody knows. Whose answer was lost before its person became
 * another is known by the key it was made under, which the journal saw change since.
 */
export function madeUnnamed(changes: readonly TrackedChange[], { org }: Pick<World, 'org'>): readonly string[] {
  const creations = changes.filter(({ kind }) => kind === 'create');
  const ids = new Set(creations.map(({ target }) => target.id));
  const keys = new Set(creations.map(({ key }) => key?.value));
  const renamed = new Map(
    changes.flatMap(({ target, steps }) =>
      steps.flat().flatMap(({ field, before }) => (field === KEY && before ? [[target.id, before] as const] : [])),
    ),
  );
  const isNamed = (id: string, key: string) => ids.has(id) || keys.has(key) || keys.has(text(renamed.get(id)));
  return MADE.flatMap((object) =>
    org
      .records(object)
      .filter((row) => row['CreatedById'] === org.integrationUserId)
      .filter((row) => !isNamed(text(row['Id']), text(row[KEY])))
      .map((row) => `R11: ${object} ${text(row['Id'])} was made by us, and no creation of the journal made it`),
  );
}
