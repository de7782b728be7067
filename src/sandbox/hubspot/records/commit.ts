import type { HubSpotPortal } from '../portal.ts';
import { isoText } from '../time-texts.ts';
import type { Draft, WriteContext } from './draft.ts';
import type { ObjectSpace } from './object-space.ts';
import { applyValues, type ChangeSource, type StoredRecord } from './record.ts';

/** Does what a draft says: stores it, keeps the unique values in step, and lets search know in its own time. */
export function commit(portal: HubSpotPortal, space: ObjectSpace, draft: Draft, context: WriteContext): StoredRecord {
  const at = portal.clock.now();
  const edit = withOwnerStamps(portal, draft, at);
  const { target } = draft;
  if (target === undefined) {
    const record = birth(portal.nextId(), edit, { at, source: context.source });
    space.store.add(record);
    space.store.claim(record.snapshot, space.registry.uniqueNames());
    portal.showLater(space, record.snapshot);
    return record;
  }
  const unique = space.registry.uniqueNames();
  const before = target.snapshot;
  const isChanged = applyValues(target, edit, at, context.source);
  if (!isChanged && !portal.switches.noOpBumps) return target;
  target.snapshot = { ...target.snapshot, modifiedAt: at };
  space.store.release(before, unique);
  space.store.claim(target.snapshot, unique);
  portal.showLater(space, target.snapshot);
  return target;
}

/** A new record; everything it holds is as old as itself. */
export function birth(
  id: string,
  edit: ReadonlyMap<string, string>,
  { at, source }: { at: number; source: ChangeSource },
): StoredRecord {
  const values = new Map([...edit].filter(([, value]) => value !== ''));
  values.set('hs_object_source', source.type);
  values.set('hs_object_source_label', source.label ?? source.type);
  if (source.id !== undefined) values.set('hs_object_source_id', source.id);
  const snapshot = { id, number: Number(id), values, createdAt: at, modifiedAt: at, archivedAt: undefined };
  return { id, snapshot, bornAt: at, born: source, history: new Map() };
}

function withOwnerStamps(portal: HubSpotPortal, draft: Draft, at: number): ReadonlyMap<string, string> {
  const owner = draft.edit.get('hubspot_owner_id');
  if (owner === undefined || owner === (draft.target?.snapshot.values.get('hubspot_owner_id') ?? '')) return draft.edit;
  return new Map([
    ...draft.edit,
    ['hubspot_owner_assigneddate', isoText(at)],
    ['hs_all_owner_ids', owner],
    ['hubspot_team_id', portal.owners.teamOf(owner) ?? ''],
  ]);
}
