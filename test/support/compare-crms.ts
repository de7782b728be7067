import { compareDeals } from './compare-deals.ts';
import { type Addresses, type Hubspot, query, readContacts, readHubSpotOwners, type Salesforce } from './read-crms.ts';

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
export async function compareCrms(at: Addresses): Promise<Compared> {
  const contacts = await readContacts(at, [
    ...Object.keys(MAPPED),
    'tasuki_key',
    'tasuki_stage',
    'tasuki_sales_owner',
    'hubspot_owner_id',
  ]);
  const owners = await readHubSpotOwners(at);
  const users = new Map(
    (await query(at, 'SELECT Id, Name, Email FROM User')).map((user) => [String(user['Id']), user]),
  );
  const queues = new Map(
    (await query(at, "SELECT Id, Name FROM Group WHERE Type = 'Queue'")).map((queue) => [String(queue['Id']), queue]),
  );
  const ours = ['Id', 'OwnerId', 'Tasuki_Key__c', 'Tasuki_Stage__c'];
  const leadFields = Object.values(MAPPED);
  const contactFields = Object.entries(MAPPED).flatMap(([name, field]) => (OF_LEADS.includes(name) ? [] : [field]));
  const leads = await query(
    at,
    `SELECT ${[...ours, ...leadFields].join(', ')} FROM Lead WHERE Tasuki_Key__c != null AND IsConverted = false`,
  );
  const salesContacts = await query(
    at,
    `SELECT ${[...ours, ...contactFields].join(', ')} FROM Contact WHERE Tasuki_Key__c != null`,
  );
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
  const deals = await compareDeals(at, { keyOf, twins });
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
function plain(property: string, value: string | number | boolean | null): string {
  const text = String(value ?? '')
    .normalize('NFKC')
    .trim();
  if (property === 'email') return text.replace(/\s/gu, '').toLowerCase();
  if (property === 'phone') return text.replace(/^\+81[\s-]*\(?0?\)?/u, '0').replace(/\D/gu, '');
  return text;
}
