import { RowFault } from '../failure.ts';
import type { Row } from '../schema/field.ts';
import { MAIL_DRAFT, TASK_STATUS_CLOSED } from '../schema/picklists.ts';
import { tokyoDay } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import { accountOf, missing } from './derive.ts';
import { mirror, rewrite } from './rewrite.ts';
import { touchPeople } from './ripples.ts';
import type { Rule, Saving } from './saving.ts';

export const mailRule: Rule = { prepare: refuseRewriting, derive: dated, after: addTask };
export const mailRelationRule: Rule = { prepare: addressed, after: nameThePerson };

/** A mail that left or arrived is a fact: only its visibility and the customer's own fields may change, and New to Read. */
function refuseRewriting({ object, row, before, changed, actor }: Saving): Row {
  if (before === undefined || before['Status'] === MAIL_DRAFT || actor.past) return row;
  const wasRead = before['Status'] === '0' && row['Status'] === '1';
  const closed = changed.filter((name) => {
    const isOpen = name === 'IsExternallyVisible' || (name === 'Status' && wasRead);
    return !isOpen && object.field(name)?.custom !== true && (row[name] ?? null) !== (before[name] ?? null);
  });
  if (closed.length === 0) return row;
  throw new RowFault('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', closed);
}

function dated({ state, row }: Saving): Row {
  return { ...row, MessageDate: row['MessageDate'] ?? state.now() };
}

/** The list of activities shows mails as closed tasks of their own subtype; Salesforce makes them by itself. */
function addTask({ state, row, before, create }: Saving): void {
  const leaves = row['Status'] !== MAIL_DRAFT && (before === undefined || before['Status'] === MAIL_DRAFT);
  if (!leaves || !state.switches.mailTasks || typeof row['ActivityId'] === 'string') return;
  const task = create('Task', {
    Subject: `メール: ${String(row['Subject'] ?? '')}`.slice(0, 255),
    TaskSubtype: 'Email',
    Status: TASK_STATUS_CLOSED,
    ActivityDate: tokyoDay(row['MessageDate'] as number),
    Description: row['TextBody'] ?? null,
    WhatId: row['RelatedToId'] ?? null,
  });
  mirror(state, row['Id'] as string, { ActivityId: task });
}

/** Whoever is named by record only gets the address of that record. */
function addressed({ state, row, before }: Saving): Row {
  if (before !== undefined && before['RelationId'] === row['RelationId']) return row;
  const id = row['RelationId'];
  if (typeof id !== 'string') {
    if ((row['RelationAddress'] ?? null) === null) throw missing(['RelationAddress']);
    return { ...row, RelationObjectType: null };
  }
  const object = state.tables.byId(id)?.object.name ?? null;
  const address = row['RelationAddress'] ?? state.tables.row(id)?.['Email'] ?? null;
  return { ...row, RelationObjectType: object, RelationAddress: address };
}

/** The task of a mail hangs on the first person whom it reached, or who sent it in. */
function nameThePerson({ state, row, actor }: Saving): void {
  const who = row['RelationId'];
  const mail = state.tables.row(row['EmailMessageId'] as string);
  const task = mail === undefined ? undefined : taskOf(state, mail);
  if (typeof who !== 'string' || who.startsWith('005') || task === undefined) return;
  const wanted = mail?.['Incoming'] === true ? 'FromAddress' : 'ToAddress';
  const isLeadOfDeal = who.startsWith('00Q') && (task['WhatId'] ?? null) !== null;
  if (row['RelationType'] !== wanted || (task['WhoId'] ?? null) !== null || isLeadOfDeal) return;
  const named = { ...task, WhoId: who };
  const after = { ...named, AccountId: accountOf(state, named) };
  rewrite(state, task, { WhoId: who, AccountId: after.AccountId }, actor.userId);
  touchPeople(state, after, task);
}

function taskOf(state: OrgState, mail: Row): Row | undefined {
  const id = mail['ActivityId'];
  return typeof id === 'string' ? state.tables.row(id) : undefined;
}
