import type { HubSpotPortal } from '../portal.ts';
import type { StoredRecord } from '../records/record.ts';

/** The contact of an e-mail or an id, which may be one that a merge has absorbed since. */
export function findParticipant(portal: HubSpotPortal, identifier: string): StoredRecord | undefined {
  const { store } = portal.space('contacts');
  if (identifier.includes('@')) return store.holder('email', identifier);
  return store.get(identifier) ?? store.survivorOf(identifier);
}
