import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { AnyFacts, DealFacts, FindingCode } from '../../../src/domain/people/person.ts';
import type { System } from '../../../src/domain/people/record.ts';
import { dayInJapan } from '../compare-deals.ts';
import { type Scene, text } from './scene.ts';

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

/** No deal, company, key or record of ours stands twice. */
export async function doubleSales(scene: Scene): Promise<readonly string[]> {
  const [deals, companies] = await Promise.all([everyDeal(scene), everyCompany(scene)]);
  return [...[...deals, ...companies].flatMap(doubleSeats), ...sharedKeys(scene), ...madeAgain(deals, scene)];
}

/** Deals and opportunities tell the same story, or somebody knows why not. */
export async function saleDifferences(scene: Scene): Promise<readonly string[]> {
  const deals = await everyDeal(scene);
  return [...(await differences(deals, scene)), ...looseTies(deals, scene), ...lonely(deals, scene)];
}

/** All that was ever meant for a deal or a company. */
export async function changesOfSales(scene: Scene): Promise<readonly TrackedChange[]> {
  const known = [...(await everyDeal(scene)), ...(await everyCompany(scene))];
  const { ledger } = scene;
  const lines = await Promise.all(known.map(({ id }) => ledger.history(id)));
  return lines.flat().flatMap((line) => (line.kind === 'change' ? [line.change] : []));
}

async function everyDeal({ portal, org, ledger }: Scene): Promise<readonly DealFacts[]> {
  const ids = [
    ...portal.records('deals', []).map(({ id }) => `deals:${id}`),
    ...org.records('Opportunity', ['Id']).map((row) => `Opportunity:${text(row['Id'])}`),
  ];
  const found = new Map<string, DealFacts>();
  for (const id of ids) {
    const facts = await ledger.entity('deal', id);
    if (facts?.kind === 'deal') found.set(facts.id, facts);
  }
  return [...found.values()];
}

async function everyCompany({ portal, org, ledger }: Scene): Promise<readonly AnyFacts[]> {
  const ids = [
    ...portal.records('companies', []).map(({ id }) => `companies:${id}`),
    ...org.records('Account', ['Id']).map((row) => `Account:${text(row['Id'])}`),
  ];
  const found = new Map<string, AnyFacts>();
  for (const id of ids) {
    const facts = await ledger.entity('company', id);
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

function sharedKeys({ org }: Scene): readonly string[] {
  return ['Opportunity', 'Account'].flatMap((object) => {
    const live = org.records(object).filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c'] != null);
    return [...Map.groupBy(live, (row) => text(row['Tasuki_Key__c']))].flatMap(([key, rows]) =>
      rows.length > 1 ? [`${rows.length} of ${object} bear ${key}`] : [],
    );
  });
}

/** R11: what we made is made once, and what somebody deleted stays deleted. A record that came by a merge was made for another deal. */
function madeAgain(deals: readonly DealFacts[], { portal, org }: Scene): readonly string[] {
  const others = new Set(
    deals.flatMap(({ links }) =>
      links.filter(({ evidence, role }) => evidence === 'merge' || role === 'merged').map(({ record }) => record.id),
    ),
  );
  const dealOf = new Map(deals.flatMap(({ id, links }) => links.map(({ record }) => [record.id, id] as const)));
  const ours = (object: string) =>
    org
      .records(object)
      .filter((row) => row['CreatedById'] === org.integrationUserId && row['Tasuki_Key__c'] != null)
      .filter((row) => !others.has(text(row['Id'])));
  const opportunities = byName(ours('Opportunity'), (row) => text(row['Tasuki_Key__c']));
  const roles = byName(
    ours('OpportunityContactRole'),
    (row) => `${text(row['Tasuki_Key__c'])} on ${text(row['OpportunityId'])}`,
  );
  const keyed = portal
    .records('deals')
    .filter(({ id, properties }) => (properties['tasuki_key'] ?? '') !== '' && !others.has(id))
    // Whatever somebody removed before we could see it as that deal's was never there for us: HubSpot tells of no archived key.
    .filter(({ id, archived, properties }) => !archived || dealOf.get(id) === properties['tasuki_key']);
  return [
    ...twice('opportunities', opportunities),
    ...twice('contact roles', roles),
    ...twice(
      'deals',
      byName(keyed, ({ properties }) => properties['tasuki_key'] ?? ''),
    ),
  ];
}

function byName<One>(all: readonly One[], name: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  return Map.groupBy(all, name);
}

function twice(what: string, groups: ReadonlyMap<string, readonly unknown[]>): readonly string[] {
  return [...groups].flatMap(([key, made]) =>
    made.length > 1 ? [`R11: ${made.length} ${what} were made for ${key}`] : [],
  );
}

/** Stage, amount and close date are equal at rest, unless somebody was told why not. */
async function differences(deals: readonly DealFacts[], { portal, org, ledger }: Scene): Promise<readonly string[]> {
  const inHubSpot = new Map(portal.records('deals').map((record) => [record.id, record]));
  const inSalesforce = new Map(org.records('Opportunity').map((row) => [text(row['Id']), row]));
  const unmapped = (await ledger.findings()).filter(({ code }) => code === 'STAGE_NOT_MAPPED');
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
function looseTies(deals: readonly DealFacts[], { portal, org }: Scene): readonly string[] {
  const gone = new Set([
    ...org.records('Opportunity').flatMap((row) => (row['IsDeleted'] === true ? [text(row['Id'])] : [])),
    ...portal.records('deals').flatMap(({ id, archived }) => (archived ? [id] : [])),
  ]);
  return deals.flatMap((facts) => {
    const seats = [seatOf(facts, 'hubspot'), seatOf(facts, 'salesforce')];
    if (seats.some((seat) => seat === undefined || gone.has(seat))) return [];
    return facts.people.flatMap(({ id, hubspot, salesforce, tied }) => {
      const isTold = facts.findings.some(
        ({ code, detail }) =>
          (code === 'TIE_REMOVED' && detail['person'] === id) ||
          (code === 'WRITE_OVERWRITTEN' && /associations|record gone/u.test(String(detail['fields']))) ||
          code === 'WRITE_REFUSED',
      );
      const canBeBoth = hubspot !== null && salesforce?.record.object === 'Contact';
      return canBeBoth && tied.length < 2 && !isTold ? [`${facts.id}: ${id} is tied in ${tied.join()} alone`] : [];
    });
  });
}

/** A deal without its other half: it was deleted there, its stage is in no map, or somebody knows what is missing. */
function lonely(deals: readonly DealFacts[], { portal }: Scene): readonly string[] {
  const live = new Map(
    portal.records('deals').flatMap((record) => (record.archived ? [] : [[record.id, record] as const])),
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
