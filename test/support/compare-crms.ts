import { compareDeals } from './compare-deals.ts';
import type { CrmBooks, Hubspot, Salesforce } from './crm-books.ts';

export type Difference = {
  /** The id of HubSpot's contact; of a deal `deal 123`. */
  readonly person: string;
  readonly field: string;
  readonly hubspot: unknown;
  readonly salesforce: unknown;
};

/** The mapped fields of the shipped mappings/contact.yaml, written down here once more, by hand: HubSpot's name and Salesforce's. */
const MAPPED = {
  email: 'Email',
  lastname: 'LastName',
  firstname: 'FirstName',
  phone: 'Phone',
  jobtitle: 'Title',
  company: 'Company',
  industry: 'Industry',
} as const;

const INDUSTRIES: Readonly<Record<string, string>> = {
  MANUFACTURING: '製造',
  BANKING: '金融',
  INFORMATION_TECHNOLOGY_AND_SERVICES: '情報通信',
  RETAIL: '小売',
  CONSTRUCTION: '建設',
  HOSPITAL_HEALTH_CARE: '医療',
  EDUCATION_MANAGEMENT: '教育',
  LOGISTICS_AND_SUPPLY_CHAIN: 'その他',
};

/** Only a Lead carries these; a Contact's company is its Account. */
const OF_LEADS: readonly string[] = ['company', 'industry'];

type Compared = {
  readonly people: number;
  /** People and deals whom both systems hold under our key. */
  readonly both: number;
  readonly deals: number;
  readonly differences: readonly Difference[];
};

/**
 * Every person and every deal that both systems hold under our key, compared field by field: stage, owner, all mapped fields; of
 * deals stage, amount, close date and people. The list of differences is empty when the two systems tell the same story.
 */
export async function compareCrms(books: CrmBooks): Promise<Compared> {
  const ours = ['tasuki_key', 'tasuki_stage', 'tasuki_sales_owner', 'hubspot_owner_id'];
  const listed = await books.hubspot('contacts', [...Object.keys(MAPPED), ...ours]);
  const contacts = new Map(listed.map(({ id, properties }) => [id, properties]));
  const owners = await books.owners();
  const [userRows, queueRows] = [
    await books.salesforce('User', ['Id', 'Name', 'Email']),
    await books.salesforce('Group', ['Id', 'Name', 'Type']),
  ];
  const users = new Map(userRows.map((user) => [String(user['Id']), user]));
  const queues = new Map(
    queueRows.filter((group) => group['Type'] === 'Queue').map((queue) => [String(queue['Id']), queue]),
  );
  const keyed = ['Id', 'OwnerId', 'Tasuki_Key__c', 'Tasuki_Stage__c'];
  const leadFields = Object.values(MAPPED);
  const contactFields = Object.entries(MAPPED).flatMap(([name, field]) => (OF_LEADS.includes(name) ? [] : [field]));
  const allLeads = await books.salesforce('Lead', [...keyed, 'IsConverted', ...leadFields]);
  const leads = allLeads.filter((row) => row['Tasuki_Key__c'] !== null && row['IsConverted'] !== true);
  const allContacts = await books.salesforce('Contact', [...keyed, ...contactFields]);
  const salesContacts = allContacts.filter((row) => row['Tasuki_Key__c'] !== null);
  const byKey = new Map([...leads, ...salesContacts].map((record) => [String(record['Tasuki_Key__c']), record]));
  const differences: Difference[] = [];
  let both = 0;
  for (const [id, contact] of contacts) {
    const lead = byKey.get(contact['tasuki_key'] ?? '');
    if (lead === undefined) continue;
    both += 1;
    const note = (field: string, hubspot: unknown, salesforce: unknown) =>
      differences.push({ person: id, field, hubspot, salesforce });
    compareMapped(contact, lead, note);
    if (contact['tasuki_stage'] !== lead['Tasuki_Stage__c'])
      note('stage', contact['tasuki_stage'], lead['Tasuki_Stage__c']);
    const owner = users.get(String(lead['OwnerId'])) ?? queues.get(String(lead['OwnerId']));
    if (contact['tasuki_sales_owner'] !== owner?.['Name'])
      note('owner name', contact['tasuki_sales_owner'], owner?.['Name']);
    const seat = [...owners].find(([, { email, archived }]) => !archived && email === owner?.['Email'])?.[0];
    if (seat !== undefined && contact['hubspot_owner_id'] !== seat) note('owner', contact['hubspot_owner_id'], seat);
  }
  const keyOf = new Map([...contacts].map(([id, contact]) => [id, contact['tasuki_key'] ?? '']));
  const twins = new Map(salesContacts.map((record) => [String(record['Id']), String(record['Tasuki_Key__c'])]));
  const deals = await compareDeals(books, { keyOf, twins });
  return { people: contacts.size, both, deals: deals.both, differences: [...differences, ...deals.differences] };
}

function compareMapped(
  contact: Hubspot,
  lead: Salesforce,
  note: (field: string, a: unknown, b: unknown) => void,
): void {
  for (const [property, field] of Object.entries(MAPPED)) {
    if (!(field in lead)) continue; // a Contact has no such field
    const raw = contact[property] ?? null;
    const hubspot = property === 'industry' && raw !== null ? (INDUSTRIES[raw] ?? raw) : raw;
    if (plain(property, hubspot) !== plain(property, lead[field] ?? null)) note(property, hubspot, lead[field]);
  }
}

/** Width, case of an address and punctuation of a number are no differences to a person. */
export function plain(property: string, value: unknown): string {
  const text = (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value))
    .normalize('NFKC')
    .trim();
  if (property === 'email') return text.replace(/\s/gu, '').toLowerCase();
  if (property === 'phone') return text.replace(/^\+81[\s-]*\(?0?\)?/u, '0').replace(/\D/gu, '');
  return text;
}
