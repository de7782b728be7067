import type { FieldChange } from '../domain/people/change.ts';
import type { OwnersPolicy } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import { type Base, type DirectoryEntry, recordName } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { type Directory, NOTHING, type Part, type PersonView, type PlanContext } from './context.ts';

/** The HubSpot properties that show the owner: the seat, and the name for reps who have none. */
const SALES_OWNER_PROPERTY = 'tasuki_sales_owner';
export const OWNER_PROPERTY = 'hubspot_owner_id';
export const OWNER_PROPERTIES: readonly string[] = [OWNER_PROPERTY, SALES_OWNER_PROPERTY];
export const OWNER_FIELD = 'OwnerId';

/**
 * Shows Salesforce's owner in HubSpot.
 *
 * Once sales has a record, Salesforce decides who owns the person. HubSpot gets the owner's name as text always, and the owner
 * itself where that rep has a seat; without a seat the contact's HubSpot owner is the stand-in and is left as it is, so a
 * stand-in that comes back is never an edit.
 *
 * `assigned` is the owner of the Lead that is about to be made, so that HubSpot shows it in the same write as the stage.
 */
export function planOwner(view: PersonView, assigned: string | null, context: PlanContext): Part {
  const { contact, record } = view;
  const ownerId = record === null ? assigned : record.values[OWNER_FIELD];
  if (typeof ownerId !== 'string') return NOTHING;
  const owner = context.directory.byId.salesforce.get(ownerId);
  if (contact === null || owner === undefined) return NOTHING;

  const seat = seatOf(owner, context.directory, context.policy.owners);
  const named = nameChange(contact.values[SALES_OWNER_PROPERTY], owner);
  const shown = seat === null ? [] : seatChange(contact.values[OWNER_PROPERTY], seat, owner);
  const base = view.facts.bases.find(({ field }) => field === 'owner');
  const holds: Base = {
    field: 'owner',
    hubspot: seat?.id ?? contact.values[OWNER_PROPERTY] ?? null,
    salesforce: ownerId,
    canonical: ownerId,
    since: context.now,
    provisional: 'hubspot',
  };
  const moved = base === undefined || base.hubspot !== holds.hubspot || base.salesforce !== holds.salesforce;
  const writes = [...named, ...shown];
  return {
    ...NOTHING,
    hubspot: writes,
    agreed: writes.length === 0 && moved ? [{ ...holds, provisional: null }] : [],
    basesAfter: { hubspot: writes.length > 0 ? [holds] : [], salesforce: [] },
    open: restoredEdit(view, base, shown),
  };
}

function nameChange(before: FieldChange['after'] | undefined, owner: DirectoryEntry): readonly FieldChange[] {
  if (before === undefined || before === owner.name) return [];
  return [
    {
      field: SALES_OWNER_PROPERTY,
      before,
      after: owner.name,
      reason: { code: 'owner-named', detail: { owner: owner.name } },
    },
  ];
}

function seatChange(
  before: FieldChange['after'] | undefined,
  seat: DirectoryEntry,
  owner: DirectoryEntry,
): readonly FieldChange[] {
  if (before === undefined || before === seat.id) return [];
  return [
    { field: OWNER_PROPERTY, before, after: seat.id, reason: { code: 'owner-shown', detail: { owner: owner.name } } },
  ];
}

/** Somebody changed the owner in HubSpot after sales took over: Salesforce's stands, and that somebody is told. */
function restoredEdit(view: PersonView, base: Base | undefined, shown: readonly FieldChange[]): readonly Finding[] {
  const change = shown[0];
  const salesforceStill = base !== undefined && base.salesforce === view.record?.values[OWNER_FIELD];
  if (change === undefined || base === undefined || !salesforceStill || base.hubspot === change.before) return [];
  const subject = recordName(view.contact!.record);
  return [
    {
      code: 'OWNER_EDIT_RESTORED',
      subject,
      entity: view.facts.id,
      detail: { found: change.before ?? null, restored: change.after },
    },
  ];
}

/** The owner's seat in HubSpot: by the table, else by the same address; `null` for people without one, and for queues. */
export function seatOf(owner: DirectoryEntry, directory: Directory, policy: OwnersPolicy): DirectoryEntry | null {
  if (owner.kind === 'queue') return null;
  const listed = Object.entries(policy.table).find(([, email]) => email === owner.email);
  const seat = listed === undefined ? emailSeat(owner, directory) : directory.byId.hubspot.get(listed[0]);
  return seat?.active ? seat : null;
}

function emailSeat(owner: DirectoryEntry, directory: Directory): DirectoryEntry | undefined {
  return owner.email === null ? undefined : directory.byEmail.hubspot.get(owner.email);
}

/** The active Salesforce user who sits in this HubSpot seat: by the table, else by the same address; `null` when there is none. */
export function userBehindSeat(
  id: Value | undefined,
  { directory, policy }: Pick<PlanContext, 'directory' | 'policy'>,
): DirectoryEntry | null {
  if (typeof id !== 'string') return null;
  const email = policy.owners.table[id] ?? directory.byId.hubspot.get(id)?.email ?? null;
  const user = email === null ? undefined : directory.byEmail.salesforce.get(email);
  return user?.active && user.kind === 'user' ? user : null;
}

/** A user by e-mail, or a queue by its developer name. */
export function userOrQueue(name: string | null, directory: Directory): DirectoryEntry | null {
  if (name === null) return null;
  const user = directory.byEmail.salesforce.get(name);
  if (user?.active) return user;
  return (
    [...directory.byId.salesforce.values()].find(
      (entry) => entry.kind === 'queue' && (entry.apiName ?? entry.name) === name,
    ) ?? null
  );
}
