import { RowFault } from '../failure.ts';
import type { Cell, Row } from '../schema/field.ts';
import { TASK_PRIORITY_HIGH, TASK_STATUS_CLOSED } from '../schema/picklists.ts';
import { tokyoDay } from '../stamps.ts';
import type { OrgState } from '../state.ts';

const MINUTE_MS = 60_000;

/** Fills the columns that the platform works out from the others. `row` is what is about to be stored. */
export function derive(state: OrgState, object: string, row: Row, before: Row | undefined): Row {
  if (object === 'Lead' || object === 'Contact' || object === 'User') return { ...row, Name: personName(row) };
  if (object === 'Task') return deriveTask(state, row, before);
  if (object === 'Event') return deriveEvent(state, row);
  return row;
}

/** A Japanese org shows the family name first. */
function personName(row: Row): Cell {
  return [row['LastName'], row['FirstName']].filter((part) => typeof part === 'string').join(' ');
}

function deriveTask(state: OrgState, row: Row, before: Row | undefined): Row {
  checkWhoAndWhat(row);
  const isClosed = row['Status'] === TASK_STATUS_CLOSED;
  const wasClosed = before?.['IsClosed'] === true;
  const completed = !isClosed ? null : wasClosed ? (before['CompletedDateTime'] ?? null) : state.now();
  return {
    ...row,
    IsClosed: isClosed,
    IsHighPriority: row['Priority'] === TASK_PRIORITY_HIGH,
    CompletedDateTime: completed,
    AccountId: accountOf(state, row),
  };
}

function deriveEvent(state: OrgState, row: Row): Row {
  checkWhoAndWhat(row);
  if (row['IsAllDayEvent'] === true) {
    const day = row['ActivityDate'] ?? startDay(row);
    if (day === null) throw missing(['ActivityDate']);
    return { ...row, ActivityDate: day, EndDate: day, AccountId: accountOf(state, row) };
  }
  const start = (row['StartDateTime'] ?? row['ActivityDateTime'] ?? null) as number | null;
  const minutes = (row['DurationInMinutes'] ?? null) as number | null;
  const given = (row['EndDateTime'] ?? null) as number | null;
  const end = given ?? (start === null || minutes === null ? null : start + minutes * MINUTE_MS);
  if (start === null || end === null) throw missing([start === null ? 'StartDateTime' : 'EndDateTime']);
  if (end < start) {
    throw new RowFault('FIELD_INTEGRITY_EXCEPTION', '終了日時は開始日時より前にできません: 期間', [
      'DurationInMinutes',
    ]);
  }
  return {
    ...row,
    StartDateTime: start,
    ActivityDateTime: start,
    EndDateTime: end,
    DurationInMinutes: Math.round((end - start) / MINUTE_MS),
    ActivityDate: tokyoDay(start),
    EndDate: tokyoDay(end),
    AccountId: accountOf(state, row),
  };
}

function startDay(row: Row): string | null {
  const start = row['StartDateTime'] ?? row['ActivityDateTime'];
  return typeof start === 'number' ? tokyoDay(start) : null;
}

/** An activity of a Lead hangs on the Lead alone. */
function checkWhoAndWhat(row: Row): void {
  const who = row['WhoId'];
  if (typeof who !== 'string' || !who.startsWith('00Q') || row['WhatId'] === null || row['WhatId'] === undefined)
    return;
  throw new RowFault(
    'FIELD_INTEGRITY_EXCEPTION',
    '関連先は指定できません: リードに関連する活動には関連先を設定できません。',
    ['WhatId'],
  );
}

/** What the activity is about names the account; without that, the person does. */
export function accountOf(state: OrgState, row: Row): Cell {
  const what = row['WhatId'];
  if (typeof what === 'string' && what.startsWith('001')) return what;
  if (typeof what === 'string' && what.startsWith('006')) return state.tables.row(what)?.['AccountId'] ?? null;
  const who = row['WhoId'];
  return typeof who === 'string' && who.startsWith('003') ? (state.tables.row(who)?.['AccountId'] ?? null) : null;
}

export function missing(fields: readonly string[]): RowFault {
  return new RowFault('REQUIRED_FIELD_MISSING', `Required fields are missing: [${fields.join(', ')}]`, fields);
}
