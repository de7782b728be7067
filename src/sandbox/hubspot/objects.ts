import { notEmulated, Refusal } from './refusal.ts';

export type ObjectKind = {
  /** As in paths. */
  readonly plural: string;
  /** As in messages. */
  readonly singular: string;
  readonly typeId: string;
  /** Contacts call it `lastmodifieddate`, everything else `hs_lastmodifieddate`. */
  readonly modifiedProperty: string;
  /** Activities call it `hs_createdate`. */
  readonly createdProperty: string;
  /** What a read returns when it names no properties. */
  readonly defaultProperties: readonly string[];
  /** Where the free text of a search looks. */
  readonly textProperties: readonly string[];
  /** Without these, a create over the API is refused. */
  readonly needed: readonly string[];
  /** The object whose scopes allow to read and write this one: activities go by those of contacts. */
  readonly scopedAs: 'contacts' | 'companies' | 'deals';
  readonly isMergeable: boolean;
};

const RECORD = { createdProperty: 'createdate', needed: [], isMergeable: true } as const;
const CHANGED = ['hs_lastmodifieddate', 'hs_object_id'] as const;

export const CONTACTS: ObjectKind = {
  ...RECORD,
  plural: 'contacts',
  singular: 'CONTACT',
  typeId: '0-1',
  modifiedProperty: 'lastmodifieddate',
  defaultProperties: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  textProperties: ['firstname', 'lastname', 'email', 'phone', 'company', 'hs_additional_emails'],
  scopedAs: 'contacts',
};

export const COMPANIES: ObjectKind = {
  ...RECORD,
  plural: 'companies',
  singular: 'COMPANY',
  typeId: '0-2',
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['createdate', 'domain', 'name', ...CHANGED],
  textProperties: ['website', 'phone', 'name', 'domain', 'hs_additional_domains'],
  scopedAs: 'companies',
};

export const DEALS: ObjectKind = {
  ...RECORD,
  plural: 'deals',
  singular: 'DEAL',
  typeId: '0-3',
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'pipeline', ...CHANGED],
  textProperties: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
  scopedAs: 'deals',
};

function activity(plural: string, singular: string, typeId: string, textProperties: readonly string[]): ObjectKind {
  return {
    plural,
    singular,
    typeId,
    modifiedProperty: 'hs_lastmodifieddate',
    createdProperty: 'hs_createdate',
    defaultProperties: ['hs_createdate', ...CHANGED],
    textProperties,
    needed: ['hs_timestamp'],
    scopedAs: 'contacts',
    isMergeable: false,
  };
}

export const NOTES = activity('notes', 'NOTE', '0-46', ['hs_note_body']);
export const MEETINGS = activity('meetings', 'MEETING_EVENT', '0-47', ['hs_meeting_title', 'hs_meeting_body']);
export const CALLS = activity('calls', 'CALL', '0-48', ['hs_call_title', 'hs_call_body']);
export const EMAILS = activity('emails', 'EMAIL', '0-49', ['hs_email_subject', 'hs_email_text']);
export const TASKS = activity('tasks', 'TASK', '0-27', ['hs_task_subject', 'hs_task_body']);

export const OBJECT_KINDS: readonly ObjectKind[] = [CONTACTS, COMPANIES, DEALS, NOTES, MEETINGS, CALLS, EMAILS, TASKS];

const ALIASES = new Map(
  OBJECT_KINDS.flatMap((kind) => [kind.plural, oneOf(kind), kind.typeId].map((name) => [name, kind] as const)),
);

/** HubSpot has these too; this sandbox does not yet. */
const KNOWN_ELSEWHERE = ['tickets', 'ticket', '0-5', 'leads', 'lead', '0-136', 'products', 'line_items', 'quotes'];

export function objectKind(name: string): ObjectKind {
  const kind = ALIASES.get(name.toLowerCase());
  if (kind !== undefined) return kind;
  if (KNOWN_ELSEWHERE.includes(name.toLowerCase())) throw notEmulated(`the object "${name}"`, 'objects.ts');
  throw new Refusal(400, { message: `Unable to infer object type from: ${name}` });
}

/** The name of one of them, as in `contact_to_company`. */
export function oneOf(kind: ObjectKind): string {
  return kind.plural === 'companies' ? 'company' : kind.plural.slice(0, -1);
}
