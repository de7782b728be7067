import { createHash } from 'node:crypto';
import type { Change } from '../../../src/domain/people/change.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import type { ApprovalLedger, Decided, Decision, Overtaken, WaitingPlan } from '../../../src/ports/approval.ts';
import { changesIn, inOrder, supersedeFollowers } from './changes.ts';
import { openFindings } from './findings.ts';
import { approvable, closeBreakerFindings, groupsOf, approve as letGo } from './gate.ts';
import { jsonbText } from './jsonb-text.ts';
import { byColumns } from './order.ts';
import type { ChangeRowState, ShownRow } from './rows.ts';
import { audit, setGoLive } from './settings.ts';
import type { State } from './state.ts';

/** See `ApprovalLedger.waitingPlan`. The same writes have the hash that the SQL ledger gives them. */
export function waitingPlan(state: State): WaitingPlan {
  const changes = approvable(state);
  const sum = changes.reduce((total, change) => total + numberOf(change), 0n);
  const hash = sha256(`${changes.length} ${sum}`).slice(0, 12);
  return { hash, changes: changes.length, groups: groupsOf(changes).map(({ run: _run, ...group }) => group) };
}

/** One number per change, from what is written over what, and not why. */
function numberOf({ kind, system, object, record_id: id, key_value: key, entity, steps }: ChangeRowState): bigint {
  const writes = steps
    .flat()
    .toSorted(byColumns(({ field }) => field))
    .map(({ field, before, after }) => jsonbText([field, before ?? null, after]));
  const text = [kind, system, object, id ?? key ?? entity, ...(writes.length === 0 ? [] : [writes.join(' ')])].join(
    ' ',
  );
  return BigInt(`0x${sha256(text).slice(0, 15)}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** See `ApprovalLedger.waitingChanges`. */
export function waitingChanges(state: State): Awaited<ReturnType<ApprovalLedger['waitingChanges']>> {
  return changesIn(state, 'planned').toSorted(inOrder).map(changeFrom);
}

/** See `ApprovalLedger.rememberShown`. One plan is kept: whoever approves an older one is shown a new one. */
export function rememberShown(state: State, plan: string, changes: readonly Change[]): void {
  forgetShown(state);
  for (const { kind, target, key, entity, steps } of changes) {
    const record = target.id ?? key?.value ?? entity;
    state.shown.put({ number: state.next(), plan, kind, system: target.system, object: target.object, record, steps });
  }
}

function forgetShown(state: State): void {
  for (const { number } of state.shown.all()) state.shown.drop(`${number}`);
}

/** See `ApprovalLedger.approve`. The first approval draws the go-live line, also where there is nothing to write. */
export function approve(state: State, decision: Decision): Decided {
  return decide(state, decision, 'approve', () => {
    setGoLive(state, decision.at);
    return letGo(state, approvable(state));
  });
}

/** See `ApprovalLedger.reject`. The finding remembers what was wanted, as that of a refused write does. */
export function reject(state: State, decision: Decision): Decided {
  const { by, why, at } = decision;
  return decide(state, decision, 'reject', () => {
    const taken = approvable(state);
    const first = new Map(taken.toReversed().map((row) => [subjectOf(row), row]));
    for (const [subject, row] of [...first].toSorted(byColumns(([name]) => name)))
      rememberRejected(state, subject, row, { by, why, at });
    for (const row of taken)
      state.changes.put({
        ...row,
        state: 'superseded',
        held: null,
        outcome_code: 'REJECTED',
        outcome_message: `${by}: ${why}`,
      });
    supersedeFollowers(
      state,
      taken.map(({ id }) => id),
    );
    return taken.length;
  });
}

function subjectOf({ system, object, record_id: id, key_value: key, entity }: ChangeRowState): string {
  return `${system}:${object}:${id ?? `(${key ?? entity})`}`;
}

type Said = { readonly by: string; readonly why: string; readonly at: Instant };

function rememberRejected(state: State, subject: string, row: ChangeRowState, { by, why, at }: Said): void {
  const { system, object, record_id: id, entity } = row;
  const [open] = state.findings.by('open', `PLAN_REJECTED ${subject}`);
  const before = open === undefined ? {} : (JSON.parse(String(open.detail['wanted'])) as Record<string, Value>);
  const wanted = Object.fromEntries(row.steps.flat().map(({ field, after }) => [field, after]));
  const detail = { system, object, id, by, why, wanted: jsonbText({ ...before, ...wanted }) };
  openFindings(state, [{ code: 'PLAN_REJECTED', subject, entity: open?.entity ?? entity, detail }], at);
}

/** What a person decides is what a person was shown: of anything else they are told what has changed. */
function decide(
  state: State,
  { plan: shown, by, why, at }: Decision,
  deed: 'approve' | 'reject',
  carryOut: () => number,
): Decided {
  const plan = waitingPlan(state);
  if (plan.hash !== shown) return { kind: 'moved', plan, overtaken: overtakenSince(state, shown) };
  const changes = carryOut();
  closeBreakerFindings(state, [], at);
  forgetShown(state);
  audit(state, { at, who: by, deed, detail: { plan: shown, changes, why } });
  return { kind: 'done', changes };
}

/** A person reads no more than this of what was overtaken; the count says how much there is. */
const MOST_TOLD = 20;

/** What was shown under this hash and would not be written now (law R13). `null` when another plan has been shown since. */
function overtakenSince(state: State, plan: string): Extract<Decided, { kind: 'moved' }>['overtaken'] {
  const shown = state.shown.all().filter((row) => row.plan === plan);
  if (shown.length === 0) return null;
  const standing = new Set(
    approvable(state)
      .map((row) => ({ ...row, record: row.record_id ?? row.key_value ?? row.entity }))
      .flatMap(writesOf)
      .map(textOf),
  );
  const overtaken = shown
    .toSorted(byColumns(({ number }) => number))
    .flatMap((row) => writesOf(row).toSorted(byColumns(({ field }) => field)))
    .filter((write) => !standing.has(textOf(write)))
    .map(({ kind: _kind, ...write }): Overtaken => {
      const now = state.sightings.get(`${write.system}:${write.object}:${write.record}`);
      return { ...write, found: now?.values[write.field] ?? null };
    });
  return { first: overtaken.slice(0, MOST_TOLD), all: overtaken.length };
}

type Write = Omit<Overtaken, 'found'> & Pick<Change, 'kind'>;

function writesOf({ kind, system, object, record, steps }: Omit<ShownRow, 'number' | 'plan'>): readonly Write[] {
  return steps.flat().map(({ field, before, after }) => ({
    kind,
    system,
    object,
    record,
    field,
    before: before ?? null,
    planned: after,
  }));
}

function textOf({ kind, system, object, record, field, before, planned }: Write): string {
  return JSON.stringify([kind, system, object, record, field, before, planned]);
}
