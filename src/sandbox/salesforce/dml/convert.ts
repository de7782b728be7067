import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import { STAGES } from '../schema/picklists.ts';
import { tokyoDay } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import { followContact, followPeople } from './convert-follow.ts';
import { accountAndContact, type Converting, mapped } from './convert-people.ts';
import { liveRow } from './guards.ts';
import { noteEntry } from './history.ts';
import type { Body } from './prepare.ts';
import { convertedLead } from './references.ts';
import { mirror, rewrite } from './rewrite.ts';
import { createRecord } from './write.ts';

/** `opportunity: null` makes none; left out, one is made as the convert button suggests it. */
export type Conversion = {
  readonly accountId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly opportunity?: Body | null | undefined;
  readonly status?: string | undefined;
};
export type Converted = { accountId: string; contactId: string; opportunityId: string | null };

/** A lead becomes an account, a contact and a deal. The lead stays, read-only; what hung on it follows. */
export function convertLead(state: OrgState, id: string, conversion: Conversion, actor: Actor): Converted {
  const lead = liveRow(state.tables.get('Lead'), id);
  if (lead['IsConverted'] === true) throw convertedLead();
  return state.tables.transaction(() => {
    const isQueue = String(lead['OwnerId']).startsWith('00G');
    const converting = { state, lead, actor, ownerId: isQueue ? actor.userId : (lead['OwnerId'] as string) };
    const status = convertedStatus(state, conversion.status);
    const { accountId, contactId } = accountAndContact(converting, conversion);
    const opportunityId = opportunityOf(converting, conversion, { accountId, contactId });
    rewrite(
      state,
      lead,
      {
        Status: status,
        IsConverted: true,
        ConvertedDate: tokyoDay(state.now()),
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
      },
      actor.userId,
    );
    noteEntry(state, 'Lead', id, { field: 'leadConverted', by: actor.userId });
    followContact(state, id, { WhoId: contactId, WhatId: opportunityId ?? accountId, AccountId: accountId }, actor);
    followPeople(state, id, contactId, actor);
    return { accountId, contactId, opportunityId };
  });
}

function convertedStatus(state: OrgState, asked: string | undefined): string {
  const offered = [...state.tables.get('LeadStatus').values()].filter(({ IsConverted }) => IsConverted === true);
  const found = asked === undefined ? offered[0] : offered.find(({ ApiName }) => ApiName === asked);
  if (found === undefined) throw new RowFault('INVALID_STATUS', `invalid convertedStatus: ${asked ?? ''}`, ['Status']);
  return found['ApiName'] as string;
}

type Ends = { accountId: string; contactId: string };

function opportunityOf(
  converting: Converting,
  { opportunity }: Conversion,
  { accountId, contactId }: Ends,
): string | null {
  if (opportunity === null) return null;
  const { state, lead, actor, ownerId } = converting;
  const suggested = {
    Name: `${String(lead['Company'] ?? lead['Name'])}-`,
    StageName: STAGES[0]?.name,
    CloseDate: quarterEnd(tokyoDay(state.now())),
    LeadSource: lead['LeadSource'] ?? null,
    CampaignId: latestCampaign(state, lead),
    OwnerId: ownerId,
    ...mapped(converting, 'Opportunity'),
  };
  const fields = { ...suggested, ...opportunity, AccountId: accountId };
  const id = createRecord(state, state.tables.get('Opportunity'), fields, actor);
  const role = { OpportunityId: id, ContactId: contactId, IsPrimary: true };
  createRecord(state, state.tables.get('OpportunityContactRole'), role, actor);
  mirror(state, id, { ContactId: contactId });
  return id;
}

/** The campaign that the lead joined last gets the credit. */
function latestCampaign(state: OrgState, lead: Row): string | null {
  const members = [...state.tables.get('CampaignMember').values()].filter(
    (member) => member['LeadId'] === lead['Id'] && member['IsDeleted'] !== true,
  );
  const latest = members.toSorted((left, right) => Number(right['CreatedDate']) - Number(left['CreatedDate']))[0];
  return (latest?.['CampaignId'] ?? null) as string | null;
}

function quarterEnd(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, Math.ceil(month / 3) * 3, 0)).toISOString().slice(0, 10);
}
