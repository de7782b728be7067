import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import { personOf } from './campaign.ts';
import { bin } from './remove.ts';
import { liveChildren, rewrite } from './rewrite.ts';

/** All activities of the lead hang on the contact and on the deal, or on the account where there is no deal. */
export function followContact(state: OrgState, leadId: string, to: Row, actor: Actor): void {
  for (const name of ['Task', 'Event']) {
    for (const row of liveChildren(state, name, 'WhoId', leadId)) rewrite(state, row, to, actor.userId);
  }
}

/** Memberships name the contact beside the lead; where the contact is a member already, the lead's is given up. */
export function followPeople(state: OrgState, leadId: string, contactId: string, actor: Actor): void {
  const members = state.tables.get('CampaignMember');
  const taken = new Set(
    liveChildren(state, 'CampaignMember', 'ContactId', contactId).map(({ CampaignId }) => CampaignId),
  );
  for (const row of liveChildren(state, 'CampaignMember', 'LeadId', leadId)) {
    if (taken.has(row['CampaignId'] ?? null)) bin(state, members, row, actor);
    else rewrite(state, row, { ContactId: contactId, ...personOf({ ...row, ContactId: contactId }) }, actor.userId);
  }
}
