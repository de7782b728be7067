import { moveAssociations } from '../associations/associate.ts';
import { CONTACTS, type ObjectKind } from '../objects.ts';
import type { HubSpotPortal } from '../portal.ts';
import { invalid, notEmulated, resourceNotFound } from '../refusal.ts';
import { birth } from './commit.ts';
import { listed } from './derived.ts';
import type { ObjectSpace } from './object-space.ts';
import { applyValues, type ChangeSource, type StoredRecord } from './record.ts';

/**
 * Makes one record of two. The primary's values win, blanks are filled from the other, the other's e-mail becomes an
 * additional one and the further lifecycle stage stays. The other id vanishes without being archived; with
 * `mergeMakesNewId` so does the primary's, and a third id carries on.
 */
export function mergeRecords(
  portal: HubSpotPortal,
  space: ObjectSpace,
  ids: { primary: string; absorbed: string },
  source: ChangeSource,
): StoredRecord {
  const { plural, isMergeable } = space.kind;
  if (!isMergeable) throw notEmulated(`merging ${plural}`, 'records/merge.ts');
  const primary = space.store.getLive(ids.primary);
  const absorbed = space.store.getLive(ids.absorbed);
  if (primary === undefined || absorbed === undefined) throw resourceNotFound();
  if (primary === absorbed) throw invalid('Cannot merge a record with itself');

  const at = portal.clock.now();
  const values = mergedValues(space, primary, absorbed, portal.switches.mergeMakesNewId);
  for (const record of [primary, absorbed]) space.store.release(record.snapshot, space.registry.uniqueNames());
  vanish(space, absorbed, at, portal);
  const survivor = portal.switches.mergeMakesNewId ? replaced(portal, space, primary, at, source) : primary;
  applyValues(survivor, values, at, source);
  const createdAt = Math.min(primary.snapshot.createdAt, absorbed.snapshot.createdAt);
  survivor.snapshot = { ...survivor.snapshot, createdAt, modifiedAt: at };
  space.store.claim(survivor.snapshot, space.registry.uniqueNames());
  for (const id of [primary.id, absorbed.id]) {
    if (id === survivor.id) continue;
    space.store.noteAbsorbed(id, survivor.id);
    moveAssociations(portal, { object: plural, id }, { object: plural, id: survivor.id });
  }
  portal.showLater(space, survivor.snapshot);
  return survivor;
}

function mergedValues(
  space: ObjectSpace,
  primary: StoredRecord,
  absorbed: StoredRecord,
  isNewId: boolean,
): Map<string, string> {
  const winner = primary.snapshot.values;
  const other = absorbed.snapshot.values;
  const values = new Map([...other].filter(([name, value]) => value !== '' && (winner.get(name) ?? '') === ''));
  // A stage is nothing without its pipeline.
  if ((winner.get('pipeline') ?? '') !== (other.get('pipeline') ?? '')) values.delete('dealstage');
  for (const [name, value] of alsoKnown(space.kind, winner, other)) values.set(name, value);
  const gone = [
    ...listed(winner.get('hs_merged_object_ids')),
    ...listed(other.get('hs_merged_object_ids')),
    absorbed.id,
  ];
  values.set('hs_merged_object_ids', (isNewId ? [...gone, primary.id] : gone).join(';'));
  const stages = (space.registry.get('lifecyclestage')?.options ?? []).map((option) => option.value);
  const stage = other.get('lifecyclestage') ?? '';
  if (stages.indexOf(stage) > stages.indexOf(winner.get('lifecyclestage') ?? '')) values.set('lifecyclestage', stage);
  return values;
}

/** The other's e-mails become additional ones, and the other's domains likewise. */
function alsoKnown(kind: ObjectKind, winner: Values, other: Values): [string, string][] {
  const [main, more] = kind === CONTACTS ? ['email', 'hs_additional_emails'] : ['domain', 'hs_additional_domains'];
  if ((winner.get(main) ?? '') === '') return [];
  const all = [...listed(winner.get(more)), other.get(main) ?? '', ...listed(other.get(more))];
  const named = [...new Set(all)].filter((name) => name !== '' && name !== winner.get(main));
  return named.length === 0 ? [] : [[more, named.join(';')]];
}

type Values = ReadonlyMap<string, string>;

/** Takes a record out of reads at once, and out of search as late as any other change. */
function vanish(space: ObjectSpace, record: StoredRecord, at: number, portal: HubSpotPortal): void {
  space.store.purge(record);
  portal.showLater(space, { ...record.snapshot, archivedAt: at });
}

function replaced(
  portal: HubSpotPortal,
  space: ObjectSpace,
  primary: StoredRecord,
  at: number,
  source: ChangeSource,
): StoredRecord {
  const survivor = birth(portal.nextId(), primary.snapshot.values, { at, source });
  for (const [name, versions] of primary.history) survivor.history.set(name, versions);
  vanish(space, primary, at, portal);
  space.store.add(survivor);
  return survivor;
}
