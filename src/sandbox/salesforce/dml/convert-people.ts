import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import type { Actor } from './actor.ts';
import { liveRow } from './guards.ts';
import { personType } from './record-type.ts';
import { rewrite } from './rewrite.ts';
import { createRecord } from './write.ts';

export type Converting = { state: OrgState; lead: Row; actor: Actor; ownerId: string };
type Chosen = { readonly accountId?: string | undefined; readonly contactId?: string | undefined };

const TO_CONTACT = [
  'LastName',
  'FirstName',
  'Salutation',
  'Phone',
  'MobilePhone',
  'Email',
  'Title',
  'LeadSource',
  'DoNotCall',
  'HasOptedOutOfEmail',
  'CurrencyIsoCode',
];
const TO_ACCOUNT: Readonly<Record<string, string>> = {
  Name: 'Company',
  Industry: 'Industry',
  Phone: 'Phone',
  Website: 'Website',
  NumberOfEmployees: 'NumberOfEmployees',
  AnnualRevenue: 'AnnualRevenue',
  CurrencyIsoCode: 'CurrencyIsoCode',
};

export function accountAndContact(converting: Converting, given: Chosen): { accountId: string; contactId: string } {
  const { state, lead } = converting;
  const contacts = state.tables.get('Contact');
  const known = given.contactId === undefined ? undefined : liveRow(contacts, given.contactId);
  const accountOfContact = (known?.['AccountId'] ?? undefined) as string | undefined;
  const existing = given.accountId ?? accountOfContact;
  if (existing === undefined && (lead['Company'] ?? null) === null) return person(converting);
  const account = { ...picked(lead, TO_ACCOUNT), ...mapped(converting, 'Account') };
  const accountId = settle(converting, 'Account', existing, account);
  const carried = Object.fromEntries(TO_CONTACT.map((name) => [name, name]));
  const contact = { ...picked(lead, carried), AccountId: accountId, ...mapped(converting, 'Contact') };
  return { accountId, contactId: settle(converting, 'Contact', given.contactId, contact) };
}

/** A lead without a company is a person, where the org knows such accounts. */
function person({ state, lead, actor, ownerId }: Converting): { accountId: string; contactId: string } {
  const columns = { LastName: 'LastName', FirstName: 'FirstName', Phone: 'Phone', PersonEmail: 'Email' };
  const more = { PersonTitle: 'Title', PersonMobilePhone: 'MobilePhone', PersonLeadSource: 'LeadSource' };
  const fields = { ...picked(lead, { ...columns, ...more }), RecordTypeId: personType(state), OwnerId: ownerId };
  const accountId = createRecord(state, state.tables.get('Account'), fields, actor);
  return { accountId, contactId: state.tables.row(accountId)?.['PersonContactId'] as string };
}

/** Makes the record, or fills the gaps of the one that was chosen: what stands there already is kept. */
function settle({ state, actor, ownerId }: Converting, name: string, id: string | undefined, fields: Row): string {
  const table = state.tables.get(name);
  if (id === undefined) return createRecord(state, table, { ...fields, OwnerId: ownerId }, actor);
  const row = liveRow(table, id);
  const gaps = Object.entries(fields).filter(([column]) => (row[column] ?? null) === null);
  rewrite(state, row, Object.fromEntries(gaps), actor.userId);
  return id;
}

function picked(lead: Row, columns: Readonly<Record<string, string>>): Row {
  const pairs = Object.entries(columns).map(([to, from]): [string, Row[string]] => [to, lead[from] ?? null]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== null));
}

/** The customer's own fields, as the administrator mapped them. */
export function mapped({ state, lead }: Converting, object: string): Row {
  const pairs = Object.entries(state.switches.leadFieldMapping).map(
    ([from, to]) => [to.split('.'), lead[from]] as const,
  );
  const own = pairs.filter(([[target], value]) => target === object && value !== undefined && value !== null);
  return Object.fromEntries(own.map(([[, column = ''], value]) => [column, value as Row[string]]));
}
