import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { World } from '../../support/deeds/hands.ts';

/** What Salesforce calls a record that is given to somebody who has left. */
const OWNER_HAS_LEFT = 'INACTIVE_OWNER_OR_USER';
/** Who works there is read once an hour, while Salesforce answers; in a history it may be silent for a day. */
const READ_AGAIN_MS = 36 * 3_600_000;

/**
 * Nobody is given to a rep who had left long before: there is always a next one, or the queue. Where Salesforce was silent for longer, its
 * refusal is the first we hear of it; then somebody else must have been asked for right afterwards, unless nobody was needed any more: who is
 * at another stage by the next plan (a deal was made) is handed to no one.
 */
export function givenToAbsent(changes: readonly TrackedChange[], { org }: Pick<World, 'org'>): readonly string[] {
  const leftAt = new Map(
    org
      .records('User')
      .filter((user) => user['IsActive'] === false)
      .map((user) => [user['Id'], Date.parse(String(user['LastModifiedDate']))]),
  );
  return changes.flatMap((change) => {
    const { id, steps, outcome, plannedAt } = change;
    if (outcome?.code !== OWNER_HAS_LEFT || changes.some((later) => namesAnother(change, later))) return [];
    return steps
      .flat()
      .filter(({ field, after }) => field === 'OwnerId' && plannedAt > (leftAt.get(after) ?? Infinity) + READ_AGAIN_MS)
      .map(({ after }) => `${id} gives a record to ${String(after)}, who had left`);
  });
}

function namesAnother(refused: TrackedChange, later: TrackedChange): boolean {
  if (later.entity !== refused.entity || later.plannedAt <= refused.plannedAt) return false;
  return (
    ![undefined, written(refused, 'OwnerId')].includes(written(later, 'OwnerId')) ||
    ![undefined, written(refused, 'Tasuki_Stage__c')].includes(written(later, 'tasuki_stage'))
  );
}

function written({ steps }: TrackedChange, name: string): unknown {
  return steps.flat().find(({ field }) => field === name)?.after;
}
