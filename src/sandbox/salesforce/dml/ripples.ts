import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';

/** Somebody else holds the record: a real org waits some seconds for it and then gives up like this. */
export function lockedRow(id: string): RowFault {
  return new RowFault('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);
}

const BELOW_ACCOUNT = new Set(['003', '006', '00T', '00U']);
const BELOW_OPPORTUNITY = new Set(['00K', '00k']);

/** A save below an account locks the account as well, and so meets other requests that are at it. */
export function lockAccount(state: OrgState, after: Row, before: Row | undefined): void {
  if (!state.switches.accountLocks) return;
  for (const row of before === undefined ? [after] : [after, before]) {
    const prefix = (row['Id'] as string).slice(0, 3);
    const deal = BELOW_OPPORTUNITY.has(prefix) ? state.tables.row(row['OpportunityId'] as string) : undefined;
    const account = BELOW_ACCOUNT.has(prefix) ? row['AccountId'] : deal?.['AccountId'];
    if (typeof account === 'string' && !state.locks.take(account)) throw lockedRow(account);
  }
}

/**
 * An activity was logged, changed or closed: the person, the account and the deal it hangs on are stamped by the system. Their
 * last modifier stays who it was, which is why a reader must compare values and not stamps.
 */
export function touchPeople(state: OrgState, after: Row, before: Row | undefined): void {
  const ids = new Set<string>();
  for (const row of [after, before]) {
    for (const column of ['WhoId', 'WhatId', 'AccountId']) {
      const id = row?.[column];
      if (typeof id === 'string') ids.add(id);
    }
  }
  for (const id of ids) touchPerson(state, id, after['IsDeleted'] === true ? null : countedDay(after));
}

/** Events count with their day; a task counts once it is closed. */
function countedDay(row: Row): string | null {
  const isTask = (row['Id'] as string).startsWith('00T');
  if (isTask && row['IsClosed'] !== true) return null;
  return (row['ActivityDate'] as string | null | undefined) ?? null;
}

function touchPerson(state: OrgState, id: string, day: string | null): void {
  const table = state.tables.byId(id);
  const row = table?.get(id);
  if (table === undefined || row === undefined || row['IsDeleted'] === true) return;
  if (state.tables.isHeld(id)) throw lockedRow(id);
  const known = (row['LastActivityDate'] as string | null | undefined) ?? null;
  const latest = day === null || (known !== null && known > day) ? known : day;
  // A planted activity may be older than the person's last change, and a stamp never goes back.
  const stamp = Math.max(state.now(), row['SystemModstamp'] as number);
  table.put({ ...row, LastActivityDate: latest, SystemModstamp: stamp });
}
