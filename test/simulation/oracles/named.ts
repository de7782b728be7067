import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';

/** A contact role may be Salesforce's own doing, beside an opportunity that names its contact. */
const MADE = ['Lead', 'Opportunity', 'Task'];

/**
 * Law R11, from the other end: everything that Salesforce says we made is what some creation of the journal made, and no two creations
 * of it made the same. What no creation names was made a second time, and nobody knows.
 */
export function madeUnnamed(changes: readonly TrackedChange[], { org }: Pick<World, 'org'>): readonly string[] {
  const creations = changes.filter(({ kind }) => kind === 'create');
  const ids = new Set(creations.map(({ target }) => target.id));
  const keys = new Set(creations.map(({ key }) => key?.value));
  return MADE.flatMap((object) =>
    org
      .records(object)
      .filter((row) => row['CreatedById'] === org.integrationUserId)
      .filter((row) => !ids.has(text(row['Id'])) && !keys.has(text(row['Tasuki_Key__c'])))
      .map((row) => `R11: ${object} ${text(row['Id'])} was made by us, and no creation of the journal made it`),
  );
}
