import type { ObserverClass } from '../../domain/people/record.ts';

/**
 * The sources of a value behind which stands a person, of the ninety-odd that the client's `PropertyValueSourceEnum` names: a user at a
 * screen of HubSpot's, a user who imports a file, undoes a deletion or merges two records, or the contact who fills in a form.
 * Everything else is an automation, what HubSpot adds later included: an edit taken for a person's by mistake would stand in the way
 * of one that is. `API` and `INTEGRATION` are other programs, or us.
 */
const PEOPLE: ReadonlySet<string> = new Set([
  'CRM_UI',
  'CRM_UI_BULK_ACTION',
  'CONTACTS_WEB',
  'MOBILE_IOS',
  'MOBILE_ANDROID',
  'IMPORT',
  'FORM',
  'MEETINGS',
  'CONVERSATIONS',
  'CONTENT_MEMBERSHIP',
  'SALES',
  'SIDEKICK',
  'RECYCLING_BIN',
  'MERGE_CONTACTS',
  'MERGE_COMPANIES',
  'MERGE_OBJECTS',
]);

/**
 * HubSpot's own movers that its history tells apart. The names are the client's; that a lifecycle stage which follows a deal or a company
 * bears them is what its screens show ("Deals", "Companies"), and is documented nowhere. Another name would be an automation.
 */
const OWN_WORKINGS: Readonly<Record<string, ObserverClass>> = { DEALS: 'deal', COMPANIES: 'company' };

const PROGRAMS: ReadonlySet<string> = new Set(['INTEGRATION', 'API']);

export type Version = { readonly sourceType: string; readonly sourceId?: string };

/** Does telling who was behind this version need the id of our own app? */
export function isByProgram({ sourceType }: Version): boolean {
  return PROGRAMS.has(sourceType);
}

/** Who set a value, by the source that HubSpot's history names. `ownApp` is `null` where it is not known: then we are a program like others. */
export function observerOf(version: Version, ownApp: string | null): ObserverClass {
  if (PEOPLE.has(version.sourceType)) return 'person';
  const own = OWN_WORKINGS[version.sourceType];
  if (own !== undefined) return own;
  return isByProgram(version) && ownApp !== null && version.sourceId === ownApp ? 'us' : 'automation';
}
