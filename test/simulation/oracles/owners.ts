import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { World } from '../../support/deeds/hands.ts';

/** What Salesforce calls a record that is given to somebody who has left. */
const OWNER_HAS_LEFT = 'INACTIVE_OWNER_OR_USER';
/** Who works there is read once an hour, while Salesforce answers; in a history it may be silent for a day. */
const READ_AGAIN_MS = 36 * 3_600_000;

/** Nobody is given to a rep who had left long before: there is always a next one, or the queue. */
export function givenToAbsent(changes: readonly TrackedChange[], { org }: Pick<World, 'org'>): readonly string[] {
  const leftAt = new Map(
    org
      .records('User')
      .filter((user) => user['IsActive'] === false)
      .map((user) => [user['Id'], Date.parse(String(user['LastModifiedDate']))]),
  );
  return changes.flatMap(({ id, steps, outcome, plannedAt }) => {
    if (outcome?.code !== OWNER_HAS_LEFT) return [];
    return steps
      .flat()
      .filter(({ field, after }) => field === 'OwnerId' && plannedAt > (leftAt.get(after) ?? Infinity) + READ_AGAIN_MS)
      .map(({ after }) => `${id} gives a record to ${String(after)}, who had left`);
  });
}
