import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import { MEMBER_STATUSES } from '../schema/picklists.ts';
import { tokyoDay } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import { missing } from './derive.ts';
import { liveChildren } from './rewrite.ts';
import type { Rule, Saving } from './saving.ts';

/** A new campaign offers two statuses to its members until somebody writes better ones. */
export const campaignRule: Rule = {
  after: ({ row, before, create }) => {
    if (before !== undefined) return;
    for (const [index, { label, responded }] of MEMBER_STATUSES.entries()) {
      const status = { CampaignId: row['Id'], Label: label, HasResponded: responded, SortOrder: index + 1 };
      create('CampaignMemberStatus', { ...status, IsDefault: index === 0 });
    }
  },
};

export const memberRule: Rule = { prepare: onePerson, derive: deriveMember };

/** A member is a lead or a contact. Told both, Salesforce keeps the contact and forgets the lead, without an error. */
function onePerson({ row, before }: Saving): Row {
  if (before !== undefined) return row;
  const { LeadId: lead = null, ContactId: contact = null } = row;
  if (lead === null && contact === null) throw missing(['ContactId', 'LeadId']);
  return lead !== null && contact !== null ? { ...row, LeadId: null } : row;
}

function deriveMember({ state, row, before }: Saving): Row {
  const campaign = row['CampaignId'] as string;
  if (before === undefined) refuseSecond(state, row, campaign);
  const offered = liveChildren(state, 'CampaignMemberStatus', 'CampaignId', campaign);
  const status =
    offered.find(({ Label }) => Label === row['Status']) ?? offered.find(({ IsDefault }) => IsDefault === true);
  const responded = status?.['HasResponded'] === true;
  const known = before?.['FirstRespondedDate'] ?? null;
  return {
    ...row,
    Status: status?.['Label'] ?? row['Status'] ?? null,
    HasResponded: responded,
    FirstRespondedDate: responded ? (known ?? tokyoDay(state.now())) : known,
    ...personOf(row),
  };
}

export function personOf(row: Row): Row {
  const contact = row['ContactId'] ?? null;
  return { Type: contact === null ? 'Lead' : 'Contact', LeadOrContactId: contact ?? row['LeadId'] ?? null };
}

function refuseSecond(state: OrgState, row: Row, campaign: string): void {
  const column = (row['ContactId'] ?? null) === null ? 'LeadId' : 'ContactId';
  const others = liveChildren(state, 'CampaignMember', column, row[column] as string);
  if (others.some((other) => other['CampaignId'] === campaign && other['Id'] !== row['Id'])) {
    throw new RowFault('DUPLICATE_VALUE', 'Already a campaign member.', []);
  }
}
