import type { Stage } from '../domain/agreement/agreement.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { Sighting } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { LIFECYCLE, stageMeantBy } from '../reconcile/lifecycle.ts';
import type { Works } from './works.ts';

/** Further than this a lifecycle stage says something of a person; whoever is a lead is one by being there. */
const SAYS_NOTHING = stageRank('lead');

/** Does this lifecycle stage say something of a person? */
export function isFurther(stage: Stage | null): boolean {
  return stage !== null && stageRank(stage) > SAYS_NOTHING;
}

/**
 * Asks HubSpot's history who moved the lifecycle stage of these contacts, before they are noted: a plan must not take HubSpot's own
 * doing for a person's word, nor set back at once what a person set back where the agreement asks them why. Fifty contacts a call, and only those whose stage is another one than we last saw or wrote; those that
 * were there before the go-live line are history, whoever moved them.
 */
export async function noteStageMoves(
  contacts: readonly Sighting[],
  { ledger, crm, policy }: Pick<Works, 'ledger' | 'crm' | 'policy'>,
): Promise<void> {
  const isFar = (value: Value | undefined) => isFurther(stageMeantBy(value));
  const asksWhy = policy().agreement.reasons !== undefined;
  const told = contacts.filter(
    ({ record, values, deleted }) => record.object === 'contacts' && !deleted && (asksWhy || isFar(values[LIFECYCLE])),
  );
  const goLive = told.length === 0 ? null : await ledger.goLive();
  if (goLive === null) return;
  const ids = told.map(({ record }) => record.id);
  const known = await ledger.lastSeen('hubspot', 'contacts', ids, LIFECYCLE);
  const moved = told.filter(({ record, values, createdAt }) => {
    const before = known.get(record.id);
    if (known.has(record.id)) return before !== values[LIFECYCLE] && (isFar(values[LIFECYCLE]) || isFar(before));
    return isFar(values[LIFECYCLE]) && createdAt >= goLive;
  });
  if (moved.length === 0) return;
  const entries = await crm.hubspot.history(
    'contacts',
    moved.map(({ record }) => record.id),
    [LIFECYCLE],
  );
  if (entries.length > 0) await ledger.noteHistory(entries);
}
