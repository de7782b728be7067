import type { Effect } from '../../domain/people/change.ts';
import { TasukiError } from '../../errors/errors.ts';
import type { Gateway } from './gateway.ts';
import { readBatch } from './read.ts';
import type { Lens } from './records.ts';
import type { Complaint } from './refusal.ts';

/**
 * The record that holds the e-mail this effect wanted. HubSpot names it, except when it refuses a batch as a whole: then the
 * e-mail itself leads there, by one more read, so that whoever gets the finding need not search.
 */
export async function holderOf(
  gateway: Gateway,
  lens: Lens,
  effect: Effect,
  complaint: Complaint,
): Promise<string | undefined> {
  const { email } = effect.values;
  if (complaint.holder !== undefined || complaint.code !== 'CONFLICT' || !complaint.fields.includes('email'))
    return complaint.holder;
  if (typeof email !== 'string') return undefined;
  try {
    const [holder] = await readBatch(gateway, [email], lens, false, 'email');
    return holder?.id === effect.id ? undefined : holder?.id;
  } catch (error) {
    if (error instanceof TasukiError) return undefined; // the refusal stands without it
    throw error;
  }
}
