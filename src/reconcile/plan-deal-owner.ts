import { type Base, recordName } from '../domain/people/record.ts';
import { baseOf } from './base-of.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';
import { seatOf } from './owner.ts';
import { ownerTrouble } from './owner-trouble.ts';

const { hubspot: H, salesforce: S } = DEAL_FIELDS;

/**
 * Shows the opportunity's owner on HubSpot's deal. Salesforce decides; without a seat in HubSpot the deal keeps the owner it has there,
 * and a stand-in that comes back is never an edit.
 */
export function planDealOwner(view: PairView, context: PlanContext): Part {
  const { hubspot, salesforce, facts } = view;
  const ownerId = salesforce?.values[S.owner];
  const shown = hubspot?.values[H.owner];
  if (hubspot === null || typeof ownerId !== 'string' || shown === undefined) return NOTHING;
  const owner = context.directory.byId.salesforce.get(ownerId);
  // An opportunity may stay with somebody who has left; that is sales' to mend, and said once per owner.
  const open = ownerTrouble('salesforce', ownerId, context);
  const seat = owner === undefined ? null : seatOf(owner, context.directory, context.policy.owners);
  if (owner === undefined || seat === null || shown === seat.id) return { ...NOTHING, open };
  const base = baseOf(view, 'owner', context);
  const holds: Base = {
    field: 'owner',
    hubspot: seat.id,
    salesforce: ownerId,
    canonical: ownerId,
    since: context.now,
    provisional: 'hubspot',
  };
  const wasEdited = base !== undefined && base.salesforce === ownerId && base.hubspot !== shown;
  const restored = {
    code: 'OWNER_EDIT_RESTORED',
    subject: recordName(hubspot.record),
    entity: facts.id,
    detail: { found: shown, restored: seat.id },
  } as const;
  return {
    ...NOTHING,
    hubspot: [
      { field: H.owner, before: shown, after: seat.id, reason: { code: 'owner-shown', detail: { owner: owner.name } } },
    ],
    basesAfter: { hubspot: [holds], salesforce: [] },
    open: wasEdited ? [...open, restored] : open,
  };
}
