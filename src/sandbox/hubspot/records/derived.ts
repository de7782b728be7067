import { isoText } from '../time-texts.ts';
import type { Snapshot } from './record.ts';

/** Values that HubSpot works out from the rest of a contact. Kept nowhere, so they cannot go stale. */
const DERIVED: Readonly<Record<string, (contact: Snapshot) => string | undefined>> = {
  hs_object_id: (contact) => contact.id,
  createdate: (contact) => isoText(contact.createdAt),
  lastmodifieddate: (contact) => isoText(contact.modifiedAt),
  hs_lastmodifieddate: (contact) => isoText(contact.modifiedAt),
  hs_all_contact_vids: (contact) => [contact.id, ...listed(contact.values.get('hs_merged_object_ids'))].join(';'),
  hs_calculated_merged_vids: (contact) => contact.values.get('hs_merged_object_ids'),
  hs_email_domain: (contact) => contact.values.get('email')?.split('@')[1]?.toLowerCase(),
  hs_full_name_or_email: fullNameOrEmail,
  hs_is_contact: () => 'true',
  hs_is_unworked: (contact) => String((contact.values.get('notes_last_contacted') ?? '') === ''),
  hs_pipeline: (contact) => contact.values.get('hs_pipeline') || 'contacts-lifecycle-pipeline',
};

const DERIVATIONS = new Map(Object.entries(DERIVED));

export const DERIVED_PROPERTIES: readonly string[] = [...DERIVATIONS.keys()];

export function currentValue(snapshot: Snapshot, property: string): string | undefined {
  const derive = DERIVATIONS.get(property);
  return derive === undefined ? snapshot.values.get(property) : derive(snapshot);
}

function fullNameOrEmail(contact: Snapshot): string | undefined {
  const name = [contact.values.get('firstname'), contact.values.get('lastname')].filter(Boolean).join(' ');
  return name || contact.values.get('email');
}

export function listed(value: string | undefined): string[] {
  return (value ?? '').split(';').filter((part) => part !== '');
}
