import type { HubSpotPortal } from '../../src/sandbox/hubspot/portal.ts';
import type { SalesforceOrg } from '../../src/sandbox/salesforce/org.ts';

/** Both systems from behind the scenes, as the process that runs them sees them. */
export type Scene = { readonly portal: HubSpotPortal; readonly org: SalesforceOrg };
type Row = Readonly<Record<string, unknown>>;

/** How much there is for each person of a company that has used both systems for years. */
const COMPANIES_PER_PERSON = 0.2;
const DEALS_PER_PERSON = 0.15;
const ACTIVITIES_PER_PERSON = 1;
const DAY_MS = 86_400_000;
const STAGES = ['初回訪問', '提案', '見積提示', '交渉', '受注', '失注'] as const;

/**
 * The generated company tells a few sales in detail; a bench needs many. Adds companies with their contacts, opportunities with a
 * contact role, and calls, all in the past, until there are as many for each person as an old account has. No chance is in it.
 */
export function growCompany(scene: Scene, people: number, now: number): void {
  addCompanies(scene, Math.round(people * COMPANIES_PER_PERSON), now);
  addOpportunities(scene, Math.round(people * DEALS_PER_PERSON), now);
  addCalls(scene, Math.round(people * ACTIVITIES_PER_PERSON), now);
}

/** HubSpot makes a company of a domain and puts everybody with such an address into it. */
function addCompanies({ portal }: Scene, wanted: number, now: number): void {
  const known = new Set(portal.records('companies').map(({ properties }) => String(properties['domain'])));
  const placed = new Set(
    portal.associations().flatMap(({ from, to }) => (isPair(from, to, 'contacts', 'companies') ? [from.id] : [])),
  );
  const byDomain = Map.groupBy(
    portal.records('contacts').filter(({ id, archived }) => !archived && !placed.has(id)),
    ({ properties }) => properties['email']?.split('@')[1] ?? '',
  );
  const unknown = [...byDomain].filter(([domain]) => domain !== '' && !known.has(domain));
  for (const [domain, contacts] of unknown.slice(0, Math.max(0, wanted - known.size))) {
    const { company, industry } = contacts[0]?.properties ?? {};
    const properties = { name: company ?? domain, domain, ...(industry == null ? {} : { industry }) };
    const id = portal.seed('companies', properties, now - 200 * DAY_MS, { type: 'CALCULATED' });
    for (const contact of contacts)
      portal.associate({ object: 'contacts', id: contact.id }, { object: 'companies', id }, { label: 'primary' });
  }
}

/** Whom sales knows as a Contact has an opportunity; whoever has one has a second before anybody has a third. */
function addOpportunities({ org }: Scene, wanted: number, now: number): void {
  const contacts = live(org, 'Contact').filter(({ AccountId }) => typeof AccountId === 'string');
  const missing = contacts.length === 0 ? 0 : wanted - live(org, 'Opportunity').length;
  for (let nth = 0; nth < missing; nth += 1) {
    const contact = contacts[nth % contacts.length] ?? {};
    const at = now - (20 + (nth % 300)) * DAY_MS;
    const fields = {
      Name: `新規導入 ${nth + 1}`,
      AccountId: contact['AccountId'],
      StageName: STAGES[nth % STAGES.length],
      CloseDate: new Date(at + 60 * DAY_MS).toISOString().slice(0, 10),
      Amount: (6 + (nth % 43)) * 100_000,
      Type: '新規顧客',
      OwnerId: contact['OwnerId'],
    };
    const opportunity = org.seed('Opportunity', fields, { at });
    const role = { OpportunityId: opportunity, ContactId: contact['Id'], IsPrimary: true };
    org.seed('OpportunityContactRole', role, { at });
  }
}

/** Calls: two in Salesforce for each one that somebody logs in HubSpot. */
function addCalls({ portal, org }: Scene, wanted: number, now: number): void {
  const people = [...live(org, 'Lead').filter(({ IsConverted }) => IsConverted !== true), ...live(org, 'Contact')];
  const contacts = portal.records('contacts').filter(({ archived }) => !archived);
  const known = countActivities({ portal, org });
  for (let nth = 0; nth < wanted - known; nth += 1) {
    const at = now - (2 + (nth % 300)) * DAY_MS;
    if (nth % 3 === 0) {
      const call = { hs_timestamp: new Date(at).toISOString(), hs_call_title: '電話', hs_call_status: 'COMPLETED' };
      const id = portal.seed('calls', call, at);
      const contact = contacts[(nth * 7) % contacts.length]?.id ?? '';
      portal.associate({ object: 'calls', id }, { object: 'contacts', id: contact });
    } else {
      const person = people[(nth * 7) % people.length] ?? {};
      const call = { WhoId: person['Id'], Subject: '電話', Status: '完了', Priority: '中', TaskSubtype: 'Call' };
      org.seed('Task', { ...call, ActivityDate: new Date(at).toISOString().slice(0, 10) }, { at });
    }
  }
}

function countActivities({ portal, org }: Scene): number {
  const inHubSpot = ['calls', 'emails', 'meetings', 'tasks', 'notes'].map((object) => portal.records(object).length);
  const inSalesforce = ['Task', 'Event', 'EmailMessage', 'CampaignMember'].map((name) => live(org, name).length);
  return [...inHubSpot, ...inSalesforce].reduce((sum, count) => sum + count, 0);
}

export function live(org: SalesforceOrg, object: string): readonly Row[] {
  return org.records(object).filter(({ IsDeleted }) => IsDeleted !== true);
}

type End = { readonly object: string };

function isPair(from: End, to: End, one: string, other: string): boolean {
  return from.object === one && to.object === other;
}
