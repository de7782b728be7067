import type { Sighting } from '../domain/people/record.ts';
import { LIFECYCLE, stageMeantBy } from '../reconcile/lifecycle.ts';
import { criteriaFields } from './fields.ts';
import { isFurther } from './stage-moves.ts';
import type { Works } from './works.ts';

/**
 * On first connection, what HubSpot remembers of these contacts: since when their lifecycle stage, and whatever a criterion reads, has been
 * what it is, and what it was before. Without it a replay would judge the past by today's values, and nobody would know how long an MQL has been one.
 *
 * Asked once of each contact, as they are first met before the go-live line, and only of those who have something to tell: fifty a call.
 */
export async function noteFirstHistory(
  contacts: readonly Sighting[],
  { ledger, crm, policy }: Pick<Works, 'ledger' | 'crm' | 'policy'>,
): Promise<void> {
  const criteria = criteriaFields(policy(), 'hubspot');
  const telling = contacts.filter(({ record, values, deleted }) => {
    if (record.object !== 'contacts' || deleted) return false;
    return isFurther(stageMeantBy(values[LIFECYCLE])) || criteria.some((field) => values[field] != null);
  });
  if (telling.length === 0 || (await ledger.goLive()) !== null) return;
  const ids = telling.map(({ record }) => record.id);
  const known = await ledger.lastSeen('hubspot', 'contacts', ids, LIFECYCLE);
  const unmet = ids.filter((id) => !known.has(id));
  if (unmet.length === 0) return;
  const entries = await crm.hubspot.history('contacts', unmet, [...new Set([LIFECYCLE, ...criteria])]);
  if (entries.length > 0) await ledger.noteHistory(entries);
}
