import type { Difference } from './compare-crms.ts';
import type { CrmBooks, Hubspot, Salesforce } from './crm-books.ts';

/** The map of the shipped mappings/deal.yaml, written down here once more, by hand. */
const STAGES: Readonly<Record<string, string>> = {
  appointmentscheduled: '初回訪問',
  presentationscheduled: '提案',
  decisionmakerboughtin: '見積提示',
  contractsent: '交渉',
  closedwon: '受注',
  closedlost: '失注',
};
/** What an amount is in: the organisation has one currency, and a deal that names none is in HubSpot's home currency, which is the same. */
const CURRENCY = 'JPY';

/** Who is who: HubSpot's contact → our key, and Salesforce's Contact → our key. */
type People = { readonly keyOf: ReadonlyMap<string, string>; readonly twins: ReadonlyMap<string, string> };

/** Every deal that both systems hold under our key: name, stage, amount with currency, the day it closes, and whose it is. */
export async function compareDeals(
  books: CrmBooks,
  people: People,
): Promise<{ both: number; differences: readonly Difference[] }> {
  const names = ['tasuki_key', 'dealname', 'pipeline', 'dealstage', 'amount', 'deal_currency_code', 'closedate'];
  const deals = await books.hubspot('deals', names, 'contacts');
  const fields = ['Id', 'Tasuki_Key__c', 'Name', 'StageName', 'Amount', 'CloseDate'];
  const all = await books.salesforce('Opportunity', fields);
  const opportunities = all.filter((row) => row['Tasuki_Key__c'] !== null);
  const roles = Map.groupBy(await books.salesforce('OpportunityContactRole', ['OpportunityId', 'ContactId']), (role) =>
    String(role['OpportunityId']),
  );
  const byKey = new Map(opportunities.map((opportunity) => [String(opportunity['Tasuki_Key__c']), opportunity]));
  const differences: Difference[] = [];
  let both = 0;
  for (const { id, properties, contacts } of deals) {
    const opportunity = byKey.get(properties['tasuki_key'] ?? '');
    if (opportunity === undefined) continue;
    both += 1;
    const note = (field: string, hubspot: unknown, salesforce: unknown) =>
      differences.push({ person: `deal ${id}`, field, hubspot, salesforce });
    compareValues(properties, opportunity, note);
    comparePeople(contacts, roles.get(String(opportunity['Id'])) ?? [], people, note);
  }
  return { both, differences };
}

type Note = (field: string, hubspot: unknown, salesforce: unknown) => void;

function compareValues(deal: Hubspot, opportunity: Salesforce, note: Note): void {
  if (deal['dealname'] !== opportunity['Name']) note('name', deal['dealname'], opportunity['Name']);
  const stage = deal['pipeline'] === 'default' ? STAGES[deal['dealstage'] ?? ''] : undefined;
  if (stage !== opportunity['StageName']) note('stage', deal['dealstage'], opportunity['StageName']);
  const amount = numberOf(deal['amount']);
  if (amount !== (opportunity['Amount'] ?? null)) note('amount', deal['amount'], opportunity['Amount']);
  const currency = deal['deal_currency_code'] ?? CURRENCY;
  if (amount !== null && currency !== CURRENCY) note('currency', currency, CURRENCY);
  const day = dayInJapan(deal['closedate']);
  if (day !== opportunity['CloseDate']) note('close date', deal['closedate'], opportunity['CloseDate']);
}

/** Whoever is a contact of HubSpot and a Contact of Salesforce belongs to the deal on both sides or on neither. */
function comparePeople(contacts: readonly string[], roles: readonly Salesforce[], people: People, note: Note): void {
  const known = new Set(people.keyOf.values());
  const reachable = new Set(people.twins.values());
  const inHubSpot = contacts.map((id) => people.keyOf.get(id) ?? '').filter((key) => reachable.has(key));
  const inSalesforce = roles
    .map((role) => people.twins.get(String(role['ContactId'])) ?? '')
    .filter((key) => known.has(key));
  const [one, other] = [inHubSpot, inSalesforce].map((keys) => [...new Set(keys)].sort().join(' '));
  if (one !== other) note('people', one, other);
}

function numberOf(text: string | null | undefined): number | null {
  return text === null || text === undefined || text === '' ? null : Number(text);
}

const JAPAN = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' });

export function dayInJapan(instant: string | null | undefined): string | null {
  if (instant === null || instant === undefined || instant === '') return null;
  return JAPAN.format(new Date(instant));
}
