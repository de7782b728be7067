import { createHash } from 'node:crypto';
import type { Hold } from '../../../src/domain/people/change.ts';
import type { Finding } from '../../../src/domain/people/person.ts';
import { recordName } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { BreakerLimits, Gate, Released, WriteGroup } from '../../../src/ports/approval.ts';
import { changesIn, inOrder, isPaused } from './changes.ts';
import { closeFindings, openFindings } from './findings.ts';
import { byColumns } from './order.ts';
import { type ChangeRowState, type EntityState, nameIn } from './rows.ts';
import type { State } from './state.ts';

/** A share says nothing of a handful: from this many changes on it counts. */
const SHARE_COUNTS_FROM = 50;

/** A group of waiting writes: the newest run that has one in it, and how many live records of the object there are (0: not counted). */
type Group = WriteGroup & { readonly run: string; readonly live: number };

/** See `ApprovalLedger.releasePlanned`. */
export function releasePlanned(state: State, gate: Gate, at: Instant): Released | null {
  if (gate.kind !== 'open' && state.entities.by('dirty', 'yes').length > 0) return null;
  holdOutsiders(state, gate.rolloutPercent);
  if (gate.kind === 'closed') {
    for (const row of approvable(state)) state.changes.put({ ...row, held: 'first-run' });
    return { approved: 0, held: heldNow(state) };
  }
  const tripped = gate.kind === 'open' ? [] : trippedGroups(state, gate);
  openFindings(state, tripped.map(findingOf), at);
  closeBreakerFindings(state, tripped.map(subjectOf), at);
  const isTripped = (row: ChangeRowState) => tripped.some((group) => isIn(row, group));
  for (const row of approvable(state)) if (isTripped(row)) state.changes.put({ ...row, held: 'breaker' });
  const approved = approve(
    state,
    approvable(state).filter((row) => !isTripped(row)),
  );
  return { approved, held: heldNow(state) };
}

/** All that is planned, but for people whom the rollout has not reached; in the order of planning. */
export function approvable(state: State): readonly ChangeRowState[] {
  return changesIn(state, 'planned')
    .filter(({ held }) => held !== 'rollout')
    .toSorted(inOrder);
}

/** Approved, or parked while writing is paused. */
export function approve(state: State, changes: readonly ChangeRowState[]): number {
  const to = isPaused(state) ? 'parked' : 'approved';
  for (const row of changes) state.changes.put({ ...row, state: to, held: null });
  return changes.length;
}

/** How many planned changes there are, by what holds them. */
export function heldNow(state: State): Readonly<Record<Hold, number>> {
  const planned = changesIn(state, 'planned');
  const count = (hold: Hold) => planned.filter(({ held }) => held === hold).length;
  return { 'first-run': count('first-run'), breaker: count('breaker'), rollout: count('rollout') };
}

/** Holds what is planned for people whom the rollout has not reached, and lets go of those whom it has reached by now. */
function holdOutsiders(state: State, percent: number): void {
  const below = Math.round(percent * 100);
  for (const row of changesIn(state, 'planned')) {
    const entity = state.entities.get(row.entity);
    const isReached = below >= 10_000 || (entity !== undefined && reaches(state, entity, below));
    if (isReached !== (row.held !== 'rollout')) state.changes.put({ ...row, held: isReached ? null : 'rollout' });
  }
}

/** A deal or a company is reached with the first of its people; one that has none, by its own id. */
function reaches(state: State, { id, kind }: EntityState, below: number): boolean {
  if (kind === 'agreement') return true;
  const people = kind === 'person' ? [] : peopleOf(state, id);
  return (people.length === 0 ? [id] : people).some((each) => shareOf(each) < below);
}

/** Those who work for it, or take part in it, by what its current records show. */
function peopleOf(state: State, id: string): readonly string[] {
  const current = state.links.by('entity', id).filter(({ role }) => role === 'current');
  return current.map(nameIn).flatMap((name) => {
    const workers = state.ties.by('to', name).flatMap(({ kind, from }) => (kind === 'employer' ? [from] : []));
    const others = state.ties.by('from', name).flatMap(({ kind, to }) => (kind === 'participant' ? [to] : []));
    return [...workers, ...others].flatMap((record) => state.links.get(recordName(record))?.entity ?? []);
  });
}

/** Where an id stands among all, in hundredths of a percent, as `tasuki.share_of` says. */
function shareOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) % 10_000;
}

/** Waiting writes by what they write: updates of one field of an object, or all new records of it; the largest first. */
export function groupsOf(changes: readonly ChangeRowState[]): readonly (WriteGroup & { readonly run: string })[] {
  const groups = new Map<string, WriteGroup & { readonly run: string }>();
  for (const { system, object, run, kind, steps } of changes) {
    const fields = kind === 'create' ? [null] : new Set(steps.flat().map(({ field }) => field));
    for (const field of fields) {
      const name = `${system} ${object} ${field ?? '+'}`;
      groups.set(name, { system, object, field, run, changes: (groups.get(name)?.changes ?? 0) + 1 });
    }
  }
  return [...groups.values()].toSorted(
    byColumns(
      (group) => -group.changes,
      ({ system }) => system,
      ({ object }) => object,
      ({ field }) => field,
    ),
  );
}

/** Groups that break a limit, or that broke one and have been waiting for a person since. */
function trippedGroups(state: State, { changes: most, percent }: BreakerLimits): readonly Group[] {
  const liveOf = ({ system, object, changes }: WriteGroup) =>
    changes >= SHARE_COUNTS_FROM && percent < 100
      ? state.sightings.all().filter((row) => row.system === system && row.object === object && !row.deleted).length
      : 0;
  return groupsOf(approvable(state))
    .map((group) => ({ ...group, live: liveOf(group) }))
    .filter(
      (group) =>
        group.changes > most ||
        group.changes * 100 > (group.live === 0 ? Infinity : group.live * percent) ||
        state.findings.by('open', `BREAKER_TRIPPED ${subjectOf(group)}`).length > 0,
    );
}

/** A new record is in a group by its kind, an update by any of its fields. */
function isIn({ system, object, kind, steps }: ChangeRowState, group: Group): boolean {
  if (system !== group.system || object !== group.object) return false;
  if (group.field === null) return kind === 'create';
  return kind === 'update' && steps.flat().some(({ field }) => field === group.field);
}

/** Those of groups that wait no longer are over. */
export function closeBreakerFindings(state: State, standing: readonly string[], at: Instant): void {
  closeFindings(
    state,
    state.findings.by('code', 'BREAKER_TRIPPED').filter(({ subject }) => !standing.includes(subject)),
    at,
  );
}

function findingOf(group: Group): Finding {
  const { system, object, field, run, changes, live } = group;
  const percent = live === 0 ? null : Math.round((changes * 100) / live);
  return {
    code: 'BREAKER_TRIPPED',
    subject: subjectOf(group),
    detail: { system, object, field, changes, percent, run },
  };
}

/** `hubspot:contacts:jobtitle`; new records are `salesforce:Task:+`. */
function subjectOf({ system, object, field }: WriteGroup): string {
  return `${system}:${object}:${field ?? '+'}`;
}
