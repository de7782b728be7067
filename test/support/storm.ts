import { archiveRecord } from '../../src/sandbox/hubspot/records/remove.ts';
import type { FaultRule } from '../../src/sandbox/kernel/faults.ts';
import { Random } from '../../src/sandbox/kernel/random.ts';
import { aCompany, type Company, DAY, HOUR } from './company.ts';
import { saleDeeds } from './storm-sale.ts';

type System = 'hubspot' | 'salesforce';
const MINUTE = 60_000;

/** What a person typed into a mapped field of one record; in the `window` if the worker had read the record and was about to write. */
export type HumanEdit = {
  readonly system: System;
  readonly object: string;
  readonly id: string;
  /** By the system's own name. */
  readonly field: string;
  readonly value: string;
  readonly inWindow: boolean;
};

export type Storm = {
  readonly company: Company;
  /** In words, for whoever replays a seed. */
  readonly deeds: readonly string[];
  readonly edits: readonly HumanEdit[];
  /** Notes in fields that nobody mapped: `city` of a contact, `Description` of a Lead. */
  readonly unmapped: ReadonlyMap<string, string>;
  /** Some hours or days of edits and trouble, then a pass. */
  round(): Promise<void>;
  /** No more trouble; time goes on until a pass finds nothing to do. Returns how many passes that took. */
  calm(): Promise<number>;
};

const TWO_WAY = { email: 'Email', phone: 'Phone', jobtitle: 'Title', company: 'Company' } as const;
const TITLES = ['部長', '課長', '係長', '取締役', '担当', '室長', '主任'];

/** A company in a storm of its own: everything that happens follows from the seed. */
export async function aStorm(seed: number, people = 40): Promise<Storm> {
  const company = await aCompany({ people, seed, frozen: true });
  const { portal, org, kernel } = company.sandbox;
  Object.assign(portal.switches, { searchPerSecondLimit: 1000, tenSecondlyLimit: 5000 });
  const weather = new Random(seed).fork('storm');
  const draughts = new Random(seed).fork('window'); // apart, since how often a CRM is called must not shift the rest
  let random = weather;
  const deeds: string[] = [];
  const edits: HumanEdit[] = [];
  const unmapped = new Map<string, string>();
  let serial = 0;
  let inWindow = false;

  org.validationRules.push((record, _before, object) =>
    object === 'Lead' && String(record['Phone'] ?? '').startsWith('03-0000')
      ? { message: '電話番号が正しくありません', fields: ['Phone'] }
      : undefined,
  );

  const contacts = () => portal.records('contacts').filter(({ archived }) => !archived);
  const live = (object: 'Lead' | 'Contact' | 'Task') =>
    org.records(object).filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true);
  const ours = () => live('Task').filter((task) => task['Tasuki_Key__c']);
  const users = () => org.records('User').filter((user) => String(user['Email']).endsWith('@example.co.jp'));
  const team = ['taro.suzuki', 'aya.ito', 'shota.watanabe', 'mio.tanaka'].map((name) => `${name}@example.co.jp`);
  const teamUser = () => String(random.pick(users().filter((user) => team.includes(String(user['Email']))))['Id']);
  const by = () => ({ by: org.administratorId });
  const human = { source: 'CRM_UI', userId: 1 } as const;
  const anyLead = () => String(random.pick(live('Lead'))['Id']);

  function valueFor(field: keyof typeof TWO_WAY): string {
    serial += 1;
    if (field === 'phone') return `03-${random.chance(0.1) ? '0000' : '4321'}-${String(serial).padStart(4, '0')}`;
    if (field === 'jobtitle') return `${random.pick(TITLES)}${random.chance(0.8) ? serial : ''}`;
    if (field === 'company') return `株式会社嵐${serial}`;
    return `arashi${serial}@example.co.jp`;
  }

  function type(system: System, field: keyof typeof TWO_WAY, value: string, record?: string): void {
    const sales = live(random.chance(0.85) ? 'Lead' : 'Contact');
    const id = record ?? (system === 'hubspot' ? random.pick(contacts()).id : String(random.pick(sales)['Id']));
    const object = system === 'hubspot' ? 'contacts' : id.startsWith('00Q') ? 'Lead' : 'Contact';
    const name = system === 'hubspot' ? field : TWO_WAY[field];
    if (system === 'hubspot') portal.touch(object, id, { [name]: value }, human);
    else org.touch(object, id, { [name]: value }, by());
    typed(system, object, id, name, value);
  }

  function typed(system: System, object: string, id: string, field: string, value: string): void {
    edits.push({ system, object, id, field, value, inWindow });
    deeds.push(`${inWindow ? '(in the window) ' : ''}${system} ${object} ${id}: ${field} = ${value}`);
  }

  const said = (text: string): void => {
    deeds.push(inWindow ? `(in the window) ${text}` : text);
  };

  function score(): void {
    const { id } = random.pick(contacts());
    const leadscore = String(40 + random.int(90));
    portal.touch('contacts', id, { leadscore }, { source: 'CALCULATED' });
    said(`contact ${id}: leadscore ${leadscore}`);
  }

  function newContact(email = `shinki${(serial += 1)}@example.co.jp`): void {
    const properties = { email, lastname: '新規', company: '新規商会', leadscore: String(50 + random.int(60)) };
    const id = portal.seed('contacts', properties, kernel.clock.now());
    said(`new contact ${id}: ${email}, score ${properties.leadscore}`);
    note(id, 'contacts');
  }

  function newLead(email: string): void {
    const fields = { LastName: '持込', Company: '持込商店', Email: email, OwnerId: teamUser() };
    const id = org.seed('Lead', fields, { at: kernel.clock.now(), by: org.administratorId });
    said(`new Lead ${id}: ${email}`);
    note(id, 'Lead');
  }

  /** Something that nobody mapped, and that must be there at the end. */
  function note(id: string, object: 'contacts' | 'Lead'): void {
    const text = `覚書${(serial += 1)}`;
    if (object === 'contacts') portal.touch('contacts', id, { city: text }, human);
    else org.touch('Lead', id, { Description: text }, by());
    unmapped.set(id, text);
  }

  function logCall(): void {
    const rep = teamUser();
    const fields = { WhoId: anyLead(), OwnerId: rep, Subject: '架電', Status: '完了', TaskSubtype: 'Call' };
    const id = org.seed('Task', fields, { at: kernel.clock.now(), by: rep });
    said(`call ${id} logged on ${fields.WhoId}`);
  }

  function reassign(): void {
    const lead = anyLead();
    const queues = org.records('Group').filter((group) => group['Type'] === 'Queue');
    const owner = String(random.pick([...users(), ...queues])['Id']);
    org.touch('Lead', lead, { OwnerId: owner }, by());
    said(`Lead ${lead}: owner ${owner}`);
  }

  function removeLead(): void {
    const lead = anyLead();
    org.remove('Lead', lead, by());
    said(`Lead ${lead} deleted`);
  }

  function restoreLead(): void {
    const gone = org.records('Lead').filter((row) => row['IsDeleted'] === true);
    if (gone.length === 0) return;
    const lead = String(random.pick(gone)['Id']);
    org.undelete('Lead', lead, by());
    said(`Lead ${lead} restored`);
  }

  function swapAddresses(): void {
    const [one, two] = [random.pick(live('Lead')), random.pick(live('Lead'))];
    const [first, second] = [one['Email'], two['Email']];
    if (one['Id'] === two['Id'] || typeof first !== 'string' || typeof second !== 'string') return;
    type('salesforce', 'email', second, String(one['Id']));
    type('salesforce', 'email', first, String(two['Id']));
  }

  function handEdit(): void {
    const fields = ['tasuki_stage', 'tasuki_sales_owner', 'tasuki_sfa_state', 'tasuki_key'];
    const property = random.pick(fields);
    const { id } = random.pick(contacts());
    const value = { tasuki_stage: 'customer', tasuki_sales_owner: '誰か', tasuki_sfa_state: 'none', tasuki_key: '' };
    if (random.chance(0.5)) {
      portal.touch('contacts', id, { [property]: value[property as keyof typeof value] }, human);
      said(`contact ${id}: ${property} typed by hand`);
      return;
    }
    const lead = anyLead();
    const field = random.pick(['Tasuki_Stage__c', 'Tasuki_Next_Due__c', 'Tasuki_Next_Due_Reason__c', 'Tasuki_Key__c']);
    org.touch('Lead', lead, { [field]: field === 'Tasuki_Stage__c' ? 'customer' : null }, by());
    said(`Lead ${lead}: ${field} typed by hand`);
  }

  function ourTask(): void {
    if (ours().length === 0) return;
    const id = String(random.pick(ours())['Id']);
    const what = random.pick(['tick', 'delete', 'pass on']);
    if (what === 'delete') org.remove('Task', id, by());
    else org.touch('Task', id, what === 'tick' ? { Status: '完了' } : { OwnerId: teamUser() }, by());
    said(`our Task ${id}: ${what}`);
  }

  function lifecycle(): void {
    const { id } = random.pick(contacts());
    const lifecyclestage = random.pick(['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead']);
    portal.touch('contacts', id, { lifecyclestage: '' }, human);
    portal.touch('contacts', id, { lifecyclestage }, human);
    said(`contact ${id}: lifecyclestage ${lifecyclestage}`);
  }

  function archive(): void {
    const { id } = random.pick(contacts());
    archiveRecord(portal, portal.space('contacts'), id);
    said(`contact ${id} archived`);
  }

  function hubSpotOwner(): void {
    const { id } = random.pick(contacts());
    const owner = random.pick([...new Set(contacts().map(({ properties }) => properties['hubspot_owner_id'] ?? ''))]);
    portal.touch('contacts', id, { hubspot_owner_id: owner }, human);
    said(`contact ${id}: owner ${owner}`);
  }

  function removeCall(): void {
    const calls = live('Task').filter((task) => !task['Tasuki_Key__c']);
    if (calls.length === 0) return;
    const id = String(random.pick(calls)['Id']);
    org.remove('Task', id, by());
    said(`call ${id} deleted`);
  }

  const someAddress = () => random.pick(contacts()).properties['email'] ?? 'nashi@example.co.jp';
  const salesAddress = () => {
    const email = random.pick(live('Lead'))['Email'];
    return typeof email === 'string' ? email : 'nashi@example.co.jp';
  };
  const anyField = () => random.pick(['phone', 'phone', 'jobtitle', 'jobtitle', 'company', 'email'] as const);
  const typeSomething = (system: System) => () => {
    const field = anyField();
    type(system, field, valueFor(field));
  };
  const inHubSpot = typeSomething('hubspot');
  const inSalesforce = typeSomething('salesforce');
  const everything: readonly (() => void)[] = [
    ...Array.from({ length: 5 }, () => inHubSpot),
    ...Array.from({ length: 5 }, () => inSalesforce),
    ...Array.from({ length: 6 }, () => score),
    ...Array.from({ length: 3 }, () => logCall),
    ...Array.from({ length: 2 }, () => reassign),
    ...Array.from({ length: 2 }, () => ourTask),
    ...Array.from({ length: 2 }, () => handEdit),
    hubSpotOwner,
    lifecycle,
    removeCall,
    archive,
    removeLead,
    restoreLead,
    swapAddresses,
    ...saleDeeds({ company, random: () => random, said, typed }),
    () => newContact(),
    () => newContact(salesAddress()),
    () => newLead(someAddress()),
    () => newLead(`mochikomi${(serial += 1)}@example.co.jp`),
    () => type('hubspot', 'email', salesAddress()),
    () => type('salesforce', 'email', someAddress()),
    () => note(random.pick(contacts()).id, 'contacts'),
    () => note(anyLead(), 'Lead'),
  ];

  /** A person does something, if the CRM lets them. */
  function act(): void {
    try {
      random.pick(everything)();
    } catch (error) {
      deeds.push(`refused: ${error instanceof Error ? error.message.slice(0, 80) : String(error)}`);
    }
  }

  meddle(company, () => {
    if (!draughts.chance(0.15)) return;
    inWindow = true;
    random = draughts;
    act();
    random = weather;
    inWindow = false;
  });

  async function tryPass(): Promise<number> {
    try {
      const { planned, written } = await company.pass();
      deeds.push(`  pass: planned ${planned}, written ${written}`);
      return planned;
    } catch (error) {
      deeds.push(`  pass gave up: ${String(error).slice(0, 120)}`);
      return -1;
    }
  }

  return {
    company,
    deeds,
    edits,
    unmapped,
    async round() {
      const { switches } = org;
      switches.lockedIds = random.chance(0.3) ? [anyLead(), anyLead()] : [];
      for (let left = 4 + random.int(8); left > 0; left--) {
        kernel.clock.advance(1000 + random.int(60_000));
        act();
      }
      for (let left = random.int(3); left > 0; left--) {
        const rule = someTrouble(random);
        deeds.push(`trouble: ${JSON.stringify(rule)}`);
        kernel.faults.add(rule);
      }
      await company.later(random.pick([MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY]));
      await tryPass();
    },
    async calm() {
      kernel.faults.clear();
      org.switches.lockedIds = [];
      meddle(company, () => undefined);
      await company.later(2 * DAY); // past the next survey, which shows what left no stamp
      for (let passes = 1; passes <= 6; passes++) {
        const planned = await tryPass();
        const { dirty, unmatched, approved, unconfirmed } = await company.shop.works.ledger.waiting();
        const left = [dirty, unmatched, ...Object.values(approved), ...Object.values(unconfirmed)];
        if (planned === 0 && left.every((count) => count === 0)) return passes;
        await company.later();
      }
      return 7;
    },
  };
}

/** Lets `deed` happen around every reading back and every write. */
const untouched = new WeakMap<object, { write: unknown; read: unknown }>();
function meddle({ shop }: Company, deed: () => void): void {
  for (const crm of Object.values(shop.works.crm)) {
    const known = untouched.get(crm) ?? { write: crm.write, read: crm.read };
    untouched.set(crm, known);
    const { write, read } = known as Pick<typeof crm, 'write' | 'read'>;
    crm.write = async (effects) => {
      deed();
      try {
        return await write.call(crm, effects);
      } finally {
        deed();
      }
    };
    crm.read = async (...asked) => {
      deed();
      return read.apply(crm, asked);
    };
  }
}

function someTrouble(random: Random): FaultRule {
  const system = random.pick(['hubspot', 'salesforce'] as const);
  const limited = { status: 'error', message: 'You have reached your limit.', errorType: 'RATE_LIMIT' };
  const fault = random.pick<FaultRule['fault']>([
    { kind: 'status', status: 429, body: limited, headers: { 'retry-after': '0' } },
    { kind: 'status', status: 503, when: 'before' },
    { kind: 'status', status: 503, when: 'after' },
    { kind: 'cut', when: 'before' },
    { kind: 'cut', when: 'after' },
    { kind: 'truncate' },
    { kind: 'html', status: 502 },
    ...(system === 'salesforce' ? [{ kind: 'expire-token' } as const] : []),
  ]);
  const paths =
    system === 'hubspot'
      ? ['/batch/update', '/batch/read', '/search', '/crm/']
      : ['/composite/sobjects', '/composite/sobjects', '/query', '/services/data'];
  return { system, path: random.pick(paths), after: random.int(3), times: random.chance(0.8) ? 1 : 2, fault };
}
