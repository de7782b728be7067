import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';
import type { Actor } from './actor.ts';
import { touchPeople } from './ripples.ts';
import { checkLock, demand, gone } from './write.ts';

/** What goes to the bin together with its parent. */
const CHILDREN: Record<string, readonly (readonly [object: string, column: string])[]> = {
  Lead: [
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
  ],
  Contact: [
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
  ],
  Account: [
    ['Contact', 'AccountId'],
    ['Task', 'AccountId'],
    ['Event', 'AccountId'],
  ],
};

/** Moves a record and its children to the bin, where queryAll still sees them for 15 days. */
export function removeRecord(state: OrgState, table: Table, id: string, actor: Actor): void {
  const { object } = table;
  demand(object, 'Delete', actor);
  const row = table.get(id);
  if (row === undefined) throw gone();
  if (row['IsDeleted'] === true) throw new RowFault('ENTITY_IS_DELETED', 'entity is deleted');
  checkLock(state, id, actor);
  state.tables.transaction(() => {
    if (!object.hasBin) {
      table.drop(id);
      if (object.name !== 'CustomField') state.notePermissionChange();
      return;
    }
    bin(state, table, row, actor);
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
  for (const [name, column] of CHILDREN[table.object.name] ?? []) {
    const children = state.tables.get(name);
    for (const child of children.values()) {
      if (child[column] === id && child['IsDeleted'] !== true) bin(state, children, child, actor);
    }
  }
}
