/**
 * Reads both CRMs over plain HTTP, importing nothing of the product: what an auditor would do who trusts neither its connectors nor
 * its ledger.
 */

export type Hubspot = Readonly<Record<string, string | null>>;
export type Salesforce = Readonly<Record<string, string | number | boolean | null>>;
export type Addresses = { readonly hubspot: string; readonly salesforce: string };

const TOKEN = 'pat-na1-sandbox';

export async function readContacts(
  { hubspot }: Addresses,
  properties: readonly string[],
): Promise<ReadonlyMap<string, Hubspot>> {
  const contacts = new Map<string, Hubspot>();
  for (let after = ''; ; ) {
    const query = new URLSearchParams({
      limit: '100',
      properties: properties.join(','),
      ...(after === '' ? {} : { after }),
    });
    const page = await getJson<{
      results: { id: string; properties: Hubspot }[];
      paging?: { next: { after: string } };
    }>(`${hubspot}/crm/v3/objects/contacts?${query.toString()}`, TOKEN);
    for (const { id, properties: values } of page.results) contacts.set(id, values);
    if (page.paging === undefined) return contacts;
    after = page.paging.next.after;
  }
}

export async function readHubSpotOwners({
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
