import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import { tokyoDay } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { convertedLead } from './references.ts';
import { bin } from './remove.ts';
import { checkUnique } from './unique.ts';
import { createRecord, gone } from './write.ts';

export type Converted = { accountId: string; contactId: string };

const CARRIED = [
  'LastName',
  'FirstName',
  'Salutation',
  'Phone',
  'MobilePhone',
  'Email',
  'Title',
  'LeadSource',
  'DoNotCall',
  'HasOptedOutOfEmail',
];

/** A lead becomes an account and a contact. The lead stays, read-only, and its activities follow the contact. */
export function convertLead(state: OrgState, id: string, actor: Actor): Converted {
  const leads = state.tables.get('Lead');
  const lead = liveRow(leads, id);
  if (lead['IsConverted'] === true) throw convertedLead();
  return state.tables.transaction(() => {
    const ownerId = String(lead['OwnerId']).startsWith('00G') ? actor.userId : (lead['OwnerId'] ?? null);
    const account = {
      Name: lead['Company'],
      Industry: lead['Industry'] ?? null,
      Phone: lead['Phone'] ?? null,
      OwnerId: ownerId,
    };
    const accountId = createRecord(state, state.tables.get('Account'), account, actor);
    const carried = Object.fromEntries(CARRIED.map((name) => [name, lead[name] ?? null]));
    const contact = { ...carried, AccountId: accountId, OwnerId: ownerId };
    const contactId = createRecord(state, state.tables.get('Contact'), contact, actor);
    const now = state.now();
    leads.put({
      ...lead,
      ...stamped(now, actor),
      IsConverted: true,
      ConvertedDate: tokyoDay(now),
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
    });
    repoint(state, id, { WhoId: contactId, AccountId: accountId }, actor);
    return { accountId, contactId };
  });
}

/** The loser goes to the bin with a pointer to the winner; what hung on it hangs on the winner now. */
export function mergeRecords(
  state: OrgState,
  table: Table,
  ids: { winner: string; loser: string },
  actor: Actor,
): void {
  if (table.object.traits.mergeable !== true) {
    throw new RowFault('INVALID_TYPE', `entity type cannot be merged: ${table.object.name}`);
  }
  const [winner, loser] = [liveRow(table, ids.winner), liveRow(table, ids.loser)];
  state.tables.transaction(() => {
    repoint(state, ids.loser, { WhoId: ids.winner }, actor);
    bin(state, table, loser, actor, ids.winner);
    table.put({ ...winner, ...stamped(state.now(), actor) });
  });
}

/** Takes a record out of the bin again, unless another has taken its key meanwhile. */
export function undeleteRecord(state: OrgState, table: Table, id: string, actor: Actor): void {
  const row = table.get(id);
  if (row === undefined) throw gone();
  if (row['IsDeleted'] !== true) throw new RowFault('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  checkUnique(state, table.object, row, Object.keys(row));
  table.put({ ...row, ...stamped(state.now(), actor), IsDeleted: false });
}

function repoint(state: OrgState, from: string, to: Row, actor: Actor): void {
  for (const name of ['Task', 'Event']) {
    const activities = state.tables.get(name);
    for (const row of activities.values()) {
      if (row['WhoId'] === from && row['IsDeleted'] !== true)
        activities.put({ ...row, ...to, ...stamped(state.now(), actor) });
    }
  }
}

function stamped(now: number, actor: Actor): Row {
  return { LastModifiedDate: now, LastModifiedById: actor.userId, SystemModstamp: now };
}

function liveRow(table: Table, id: string): Row {
  const row = table.get(id);
  if (row === undefined) throw gone();
  if (row['IsDeleted'] === true) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
  return row;
}
