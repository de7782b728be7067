import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { checkLock, demand, liveRow } from './guards.ts';
import { isPermissionRow } from './permission-rows.ts';
import { refusePersonContact } from './person-account.ts';
import { liveChildren } from './rewrite.ts';
import { lockAccount, touchPeople } from './ripples.ts';
import { ruleOf } from './rules.ts';

type Children = readonly (readonly [object: string, column: string])[];
const ACTIVITIES_OF = (column: string): Children => [
  ['Task', column],
  ['Event', column],
];

/** What goes to the bin together with its parent. Roles stay behind a deleted contact, as the object reference says. */
export const CHILDREN: Readonly<Record<string, Children>> = {
  Lead: [...ACTIVITIES_OF('WhoId'), ['CampaignMember', 'LeadId'], ['LeadHistory', 'LeadId']],
  Contact: [...ACTIVITIES_OF('WhoId'), ['CampaignMember', 'ContactId'], ['ContactHistory', 'ContactId']],
  Account: [['Contact', 'AccountId'], ['Opportunity', 'AccountId'], ...ACTIVITIES_OF('AccountId')],
  Opportunity: [
    ['OpportunityContactRole', 'OpportunityId'],
    ['OpportunityLineItem', 'OpportunityId'],
    ['OpportunityHistory', 'OpportunityId'],
    ['OpportunityFieldHistory', 'OpportunityId'],
    ...ACTIVITIES_OF('WhatId'),
  ],
  Campaign: [['CampaignMember', 'CampaignId'], ['CampaignMemberStatus', 'CampaignId'], ...ACTIVITIES_OF('WhatId')],
  EmailMessage: [['EmailMessageRelation', 'EmailMessageId']],
  Product2: [['PricebookEntry', 'Product2Id']],
};

/** Moves a record and its children to the bin, where queryAll still sees them for 15 days. */
export function removeRecord(state: OrgState, table: Table, id: string, actor: Actor): void {
  const { object } = table;
  demand(object, 'Delete', actor);
  const row = liveRow(table, id);
  checkLock(state, id, actor);
  refusePersonContact(state, object.name, row);
  state.tables.transaction(() => {
    lockAccount(state, row, undefined);
    if (object.hasBin) {
      bin(state, table, row, actor);
      return;
    }
    table.drop(id);
    ruleOf(object.name).removed?.(state, row, actor);
    if (isPermissionRow(object.name)) state.notePermissionChange();
  });
}

export function bin(state: OrgState, table: Table, row: Row, actor: Actor, master: string | null = null): void {
  const now = state.now();
  const id = row['Id'] as string;
  const gone = {
    ...row,
    IsDeleted: true,
    LastModifiedDate: now,
    LastModifiedById: actor.userId,
    SystemModstamp: now,
    ...(master === null ? {} : { MasterRecordId: master }),
  };
  table.put(gone);
  state.noteDeleted(table.object.name, id, now);
  if (row['WhoId'] !== undefined || row['WhatId'] !== undefined) touchPeople(state, gone, row);
  ruleOf(table.object.name).removed?.(state, gone, actor);
  for (const [name, column] of CHILDREN[table.object.name] ?? []) {
    for (const child of liveChildren(state, name, column, id)) bin(state, state.tables.get(name), child, actor);
  }
}
