import type { Values } from '../values/value.ts';
import type { ObjectName, RecordRef } from './record.ts';
import { to18 } from './salesforce-id.ts';

type NativeField = { readonly field: string; readonly object: ObjectName; readonly prefix: string };

/**
 * Where HubSpot's own Salesforce integration writes down which record it has kept in step with this one. The properties are there only
 * in accounts that had the integration installed. A contact may name both records it has been kept with: the Contact comes first, since
 * the Lead is what it was before.
 */
export const NATIVE_FIELDS: Readonly<Partial<Record<ObjectName, readonly NativeField[]>>> = {
  contacts: [
    { field: 'salesforcecontactid', object: 'Contact', prefix: '003' },
    { field: 'salesforceleadid', object: 'Lead', prefix: '00Q' },
  ],
  companies: [{ field: 'salesforceaccountid', object: 'Account', prefix: '001' }],
  deals: [{ field: 'hs_salesforceopportunityid', object: 'Opportunity', prefix: '006' }],
};

const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** The Salesforce records that a HubSpot record names so. Whatever is no id of that object says nothing: somebody typed it. */
export function nativesOf(object: ObjectName, values: Values): readonly RecordRef[] {
  return (NATIVE_FIELDS[object] ?? []).flatMap(({ field, object: named, prefix }) => {
    const id = String(values[field] ?? '').trim();
    if (!ID.test(id) || !id.startsWith(prefix)) return [];
    return [{ system: 'salesforce' as const, object: named, id: id.length === 18 ? id : to18(id) }];
  });
}
