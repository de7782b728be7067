import { type Deed, type Hands, HUMAN, liveRecords, liveRows, rowsIn, type System, TEAM, times } from './hands.ts';

const TWO_WAY = { email: 'Email', phone: 'Phone', jobtitle: 'Title', company: 'Company' } as const;
type TwoWay = keyof typeof TWO_WAY;
const TITLES = ['部長', '課長', '係長', '取締役', '担当', '室長', '主任'];

/** What people do with contacts, Leads, calls and our Tasks, one function per deed. */
export function peopleDeeds({ world, random, said, typed, noted }: Hands): readonly Deed[] {
  const { portal, org } = world;
  let serial = 0;
  const contacts = () => liveRecords(world, 'contacts');
  const live = (object: string) => liveRows(world, object);
  const ours = () => live('Task').filter((task) => task['Tasuki_Key__c']);
  const users = () => rowsIn(world, 'User').filter((user) => String(user['Email']).endsWith('@example.co.jp'));
  const teamUser = () => String(random().pick(users().filter((user) => TEAM.includes(String(user['Email']))))['Id']);
  const by = () => ({ by: org.administratorId });
  const anyContact = () => random().pick(contacts()).id;
  const anyLead = () => String(random().pick(live('Lead'))['Id']);

  function valueFor(field: TwoWay): string {
    serial += 1;
    if (field === 'phone') return `03-${random().chance(0.1) ? '0000' : '4321'}-${String(serial).padStart(4, '0')}`;
    if (field === 'jobtitle') return `${random().pick(TITLES)}${random().chance(0.8) ? serial : ''}`;
    if (field === 'company') return `株式会社嵐${serial}`;
    return `arashi${serial}@example.co.jp`;
  }

  function type(system: System, field: TwoWay, value: string, record?: string): void {
    const sales = live(random().chance(0.85) ? 'Lead' : 'Contact');
    const id = record ?? (system === 'hubspot' ? anyContact() : String(random().pick(sales)['Id']));
    const object = system === 'hubspot' ? 'contacts' : id.startsWith('00Q') ? 'Lead' : 'Contact';
    const name = system === 'hubspot' ? field : TWO_WAY[field];
    if (system === 'hubspot') portal.touch(object, id, { [name]: value }, HUMAN);
    else org.touch(object, id, { [name]: value }, by());
    typed(system, object, id, name, value);
  }

  function score(): void {
    const id = anyContact();
    const leadscore = String(40 + random().int(90));
    portal.touch('contacts', id, { leadscore }, { source: 'CALCULATED' });
    said(`contact ${id}: leadscore ${leadscore}`);
  }

  function newContact(email = `shinki${(serial += 1)}@example.co.jp`): void {
    const score = { leadscore: String(50 + random().int(60)) };
    const isKnown = random().chance(0.15); // somebody has qualified them before we came
    const properties = {
      email,
      lastname: '新規',
      company: '新規商会',
      ...score,
      ...(isKnown ? { lifecyclestage: 'salesqualifiedlead' } : {}),
    };
    const id = portal.seed('contacts', properties, portal.clock.now());
    said(`new contact ${id}: ${email}, score ${properties.leadscore}`);
    note(id, 'contacts');
  }

  function newLead(email: string): void {
    const fields = { LastName: '持込', Company: '持込商店', Email: email, OwnerId: teamUser() };
    const id = org.seed('Lead', fields, { at: org.state.clock(), by: org.administratorId });
    said(`new Lead ${id}: ${email}`);
    note(id, 'Lead');
  }

  /** Something that nobody mapped, and that must be there at the end. */
  function note(id: string, object: 'contacts' | 'Lead'): void {
    const text = `覚書${(serial += 1)}`;
    if (object === 'contacts') portal.touch('contacts', id, { city: text }, HUMAN);
    else org.touch('Lead', id, { Description: text }, by());
    noted(id, text);
  }

  function logCall(): void {
    const rep = teamUser();
    const fields = { WhoId: anyLead(), OwnerId: rep, Subject: '架電', Status: '完了', TaskSubtype: 'Call' };
    const id = org.seed('Task', fields, { at: org.state.clock(), by: rep });
    said(`call ${id} logged on ${fields.WhoId}`);
  }

  function reassign(): void {
    const lead = anyLead();
    const queues = rowsIn(world, 'Group').filter((group) => group['Type'] === 'Queue');
    const owner = String(random().pick([...users(), ...queues])['Id']);
    org.touch('Lead', lead, { OwnerId: owner }, by());
    said(`Lead ${lead}: owner ${owner}`);
  }

  function removeLead(): void {
    const lead = anyLead();
    org.remove('Lead', lead, by());
    said(`Lead ${lead} deleted`);
  }

  function restoreLead(): void {
    const gone = rowsIn(world, 'Lead').filter((row) => row['IsDeleted'] === true);
    if (gone.length === 0) return;
    const lead = String(random().pick(gone)['Id']);
    org.undelete('Lead', lead, by());
    said(`Lead ${lead} restored`);
  }

  function swapAddresses(): void {
    const [one, two] = [random().pick(live('Lead')), random().pick(live('Lead'))];
    const [first, second] = [one['Email'], two['Email']];
    if (one['Id'] === two['Id'] || typeof first !== 'string' || typeof second !== 'string') return;
    type('salesforce', 'email', second, String(one['Id']));
    type('salesforce', 'email', first, String(two['Id']));
  }

  /** Somebody types into a field of ours. */
  function handEdit(): void {
    const value = { tasuki_stage: 'customer', tasuki_sales_owner: '誰か', tasuki_sfa_state: 'none', tasuki_key: '' };
    const property = random().pick(Object.keys(value) as (keyof typeof value)[]);
    const id = anyContact();
    if (random().chance(0.5)) {
      portal.touch('contacts', id, { [property]: value[property] }, HUMAN);
      said(`contact ${id}: ${property} typed by hand`);
      return;
    }
    const lead = anyLead();
    const field = random().pick([
      'Tasuki_Stage__c',
      'Tasuki_Next_Due__c',
      'Tasuki_Next_Due_Reason__c',
      'Tasuki_Brief__c',
      'Tasuki_Key__c',
    ]);
    org.touch('Lead', lead, { [field]: field === 'Tasuki_Stage__c' ? 'customer' : null }, by());
    said(`Lead ${lead}: ${field} typed by hand`);
  }

  function ourTask(): void {
    if (ours().length === 0) return;
    const id = String(random().pick(ours())['Id']);
    const what = random().pick(['tick', 'delete', 'pass on']);
    if (what === 'delete') org.remove('Task', id, by());
    else org.touch('Task', id, what === 'tick' ? { Status: '完了' } : { OwnerId: teamUser() }, by());
    said(`our Task ${id}: ${what}`);
  }

  function lifecycle(): void {
    const id = anyContact();
    const lifecyclestage = random().pick(['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead']);
    portal.touch('contacts', id, { lifecyclestage: '' }, HUMAN);
    portal.touch('contacts', id, { lifecyclestage }, HUMAN);
    said(`contact ${id}: lifecyclestage ${lifecyclestage}`);
  }

  function archive(): void {
    const id = anyContact();
    portal.archive('contacts', id);
    said(`contact ${id} archived`);
  }

  function hubSpotOwner(): void {
    const id = anyContact();
    const owner = random().pick([...new Set(contacts().map(({ properties }) => properties['hubspot_owner_id'] ?? ''))]);
    portal.touch('contacts', id, { hubspot_owner_id: owner }, HUMAN);
    said(`contact ${id}: owner ${owner}`);
  }

  function removeCall(): void {
    const calls = live('Task').filter((task) => !task['Tasuki_Key__c']);
    if (calls.length === 0) return;
    const id = String(random().pick(calls)['Id']);
    org.remove('Task', id, by());
    said(`call ${id} deleted`);
  }

  const someAddress = () => random().pick(contacts()).properties['email'] ?? 'nashi@example.co.jp';
  const salesAddress = () => {
    const email = random().pick(live('Lead'))['Email'];
    return typeof email === 'string' ? email : 'nashi@example.co.jp';
  };
  const typeSomething = (system: System) => () => {
    const field = random().pick(['phone', 'phone', 'jobtitle', 'jobtitle', 'company', 'email'] as const);
    type(system, field, valueFor(field));
  };
  return [
    ...times(5, typeSomething('hubspot')),
    ...times(5, typeSomething('salesforce')),
    ...times(6, score),
    ...times(3, logCall),
    ...times(2, reassign),
    ...times(2, ourTask),
    ...times(2, handEdit),
    hubSpotOwner,
    lifecycle,
    removeCall,
    archive,
    removeLead,
    restoreLead,
    swapAddresses,
    () => newContact(),
    () => newContact(salesAddress()),
    () => newLead(someAddress()),
    () => newLead(`mochikomi${(serial += 1)}@example.co.jp`),
    () => type('hubspot', 'email', salesAddress()),
    () => type('salesforce', 'email', someAddress()),
    () => note(anyContact(), 'contacts'),
    () => note(anyLead(), 'Lead'),
  ];
}
