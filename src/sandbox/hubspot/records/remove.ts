import type { HubSpotPortal } from '../portal.ts';
import type { ObjectSpace } from './object-space.ts';

/** Puts a record into the recycle bin. Asking for one that is not there is no error. */
export function archiveRecord(portal: HubSpotPortal, space: ObjectSpace, id: string): void {
  const record = space.store.getLive(id);
  if (record === undefined) return;
  space.store.release(record.snapshot, space.registry.uniqueNames());
  space.store.markArchived(record, portal.clock.now());
  portal.showLater(space, record.snapshot);
  portal.links.forget({ object: space.kind.plural, id });
}

/** Forgets a person for good: no recycle bin, no trace in reads, and the e-mail may not come back. */
export function forgetRecord(
  portal: HubSpotPortal,
  space: ObjectSpace,
  objectId: string,
  idProperty: string | undefined,
): void {
  const record = idProperty === 'email' ? space.store.holder('email', objectId) : space.store.get(objectId);
  if (idProperty === 'email') space.store.forgottenEmails.add(objectId.toLowerCase());
  if (record === undefined) return;
  const email = record.snapshot.values.get('email') ?? '';
  if (email !== '') space.store.forgottenEmails.add(email.toLowerCase());
  space.store.release(record.snapshot, space.registry.uniqueNames());
  space.store.purge(record);
  portal.showLater(space, { ...record.snapshot, archivedAt: portal.clock.now() });
  portal.links.forget({ object: space.kind.plural, id: record.id });
}
