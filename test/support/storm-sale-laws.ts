import type { TrackedChange } from '../../src/domain/people/change.ts';
import type { AnyFacts, DealFacts, FindingCode } from '../../src/domain/people/person.ts';
import type { System } from '../../src/domain/people/record.ts';
import type { Company } from './company.ts';

/** The map of the shipped mappings/deal.yaml, written down here once more, by hand. */
const STAGES: Readonly<Record<string, string>> = {
  appointmentscheduled: '初回訪問',
  presentationscheduled: '提案',
  decisionmakerboughtin: '見積提示',
  contractsent: '交渉',
  closedwon: '受注',
  closedlost: '失注',
};

/** Findings that tell somebody of a difference between a deal and its opportunity. */
const TELLING: readonly FindingCode[] = ['CONFLICT', 'WRITE_REFUSED', 'CURRENCY_NOT_KNOWN', 'VALUE_NOT_ACCEPTED'];

/** What a storm must not have broken between deals and opportunities, companies and accounts, once it is over. */
export async function brokenSaleLaws(company: Company): Promise<readonly string[]> {
  const [deals, companies] = await Promise.all([everyDeal(company), everyCompany(company)]);
  return [
    ...[...deals, ...companies].flatMap(doubleSeats),
    ...sharedKeys(company),
    ...madeAgain(company),
    ...(await differences(deals, company)),
    ...looseTies(deals, company),
    ...lonely(deals, company),
  ];
}

/** All that was ever meant for a deal or a company. */
export async function changesOfSales(company: Company): Promise<readonly TrackedChange[]> {
  const known = [...(await everyDeal(company)), ...(await everyCompany(company))];
  const { ledger } = company.shop.works;
  const lines = await Promise.all(known.map(({ id }) => ledger.history(id)));
  return lines.flat().flatMap((line) => (line.kind === 'change' ? [line.change] : []));
}

async function everyDeal({ sandbox, shop }: Company): Promise<readonly DealFacts[]> {
  const ids = [
    ...sandbox.portal.records('deals').map(({ id }) => `deals:${id}`),
    ...sandbox.org.records('Opportunity').map((row) => `Opportunity:${text(row['Id'])}`),
  ];
  const found = new Map<string, DealFacts>();
  for (const id of ids) {
    const facts = await shop.works.ledger.entity('deal', id);
    if (facts?.kind === 'deal') found.set(facts.id, facts);
  }
  return [...found.values()];
}

async function everyCompany({ sandbox, shop }: Company): Promise<readonly AnyFacts[]> {
  const ids = [
    ...sandbox.portal.records('companies').map(({ id }) => `companies:${id}`),
    ...sandbox.org.records('Account').map((row) => `Account:${text(row['Id'])}`),
  ];
  const found = new Map<string, AnyFacts>();
  for (const id of ids) {
    const facts = await shop.works.ledger.entity('company', id);
    if (facts !== null) found.set(facts.id, facts);
  }
  return [...found.values()];
}

function seatOf({ links }: AnyFacts, system: System): string | undefined {
  return links.find(({ role, record }) => role === 'current' && record.system === system)?.record.id;
}

/** No deal is two opportunities, no company two accounts. */
function doubleSeats({ id, links }: AnyFacts): readonly string[] {
  return (['hubspot', 'salesforce'] as const).flatMap((system) => {
    const seated = links.filter(({ role, record }) => role === 'current' && record.system === system);
    return seated.length > 1 ? [`${id} is ${seated.map(({ record }) => record.id).join(' and ')} at once`] : [];
  });
}

function sharedKeys({ sandbox }: Company): readonly string[] {
  return ['Opportunity', 'Account'].flatMap((object) => {
    const live = sandbox.org.records(object).filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c'] != null);
    return [...Map.groupBy(live, (row) => text(row['Tasuki_Key__c']))].flatMap(([key, rows]) =>
      rows.length > 1 ? [`${rows.length} of ${object} bear ${key}`] : [],
    );
  });
}

/** R11: what we made is made once, and what somebody deleted stays deleted. */
function madeAgain({ sandbox }: Company): readonly string[] {
  const { org, portal } = sandbox;
  const ours = (object: string) =>
    org.records(object).filter((row) => row['CreatedById'] === org.integrationUserId && row['Tasuki_Key__c'] != null);
  const inSalesforce = ['Opportunity', 'OpportunityContactRole'].flatMap((object) =>
    [...Map.groupBy(ours(object), (row) => text(row['Tasuki_Key__c']))].flatMap(([key, rows]) =>
      rows.length > 1 ? [`R11: ${rows.length} of ${object} were made for ${key}`] : [],
    ),
  );
  const keyed = portal.records('deals').filter(({ properties }) => (properties['tasuki_key'] ?? '') !== '');
  const inHubSpot = [...Map.groupBy(keyed, ({ properties }) => properties['tasuki_key'] ?? '')].flatMap(
    ([key, records]) => (records.length > 1 ? [`R11: ${records.length} deals were made for ${key}`] : []),
  );
  return [...inSalesforce, ...inHubSpot];
}

/** Stage, amount and close date are equal at rest, unless somebody was told why not. */
async function differences(deals: readonly DealFacts[], { sandbox, shop }: Company): Promise<readonly string[]> {
  const { portal, org } = sandbox;
  const inHubSpot = new Map(portal.records('deals').map((record) => [record.id, record]));
  const inSalesforce = new Map(org.records('Opportunity').map((row) => [text(row['Id']), row]));
  const unmapped = (await shop.works.ledger.findings()).filter(({ code }) => code === 'STAGE_NOT_MAPPED');
  return deals.flatMap((facts) => {
    const deal = inHubSpot.get(seatOf(facts, 'hubspot') ?? '');
    const row = inSalesforce.get(seatOf(facts, 'salesforce') ?? '');
    if (deal === undefined || row === undefined || deal.archived || row['IsDeleted'] === true) return [];
    const { properties } = deal;
    const stage = STAGES[properties['dealstage'] ?? ''];
    const isTold = (field: string) =>
      facts.findings.some(
        ({ code, subject, detail }) =>
          TELLING.includes(code) && JSON.stringify([subject, detail]).toLowerCase().includes(field.toLowerCase()),
      ) ||
      (field === 'stage' && stage === undefined && unmapped.some(({ subject }) => subject.includes('qualifiedtobuy')));
    return [
      ['stage', stage, row['StageName']],
      ['amount', numberOf(properties['amount']), row['Amount'] ?? null],
      ['close', dayInJapan(properties['closedate']), row['CloseDate']],
    ].flatMap(([field, one, other]) => {
      const kept = field !== 'stage' && one === null; // `clears: keep`: HubSpot has nothing to say
      return one === other || kept || isTold(String(field))
        ? []
        : [`difference: ${facts.id} ${text(field)}: ${text(one)} | ${text(other)}`];
    });
  });
}

/** Whoever is a contact of HubSpot and a Contact of Salesforce belongs to the deal on both sides, unless somebody was told. */
function looseTies(deals: readonly DealFacts[], { sandbox }: Company): readonly string[] {
  const gone = new Set([
    ...sandbox.org.records('Opportunity').flatMap((row) => (row['IsDeleted'] === true ? [text(row['Id'])] : [])),
    ...sandbox.portal.records('deals').flatMap(({ id, archived }) => (archived ? [id] : [])),
  ]);
  return deals.flatMap((facts) => {
    const seats = [seatOf(facts, 'hubspot'), seatOf(facts, 'salesforce')];
    if (seats.some((seat) => seat === undefined || gone.has(seat))) return [];
    return facts.people.flatMap(({ id, hubspot, salesforce, tied }) => {
      const isTold = facts.findings.some(
        ({ code, detail }) => (code === 'TIE_REMOVED' && detail['person'] === id) || code === 'WRITE_REFUSED',
      );
      const canBeBoth = hubspot !== null && salesforce?.record.object === 'Contact';
      return canBeBoth && tied.length < 2 && !isTold ? [`${facts.id}: ${id} is tied in ${tied.join()} alone`] : [];
    });
  });
}

/** A deal without its other half: it was deleted there, its stage is in no map, or somebody knows what is missing. */
function lonely(deals: readonly DealFacts[], { sandbox }: Company): readonly string[] {
  const live = new Map(
    sandbox.portal.records('deals').flatMap((record) => (record.archived ? [] : [[record.id, record] as const])),
  );
  return deals.flatMap((facts) => {
    const deal = live.get(seatOf(facts, 'hubspot') ?? '');
    if (deal === undefined || seatOf(facts, 'salesforce') !== undefined) return [];
    const wasThere = facts.links.some(({ record }) => record.system === 'salesforce');
    const isMapped = (deal.properties['dealstage'] ?? '') in STAGES;
    const isTold = facts.findings.some(({ code }) =>
      ['DEAL_NEEDS_CONTACT', 'DEAL_NEEDS_CONVERSION', 'WRITE_REFUSED', 'CURRENCY_NOT_KNOWN'].includes(code),
    );
    return wasThere || !isMapped || isTold ? [] : [`${facts.id} has no opportunity, and nobody knows why`];
  });
}

function numberOf(value: string | null | undefined): number | null {
  return value == null || value === '' ? null : Number(value);
}

function dayInJapan(instant: string | null | undefined): string | null {
  if (instant == null || instant === '') return null;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' }).format(new Date(instant));
}

function text(cell: unknown): string {
  if (cell == null) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
