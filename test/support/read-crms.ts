import type { CrmBooks, Hubspot, HubspotRecord, Salesforce } from './crm-books.ts';

export type Addresses = { readonly hubspot: string; readonly salesforce: string };

const TOKEN = 'pat-na1-sandbox';

/** The books over plain HTTP, importing nothing of the product. */
export function booksOverHttp(at: Addresses): CrmBooks {
  return {
    hubspot: (object, properties, associations) => readRecords(at, object, properties, associations),
    owners: () => readHubSpotOwners(at),
    salesforce: (object, fields) => query(at, `SELECT ${fields.join(', ')} FROM ${object}`),
  };
}

/** Every live record of an object, with the ids of the contacts it is associated with where those are asked for. */
async function readRecords(
  { hubspot }: Addresses,
  object: string,
  properties: readonly string[],
  associations?: 'contacts',
): Promise<readonly HubspotRecord[]> {
  type Listed = { id: string; properties: Hubspot; associations?: { contacts?: { results: { id: string }[] } } };
  const records: HubspotRecord[] = [];
  for (let after = ''; ; ) {
    const query = new URLSearchParams({
      limit: '100',
      properties: properties.join(','),
      ...(associations === undefined ? {} : { associations }),
      ...(after === '' ? {} : { after }),
    });
    const page = await getJson<{ results: Listed[]; paging?: { next: { after: string } } }>(
      `${hubspot}/crm/v3/objects/${object}?${query.toString()}`,
      TOKEN,
    );
    for (const { id, properties: values, associations: others } of page.results) {
      const ids = (others?.contacts?.results ?? []).map((contact) => contact.id);
      records.push({ id, properties: values, contacts: [...new Set(ids)] });
    }
    if (page.paging === undefined) return records;
    after = page.paging.next.after;
  }
}

async function readHubSpotOwners({
  hubspot,
}: Addresses): Promise<ReadonlyMap<string, { email: string; archived: boolean }>> {
  const { results } = await getJson<{ results: { id: string; email: string; archived: boolean }[] }>(
    `${hubspot}/crm/v3/owners?limit=500`,
    TOKEN,
  );
  return new Map(results.map(({ id, email, archived }) => [id, { email, archived }]));
}

async function salesforceToken({ salesforce }: Addresses): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'tasuki-sandbox',
    client_secret: 'sandbox-secret',
  });
  const response = await fetch(`${salesforce}/services/oauth2/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

export async function query(at: Addresses, soql: string): Promise<readonly Salesforce[]> {
  const token = await salesforceToken(at);
  const records: Salesforce[] = [];
  let path: string | undefined = `/services/data/v68.0/query?q=${encodeURIComponent(soql)}`;
  while (path !== undefined) {
    const page: { records: Salesforce[]; nextRecordsUrl?: string } = await getJson(`${at.salesforce}${path}`, token);
    records.push(...page.records);
    path = page.nextRecordsUrl;
  }
  return records;
}

async function getJson<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${response.status} from ${url}: ${await response.text()}`);
  return (await response.json()) as T;
}
