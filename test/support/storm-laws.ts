import { stageRank } from '../../src/domain/agreement/stage-order.ts';
import type { TrackedChange } from '../../src/domain/people/change.ts';
import type { PersonFacts } from '../../src/domain/people/person.ts';
import { reasonText } from '../../src/domain/texts/reasons.ts';
import type { Company } from './company.ts';
import { compareCrms } from './compare-crms.ts';
import type { HumanEdit, Storm } from './storm.ts';
import { brokenSaleLaws, changesOfSales } from './storm-sale-laws.ts';

const SALESFORCE_NAME: Readonly<Record<string, string>> = {
  email: 'Email',
  phone: 'Phone',
  jobtitle: 'Title',
  company: 'Company',
};
const TEAM = ['taro.suzuki', 'aya.ito', 'shota.watanabe', 'mio.tanaka'].map((name) => `${name}@example.co.jp`);

type Known = { readonly facts: PersonFacts; readonly changes: readonly TrackedChange[] };

/** What a storm must not have broken, once it is over. Each line of the answer is a broken law. */
export async function brokenLaws(storm: Storm): Promise<readonly string[]> {
  const { company } = storm;
  const people = await everybody(company);
  return [
    ...(await notAtRest(company)),
    ...ledgerAtRest(people),
    ...doubles(company),
    ...tasks(people, company),
    ...lapses(people, company),
    ...stages(people),
    ...reasons(people),
    ...(await differences(people, company)),
    ...contactDifferences(people, company),
    ...lostEdits([...people.flatMap(({ changes }) => changes), ...(await changesOfSales(company))], storm),
    ...touchedNotes(storm),
    ...states(people, company),
    ...(await brokenSaleLaws(company)),
  ];
}

async function everybody({ sandbox, shop }: Company): Promise<readonly Known[]> {
  const records = [
    ...sandbox.portal.records('contacts').map(({ id }) => id),
    ...['Lead', 'Contact'].flatMap((object) => sandbox.org.records(object).map((row) => text(row['Id']))),
  ];
  const people = new Map<string, Known>();
  for (const id of records) {
    const facts = await shop.works.ledger.person(id);
    if (facts === null || people.has(facts.id)) continue;
    const history = await shop.works.ledger.history(facts.id);
    people.set(facts.id, { facts, changes: history.flatMap((line) => (line.kind === 'change' ? [line.change] : [])) });
  }
  return [...people.values()];
}

async function notAtRest(company: Company): Promise<readonly string[]> {
  const { planned } = await company.pass();
  const waiting = JSON.stringify(await company.shop.works.ledger.waiting());
  return [
    ...(planned === 0 ? [] : [`R9: a further pass planned ${planned}`]),
    ...(/[1-9]/u.test(waiting) ? [`something waits for ever: ${waiting}`] : []),
  ];
}

function ledgerAtRest(people: readonly Known[]): readonly string[] {
  const restless = ['planned', 'approved', 'sending', 'unsure', 'parked'];
  return people.flatMap(({ changes }) =>
    changes.filter(({ state }) => restless.includes(state)).map(({ id, state }) => `change ${id} is left ${state}`),
  );
}

/** However many times a write was sent, one Lead of ours per person. */
function doubles({ sandbox }: Company): readonly string[] {
  const { org } = sandbox;
  const made = org.records('Lead').filter((row) => row['CreatedById'] === org.integrationUserId);
  const broken: string[] = [];
  for (const [key, leads] of byText(made, 'Tasuki_Key__c'))
    if (leads.length > 1) broken.push(`R11: ${leads.length} Leads were made for ${key}`);
  const keyed = org.records('Lead').filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c']);
  for (const [key, leads] of byText(keyed, 'Tasuki_Key__c'))
    if (leads.length > 1) broken.push(`${leads.length} Leads bear ${key}`);
  return broken;
}

function byText(
  rows: readonly Record<string, unknown>[],
  field: string,
): ReadonlyMap<string, Record<string, unknown>[]> {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    if (row[field] == null) continue;
    const name = text(row[field]);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

/** R11: one Task per lapse, and never a second one, whatever became of the first. */
function tasks(people: readonly Known[], { sandbox }: Company): readonly string[] {
  const all = byText(sandbox.org.records('Task'), 'Tasuki_Key__c');
  return people.flatMap(({ facts }) =>
    facts.clocks.flatMap((clock) => {
      const found = all.get(clock.id) ?? [];
      const open = found.filter((task) => task['IsDeleted'] !== true && task['IsClosed'] !== true);
      return [
        ...(found.length > 1 ? [`R11: ${found.length} Tasks for ${clock.id}`] : []),
        ...(clock.state === 'lapsed' && found.length !== 1
          ? [`R11: ${clock.id} lapsed with ${found.length} Tasks`]
          : []),
        ...(clock.state !== 'lapsed' && open.length > 0
          ? [
              `R11: ${clock.id} is ${clock.state} (${clock.closedBecause}), its Task is open; ledger: ${clock.task?.state}`,
            ]
          : []),
        ...(clock.task?.state === 'open' && open.length === 0
          ? [`${clock.id}: the ledger takes its Task for open`]
          : []),
      ];
    }),
  );
}

/** R12 and R19: contact by the team (a conversion) in time means that no deadline lapsed, counted from Salesforce's own records. */
function lapses(people: readonly Known[], { sandbox }: Company): readonly string[] {
  const { org } = sandbox;
  const team = new Set(
    org
      .records('User')
      .filter((user) => TEAM.includes(text(user['Email'])))
      .map((user) => user['Id']),
  );
  const calls = org
    .records('Task')
    .filter((task) => !task['Tasuki_Key__c'] && task['IsClosed'] === true && team.has(task['OwnerId']));
  const met = calls
    .filter((task) => task['IsDeleted'] !== true)
    .map((task) => ({
      ends: 'first-contact',
      id: task['Id'],
      about: text(task['WhoId']),
      at: Date.parse(text(task['CompletedDateTime'] ?? task['CreatedDate'])),
    }));
  const conversions = org
    .records('LeadHistory')
    .filter((row) => row['Field'] === 'leadConverted')
    .map((row) => ({
      ends: 'convert',
      id: row['Id'],
      about: text(row['LeadId']),
      at: Date.parse(text(row['CreatedDate'])),
    }));
  return people.flatMap(({ facts }) => {
    const records = new Set(facts.links.map(({ record }) => record.id));
    return facts.clocks.flatMap((clock) => {
      const proof = [...met, ...conversions].find(
        ({ ends, about, at }) =>
          ends === clock.kind && records.has(about) && at >= clock.startedAt && at <= clock.dueAt,
      );
      return clock.lapsedAt !== undefined && proof !== undefined
        ? [`R19: ${clock.id} lapsed in spite of ${text(proof.id)}`]
        : [];
    });
  });
}

function stages(people: readonly Known[]): readonly string[] {
  return people.flatMap(({ facts }) => {
    const ranks = facts.stages.map(({ stage }) => stageRank(stage));
    return ranks.every((rank, nth) => nth === 0 || rank > ranks[nth - 1]!)
      ? []
      : [`R10: ${facts.id} went ${facts.stages.map(({ stage }) => stage).join(' → ')}`];
  });
}

function reasons(people: readonly Known[]): readonly string[] {
  return people.flatMap(({ changes }) =>
    changes.flatMap(({ id, steps }) =>
      steps.flat().flatMap(({ field, reason }) => {
        const texts = [reasonText(reason, 'ja'), reasonText(reason, 'en')];
        return texts.every((text) => text.length > 3 && !/undefined|null|NaN/u.test(text))
          ? []
          : [`R2: ${id} ${field}: ${texts.join(' / ')}`];
      }),
    ),
  );
}

/** A difference is no fault where a person was told of it. */
async function differences(people: readonly Known[], { sandbox, shop }: Company): Promise<readonly string[]> {
  const found = (await compareCrms(sandbox)).differences;
  const open = await shop.works.ledger.findings();
  return found.flatMap(({ person: contact, field, hubspot, salesforce }) => {
    const facts = people.find(({ facts: { links } }) => links.some(({ record }) => record.id === contact))?.facts;
    const seat = facts?.links.find(({ role, record }) => role === 'current' && record.system === 'salesforce');
    if (seat?.record.object !== 'Lead') return []; // what is left of its Lead is history
    const names = new Set(facts?.links.map(({ record }) => record.id));
    const told = open.some(
      ({ code, subject, entity, detail }) =>
        [
          'CONFLICT',
          'WRITE_REFUSED',
          'VALUE_NOT_MAPPED',
          'VALUE_NOT_ACCEPTED',
          'VALUE_TOO_LONG',
          'KEY_HELD_TWICE',
        ].includes(code) &&
        (entity === facts?.id || [...names].some((id) => subject.includes(id))) &&
        (code === 'KEY_HELD_TWICE' ||
          [field, SALESFORCE_NAME[field]].some(
            (name) => name !== undefined && JSON.stringify([subject, detail]).includes(name),
          )),
    );
    const fillBlank = field === 'industry' && hubspot != null && salesforce != null;
    const standIn = field === 'company' && hubspot == null;
    const kept = field === 'firstname' && salesforce == null; // `clears: keep`, and Salesforce has nothing to say
    return told || fillBlank || standIn || kept
      ? []
      : [`difference: ${contact} ${field}: ${text(hubspot)} | ${text(salesforce)}`];
  });
}

/** The same for people whom sales knows as a Contact. */
function contactDifferences(people: readonly Known[], { sandbox }: Company): readonly string[] {
  const rows = new Map(sandbox.org.records('Contact').map((row) => [text(row['Id']), row]));
  const contacts = new Map(sandbox.portal.records('contacts').map((record) => [record.id, record]));
  return people.flatMap(({ facts }) => {
    const seat = (object: string) =>
      facts.links.find(({ role, record }) => role === 'current' && record.object === object)?.record.id ?? '';
    const [contact, row] = [contacts.get(seat('contacts')), rows.get(seat('Contact'))];
    if (contact === undefined || row === undefined) return [];
    return (['email', 'phone', 'jobtitle'] as const).flatMap((field) => {
      const [one, other] = [contact.properties[field], row[SALESFORCE_NAME[field]!]];
      const told = facts.findings.some(({ detail, subject }) =>
        [field, SALESFORCE_NAME[field]].some(
          (name) => name !== undefined && JSON.stringify([subject, detail]).includes(name),
        ),
      );
      return told || plain(field, one) === plain(field, other)
        ? []
        : [`difference: ${contact.id} ${field}: ${text(one)} | ${text(other)} (${text(row['Id'])})`];
    });
  });
}

/** A cell of either system, as a person reads it. */
function text(cell: unknown): string {
  if (cell == null) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function plain(field: string, value: unknown): string {
  const bare = text(value).normalize('NFKC').trim();
  if (field === 'email') return bare.replace(/\s/gu, '').toLowerCase();
  return field === 'phone' ? bare.replace(/^\+81[\s-]*\(?0?\)?/u, '0').replace(/\D/gu, '') : bare;
}

/** R15: what a person typed last stands there, or a change says what it gave way to. */
function lostEdits(changes: readonly TrackedChange[], { edits, company }: Storm): readonly string[] {
  const lastOf = new Map<string, HumanEdit>();
  for (const edit of edits) lastOf.set(`${edit.system}:${edit.id}:${edit.field}`, edit);
  return [...lastOf.values()].flatMap((edit) => {
    const { system, object, id, field, value } = edit;
    const now = valueNow(company, edit);
    if (now === undefined || same(now, value)) return [];
    const writes = changes
      .filter(({ target }) => target.id === id)
      .flatMap(({ steps }) => steps.flat().filter((step) => step.field === field));
    if (writes.some(({ before }) => same(before, value))) return [];
    if (edit.inWindow && writes.some(({ after }) => same(after, now))) return []; // ours was already on its way
    return [`R15: ${system} ${object} ${id} ${field} = ${value} is lost, now ${text(now)}`];
  });
}

function valueNow({ sandbox }: Company, { system, object, id, field }: HumanEdit): unknown {
  if (system === 'hubspot') {
    const record = sandbox.portal.records(object).find((each) => each.id === id);
    return record === undefined || record.archived ? undefined : (record.properties[field] ?? null);
  }
  const row = sandbox.org.records(object).find((record) => record['Id'] === id);
  return row === undefined || row['IsDeleted'] === true ? undefined : row[field];
}

/** A day is the same day with an hour to it. */
function same(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) =>
    text(value)
      .toLowerCase()
      .replace(/t00:00:00(\.000)?z$/u, ''),
  );
  return first === second;
}

/** R7. */
function touchedNotes({ unmapped, company }: Storm): readonly string[] {
  const { portal, org } = company.sandbox;
  const notes = new Map([
    ...portal.records('contacts').map(({ id, properties }) => [id, properties['city']] as const),
    ...org.records('Lead').map((row) => [text(row['Id']), row['Description']] as const),
  ]);
  // What was merged away took its notes along, where the survivor had none.
  return [...unmapped]
    .filter(([id, text]) => notes.has(id) && notes.get(id) !== text)
    .map(([id]) => `R7: the note on ${id} is gone`);
}

/** What HubSpot shows of the other side is so; and whoever is an MQL is in Salesforce, or somebody knows why not. */
function states(people: readonly Known[], { sandbox }: Company): readonly string[] {
  const { portal, org } = sandbox;
  const keyed = new Set(
    ['Lead', 'Contact'].flatMap((object) =>
      org
        .records(object)
        .filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true)
        .map((row) => text(row['Tasuki_Key__c'])),
    ),
  );
  return portal.records('contacts').flatMap(({ id, properties, archived }) => {
    const known = people.find(({ facts }) =>
      facts.links.some(({ record, role }) => record.id === id && role === 'current'),
    );
    if (archived || known === undefined) return [];
    const state = properties['tasuki_sfa_state'];
    const there = keyed.has(properties['tasuki_key'] ?? '');
    const told = known.facts.findings.some(({ code }) => code === 'WRITE_REFUSED');
    return [
      ...((state === 'lead' || state === 'contact') && !there ? [`${id} shows ${state}, but Salesforce has none`] : []),
      ...(state !== 'lead' && state !== 'contact' && there
        ? [`${id} shows ${state}, but Salesforce has a record`]
        : []),
      ...(state === 'none' && properties['tasuki_stage'] === 'MQL' && !told ? [`${id} is an MQL without a Lead`] : []),
      ...(properties['tasuki_stage'] !== known.facts.stages.at(-1)?.stage && !told
        ? [`${id} shows ${properties['tasuki_stage']}, but stands at ${known.facts.stages.at(-1)?.stage}`]
        : []),
    ];
  });
}
