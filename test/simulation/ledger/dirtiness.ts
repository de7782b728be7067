import { recordName } from '../../../src/domain/people/record.ts';
import type { Tie } from '../../../src/domain/people/tie.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { columnsOf, type RecordColumns } from '../../../src/ledger/records.ts';
import { distinct } from './order.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';

/** Whoever became another is called by the other's name; ids that nobody has are nobody's. */
export function markDirty(state: State, ids: readonly string[]): void {
  const standing = ids.flatMap((id) => {
    const entity = state.entities.get(id);
    return entity === undefined ? [] : [entity.merged_into ?? id];
  });
  for (const id of distinct(standing)) {
    const entity = state.entities.get(id);
    if (entity !== undefined) state.entities.put({ ...entity, dirty_version: entity.dirty_version + 1 });
  }
}

/** Makes everyone dirty who is, or was, one of these records. */
export function markDirtyByRecord(state: State, records: readonly RecordColumns[]): void {
  markDirty(state, entitiesOf(state, records.map(nameIn)));
}

/** The same, and whoever is planned by looking at these records, which now hold something else. */
export function markDirtyAround(state: State, records: readonly RecordColumns[]): void {
  markDirtyByRecord(state, records);
  markReaders(state, records, (tie) => tie.kind === 'participant');
}

/** Whoever is planned by looking at records that came, went, or changed hands: a company counts those who point at it, too. */
export function markNeighboursDirty(state: State, records: readonly RecordColumns[]): void {
  markReaders(state, records, (tie) => tie.kind !== 'became');
}

/** Both ends of ties that appeared or vanished. */
export function markTiedDirty(state: State, ties: readonly Tie[]): void {
  const between = ties.filter(({ kind }) => kind !== 'became');
  markDirtyByRecord(
    state,
    between.flatMap(({ from, to }) => [columnsOf(from), columnsOf(to)]),
  );
}

/** Everyone who points at one of these records, or at another of the same entity; and, of some ties, everyone they point at. */
function markReaders(state: State, records: readonly RecordColumns[], reads: (tie: Tie) => boolean): void {
  const moved = new Set(records.map(nameIn));
  for (const name of records.map(nameIn)) {
    const link = state.links.get(name);
    for (const every of link === undefined ? [] : state.links.by('entity', link.entity)) moved.add(nameIn(every));
  }
  const ends = [...moved].flatMap((name) => [
    ...state.ties.by('to', name).flatMap((tie) => (tie.kind === 'became' ? [] : [recordName(tie.from)])),
    ...state.ties.by('from', name).flatMap((tie) => (reads(tie) ? [recordName(tie.to)] : [])),
  ]);
  markDirty(state, entitiesOf(state, ends));
}

/** Whose these records are, each once. */
function entitiesOf(state: State, names: readonly string[]): readonly string[] {
  return distinct(names.flatMap((name) => state.links.get(name)?.entity ?? []));
}

/** What was refused a day ago may be taken today. */
const REFUSED_WAITS_MS = 24 * 60 * 60 * 1000;

/** See `Ledger.wakeClocks`. */
export function wakeClocks(state: State, at: Instant): number {
  const waking = state.clocks.all().filter(({ wake_at }) => wake_at !== null && wake_at <= at);
  const lapsed = state.clocks.by('state', 'lapsed').filter((clock) => clock.task_state === null);
  const refused = state.findings
    .by('code', 'WRITE_REFUSED')
    .filter(({ detail }) => isNumber(detail['refusedAt']) && detail['refusedAt'] <= at - REFUSED_WAITS_MS);
  const settled = state.findings
    .by('code', 'CONFLICT')
    .filter(({ detail }) => isNumber(detail['settlesAt']) && detail['settlesAt'] <= at);
  const turned = state.entities.all().filter((entity) => entity.wake_at !== null && entity.wake_at <= at);
  const named = [...waking, ...lapsed, ...refused, ...settled].flatMap(({ entity }) => entity ?? []);
  const due = distinct([...named, ...turned.map(({ id }) => id)]);
  markDirty(state, due);
  return due.length;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** See `Ledger.meetAgreement`. */
export function meetAgreement(state: State, at: Instant): void {
  if (state.entities.get('agreement') !== undefined) return;
  const fresh = { created_at: at, dirty_version: 1, planned_version: 0, merged_into: null, wake_at: null };
  state.entities.put({ id: 'agreement', kind: 'agreement', number: state.next(), ...fresh, judged_under: null });
}

/** See `Ledger.wakeEveryone`. */
export function wakeEveryone(state: State): void {
  for (const { id, merged_into: other } of state.entities.all()) if (other === null) markDirty(state, [id]);
}
