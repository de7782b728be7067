import { notEmulated, Refusal } from './refusal.ts';

export type ObjectKind = {
  /** As in paths. */
  readonly plural: string;
  /** As in messages. */
  readonly singular: string;
  readonly typeId: string;
  /** Contacts call it `lastmodifieddate`, everything else `hs_lastmodifieddate`. */
  readonly modifiedProperty: string;
  /** What a read returns when it names no properties. */
  readonly defaultProperties: readonly string[];
};

export const CONTACTS: ObjectKind = {
  plural: 'contacts',
  singular: 'CONTACT',
  typeId: '0-1',
  modifiedProperty: 'lastmodifieddate',
  defaultProperties: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
};

const ALIASES: Readonly<Record<string, ObjectKind>> = { contacts: CONTACTS, contact: CONTACTS, '0-1': CONTACTS };

/** HubSpot has these too; this sandbox does not yet. */
const KNOWN_ELSEWHERE = ['companies', 'company', '0-2', 'deals', 'deal', '0-3', 'tasks', 'task', '0-27'];

export function objectKind(name: string): ObjectKind {
  const kind = ALIASES[name.toLowerCase()];
  if (kind !== undefined) return kind;
  if (KNOWN_ELSEWHERE.includes(name.toLowerCase())) throw notEmulated(`the object "${name}"`, 'objects.ts');
  throw new Refusal(400, { message: `Unable to infer object type from: ${name}` });
}
