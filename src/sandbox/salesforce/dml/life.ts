import { notEmulated, RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { personOf } from './campaign.ts';
import { gone, liveRow } from './guards.ts';
import { noteEntry } from './history.ts';
import { bin, CHILDREN } from './remove.ts';
import { editStamps, liveChildren, rewrite } from './rewrite.ts';
import { checkUnique } from './unique.ts';

/** The loser goes to the bin with a pointer to the winner; what hung on it hangs on the winner now. */
export function mergeRecords(
  state: OrgState,
  table: Table,
  ids: { winner: string; loser: string },
  actor: Actor,
): void {
  const { name, traits } = table.object;
  if (traits.mergeable !== true) throw new RowFault('INVALID_TYPE', `entity type cannot be merged: ${name}`);
  const [winner, loser] = [liveRow(table, ids.winner), liveRow(table, ids.loser)];
  if (winner['IsPersonAccount'] === true || loser['IsPersonAccount'] === true) {
    throw notEmulated('a merge of person accounts', 'src/sandbox/salesforce/dml/life.ts');
  }
  state.tables.transaction(() => {
    dropDoubleMembers(state, name, ids, actor);
    for (const [row, column] of pointingAt(state, name, ids.loser)) {
      const person = column === 'LeadId' || column === 'ContactId' ? personOf({ ...row, [column]: ids.winner }) : {};
      const isMember = (row['Id'] as string).startsWith('00v');
      rewrite(state, row, { [column]: ids.winner, ...(isMember ? person : {}) }, actor.userId);
    }
    bin(state, table, loser, actor, ids.winner);
    rewrite(state, liveRow(table, ids.winner), {}, actor.userId);
    noteEntry(state, name, ids.winner, { field: `${name.toLowerCase()}Merged`, by: actor.userId });
  });
}

/** What tells where a record came from keeps telling it; histories end with their record. */
const KEPT = new Set([
  'MasterRecordId',
  'ConvertedAccountId',
  'ConvertedContactId',
  'ConvertedOpportunityId',
  'LeadOrContactId',
]);

function pointingAt(state: OrgState, object: string, id: string): [row: Row, column: string][] {
  const found: [Row, string][] = [];
  for (const { object: child } of state.tables.all()) {
    if (child.name.endsWith('History')) continue;
    for (const field of child.fields) {
      if (field.referenceTo?.includes(object) !== true || KEPT.has(field.name)) continue;
      for (const row of liveChildren(state, child.name, field.name, id)) found.push([row, field.name]);
    }
  }
  return found;
}

/** Nobody is a member of one campaign twice: the loser's membership is given up. */
function dropDoubleMembers(
  state: OrgState,
  object: string,
  { winner, loser }: { winner: string; loser: string },
  actor: Actor,
): void {
  if (object === 'Account') return;
  const column = `${object}Id`;
  const joined = liveChildren(state, 'CampaignMember', column, winner).map(({ CampaignId }) => CampaignId);
  for (const member of liveChildren(state, 'CampaignMember', column, loser)) {
    if (joined.includes(member['CampaignId'])) bin(state, state.tables.get('CampaignMember'), member, actor);
  }
}

/** Takes a record and what went with it out of the bin again, unless another has taken its key meanwhile. */
export function undeleteRecord(state: OrgState, table: Table, id: string, actor: Actor): void {
  const row = table.get(id);
  if (row === undefined) throw gone();
  if (row['IsDeleted'] !== true) throw new RowFault('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  state.tables.transaction(() => restore(state, table, row, actor));
}

function restore(state: OrgState, table: Table, row: Row, actor: Actor): void {
  const since = row['SystemModstamp'];
  checkUnique(state, table.object, row, Object.keys(row));
  const pointer = 'MasterRecordId' in row ? { MasterRecordId: null } : {};
  table.put({ ...row, ...pointer, ...editStamps(state, actor.userId), IsDeleted: false });
  for (const [name, column] of CHILDREN[table.object.name] ?? []) {
    const children = state.tables.get(name);
    for (const child of children.values()) {
      // What was deleted by itself before stays in the bin.
      const wentAlong = child[column] === row['Id'] && child['IsDeleted'] === true && child['SystemModstamp'] === since;
      if (wentAlong) restore(state, children, child, actor);
    }
  }
}
