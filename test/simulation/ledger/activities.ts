import type { Activity } from '../../../src/domain/people/activity.ts';
import type { ActivityRow } from '../../../src/ledger/activities.ts';
import type { RecordColumns } from '../../../src/ledger/records.ts';
import type { SightingRow } from '../../../src/ledger/sighting-rows.ts';
import { markDirty } from './dirtiness.ts';
import { byColumns, distinct, isSameJson } from './order.ts';
import { nameIn, type SightingState } from './rows.ts';
import type { State } from './state.ts';
import { storable } from './storable.ts';

/** Which record an activity is about, in columns. */
type About = Pick<ActivityRow, 'about_system' | 'about_object' | 'about_id'>;

const NOBODY: About = { about_system: null, about_object: null, about_id: null };

/** These records are gone: a write met nothing there. */
export function activitiesGone(state: State, gone: readonly RecordColumns[]): void {
  for (const record of gone) {
    const activity = state.activities.get(nameIn(record));
    if (activity !== undefined) state.activities.put({ ...activity, deleted: true });
  }
}

/**
 * See `Ledger.noteActivities`. What was once resolved stays, whatever address is read later; all of a page are judged by what stood
 * before it.
 */
export function noteActivities(state: State, activities: readonly Activity[]): void {
  const newest = new Map(activities.map((activity) => [nameOf(activity), activity]));
  const touched: About[] = [];
  const stored: ActivityRow[] = [];
  for (const [name, activity] of newest) {
    const before = state.activities.get(name);
    const row = rowFrom(activity, before, state);
    if (before !== undefined && isSameJson(before, row)) continue;
    stored.push(row);
    touched.push(row, ...(before === undefined ? [] : [before]));
  }
  for (const row of stored) state.activities.put(row);
  touched.push(...stored.flatMap((row) => state.activities.get(`${row.system}:Task:${row.disowns}`) ?? []));
  const ours = new Set(stored.flatMap((row) => (row.our_task ? [row.source_id] : [])));
  const promised = ours.size === 0 ? [] : state.clocks.all().filter(({ task_id: task }) => ours.has(task ?? ''));
  markDirty(
    state,
    distinct([...touched.flatMap((about) => holderOf(state, about)), ...promised.map(({ entity }) => entity)]),
  );
}

function nameOf({ source }: Activity): string {
  return `${source.system}:${source.object}:${source.id}`;
}

function holderOf(
  state: State,
  { about_system: system, about_object: object, about_id: id }: About,
): readonly string[] {
  const entity = state.links.get(`${system}:${object}:${id}`)?.entity;
  return entity === undefined ? [] : [entity];
}

function rowFrom(activity: Activity, before: ActivityRow | undefined, state: State): ActivityRow {
  const { source, about, email } = activity;
  return {
    system: source.system,
    object: source.object,
    source_id: source.id,
    kind: activity.kind,
    happened_at: activity.at,
    logged_at: activity.loggedAt,
    ...(about === null
      ? resolved(state, email, before)
      : { about_system: about.system, about_object: about.object, about_id: about.id }),
    about_email: email ?? null,
    done_by: activity.by,
    direction: activity.direction,
    what: activity.what === null ? null : String(storable(activity.what)),
    counts_as_contact: activity.countsAsContact,
    our_task: activity.ourTask,
    closed: activity.closed,
    deleted: activity.deleted,
    disowns: activity.disowns ?? null,
  };
}

/** Whom an address means: whoever it meant before, else the oldest live contact that bears it. */
function resolved(state: State, email: string | undefined, before: ActivityRow | undefined): About {
  if (email === undefined) return NOBODY;
  if (before !== undefined && before.about_id !== null) {
    const { about_system, about_object, about_id } = before;
    return { about_system, about_object, about_id };
  }
  const [oldest] = state.sightings.by('email', email).filter(isLiveContact).toSorted(byAge);
  return oldest === undefined ? NOBODY : aboutContact(oldest.record_id);
}

function isLiveContact({ system, object, deleted }: SightingRow): boolean {
  return system === 'hubspot' && object === 'contacts' && !deleted;
}

const byAge = byColumns<SightingRow | SightingState>(
  (row) => row.created_at,
  (row) => row.record_id,
);

function aboutContact(id: string): About {
  return { about_system: 'hubspot', about_object: 'contacts', about_id: id };
}

/** Does a mail say of this Task that it is none of a rep's? */
export function isDisowned(state: State, { system, object, source_id }: ActivityRow): boolean {
  return object === 'Task' && state.activities.by('disowns', `${system}:${source_id}`).length > 0;
}

/** Contacts that bear an address for the first time: what named only that address was about them. */
export function resolveActivities(state: State, records: readonly SightingRow[]): void {
  const oldestOf = new Map<string, string>();
  for (const row of records.filter(isLiveContact).toSorted(byAge))
    if (row.email !== null && !oldestOf.has(row.email)) oldestOf.set(row.email, row.record_id);
  const found: About[] = [];
  for (const [email, id] of oldestOf) {
    for (const activity of state.activities.by('unresolved', email)) {
      state.activities.put({ ...activity, ...aboutContact(id) });
      found.push(aboutContact(id));
    }
  }
  markDirty(state, distinct(found.flatMap((about) => holderOf(state, about))));
}
