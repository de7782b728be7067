import type { Field } from './field.ts';
import type { SObject } from './sobject.ts';

/** What Salesforce calls the records behind a lookup when they are asked for from the parent's side. */
const CHILD_NAMES: Readonly<Record<string, string>> = {
  'Contact.AccountId': 'Contacts',
  'Opportunity.AccountId': 'Opportunities',
  'Opportunity.CampaignId': 'Opportunities',
  'Account.ParentId': 'ChildAccounts',
  'Task.WhoId': 'Tasks',
  'Task.WhatId': 'Tasks',
  'Event.WhoId': 'Events',
  'Event.WhatId': 'Events',
  'OpportunityContactRole.OpportunityId': 'OpportunityContactRoles',
  'OpportunityContactRole.ContactId': 'OpportunityContactRoles',
  'OpportunityLineItem.OpportunityId': 'OpportunityLineItems',
  'OpportunityHistory.OpportunityId': 'OpportunityHistories',
  'OpportunityFieldHistory.OpportunityId': 'Histories',
  'LeadHistory.LeadId': 'Histories',
  'ContactHistory.ContactId': 'Histories',
  'Campaign.ParentId': 'ChildCampaigns',
  'CampaignMember.CampaignId': 'CampaignMembers',
  'CampaignMember.LeadId': 'CampaignMembers',
  'CampaignMember.ContactId': 'CampaignMembers',
  'CampaignMemberStatus.CampaignId': 'CampaignMemberStatuses',
  'EmailMessage.RelatedToId': 'Emails',
  'EmailMessage.ActivityId': 'EmailMessages',
  'EmailMessageRelation.EmailMessageId': 'EmailMessageRelations',
  'EmailMessageRelation.RelationId': 'EmailMessageRelations',
  'PricebookEntry.Product2Id': 'PricebookEntries',
  'PricebookEntry.Pricebook2Id': 'PricebookEntries',
  'GroupMember.GroupId': 'GroupMembers',
  'QueueSobject.QueueId': 'QueueSobjects',
};

export type ChildRelationship = { child: SObject; field: Field; name: string | null };

/** Every lookup of any object that may point at records of `parent`. */
export function childrenOf(parent: string, objects: Iterable<SObject>): ChildRelationship[] {
  const found: ChildRelationship[] = [];
  for (const child of objects) {
    for (const field of child.fields) {
      if (field.referenceTo?.includes(parent) !== true) continue;
      found.push({ child, field, name: field.childName ?? CHILD_NAMES[`${child.name}.${field.name}`] ?? null });
    }
  }
  return found;
}
