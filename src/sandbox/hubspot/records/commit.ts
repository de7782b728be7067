import { labelPair } from '../associations/associate.ts';
import { COMPANIES, CONTACTS, DEALS } from '../objects.ts';
import type { HubSpotPortal } from '../portal.ts';
import { isoText } from '../time-texts.ts';
import type { Draft, WriteContext } from './draft.ts';
import type { ObjectSpace } from './object-space.ts';
import { promoteByCompany, promoteByDeal } from './promote.ts';
import { applyValues, type ChangeSource, type StoredRecord } from './record.ts';

/** Does what a draft says: stores it, keeps the unique values in step, and lets search know in its own time. */
export function commit(portal: HubSpotPortal, space: ObjectSpace, draft: Draft, context: WriteContext): StoredRecord {
  const at = portal.clock.now();
  const { edit, companyId } = takeMainCompany(portal, space, withOwnerStamps(portal, draft, at));
  const { target } = draft;
  if (target === undefined) {
    const record = birth(portal.nextId(), edit, { at, source: context.source });
    space.store.add(record);
    space.store.claim(record.snapshot, space.registry.uniqueNames());
    portal.showLater(space, record.snapshot);
    follow(portal, space, record, companyId);
    return record;
  }
  const unique = space.registry.uniqueNames();
  const before = target.snapshot;
  const isChanged = applyValues(target, edit, at, context.source);
  follow(portal, space, target, companyId);
  if (!isChanged && !portal.switches.noOpBumps) return target;
  target.snapshot = { ...target.snapshot, modifiedAt: at };
  space.store.release(before, unique);
  space.store.claim(target.snapshot, unique);
  portal.showLater(space, target.snapshot);
  return target;
}

/** Who writes a contact's main company by its id associates the two; the id itself is read from there. */
function takeMainCompany(
  portal: HubSpotPortal,
  space: ObjectSpace,
  edit: ReadonlyMap<string, string>,
): { edit: ReadonlyMap<string, string>; companyId?: string } {
  const companyId = space.kind === CONTACTS ? edit.get('associatedcompanyid') : undefined;
  if (companyId === undefined || portal.space('companies').store.getLive(companyId) === undefined) return { edit };
  return { edit: new Map([...edit].filter(([name]) => name !== 'associatedcompanyid')), companyId };
}

/** What a write of one record does to others. */
function follow(portal: HubSpotPortal, { kind }: ObjectSpace, { id }: StoredRecord, companyId?: string): void {
  if (kind === DEALS) promoteByDeal(portal, id);
  if (kind === COMPANIES) promoteByCompany(portal, id);
  if (companyId !== undefined) {
    const types = portal.links.types.between('contacts', 'companies');
    labelPair(
      portal,
      { object: 'contacts', id },
      { object: 'companies', id: companyId },
      types.filter(({ role }) => role === 'primary'),
    );
  }
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
  if (source.userId !== undefined) values.set('hs_created_by_user_id', String(source.userId));
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
