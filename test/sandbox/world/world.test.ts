import { describe, expect, test } from 'vitest';
import { wide, writePhone } from '../../../src/sandbox/world/phones.ts';
import { STAFF } from '../../../src/sandbox/world/staff.ts';
import { aWorld, type Held, NOW, type World } from './a-world.ts';

const YEAR_MS = 366 * 86_400_000;
const OBJECTS = [
  'contacts',
  'companies',
  'deals',
  'calls',
  'Lead',
  'Contact',
  'Account',
  'Opportunity',
  'Task',
  'Event',
];
const QUALIFIED = ['marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'];

const text = (entry: Held, name: string): string => (entry.fields[name] as string | undefined) ?? '';
const score = (entry: Held): number => Number(entry.fields['leadscore'] ?? Number.NaN);
const email = (entry: Held): string => (text(entry, 'email') || text(entry, 'Email')).normalize('NFKC').toLowerCase();
const idsWhere = (entries: Held[], name: string, value: unknown): string[] =>
  entries.filter(({ fields }) => fields[name] === value).map(({ id }) => id);
const digits = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replace(/^\+81 /, '0')
    .replace(/\D/g, '');

describe('a seeded company', () => {
  const book = aWorld();
  const contacts = book.of('contacts');
  const leads = book.of('Lead');
  /** Whose sale is told wrote themselves down in a form; the others stand where the draw has put them. */
  const listed = contacts.filter(({ fields }) => fields['num_conversion_events'] === undefined);
  const knownToSales = new Set([...leads, ...book.of('Contact')].map(email));

  test('the same seed and start give the same world, another seed another one', () => {
    const everything = ({ of, portal }: World) => [OBJECTS.map(of), portal.associations()];
    expect(everything(aWorld())).toEqual(everything(book));
    expect(everything(aWorld(300, 2))).not.toEqual(everything(book));
  });

  test('marketing knows as many people as were asked for, over the last year and the oldest first', () => {
    expect(contacts).toHaveLength(300);
    const dates = listed.map(({ at }) => at);
    expect(dates).toEqual([...dates].sort((one, other) => one - other));
    expect(contacts.every(({ at }) => at < NOW && at > NOW - YEAR_MS)).toBe(true);
    expect(OBJECTS.flatMap(book.of).every(({ at }) => at < NOW)).toBe(true);
  });

  test('every address is under a domain that is reserved for examples, and no two contacts share one', () => {
    const addresses = contacts.map((entry) => text(entry, 'email')).filter((address) => address !== '');
    expect(addresses.every((address) => /^[a-z0-9.]+@[a-z0-9-]+\.example\.co\.jp$/.test(address))).toBe(true);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(contacts.length - addresses.length).toBe(9);
    const owners = book.portal.owners.list({ email: undefined, archived: false });
    const staff = [...owners.map((owner) => owner.email), ...book.of('User').map(email)];
    expect(staff.every((address) => address.endsWith('@example.co.jp'))).toBe(true);
  });

  test('at most 15 % are hot, and half of those or more are already qualified', () => {
    const hot = contacts.filter((entry) => score(entry) >= 80);
    expect(hot).toHaveLength(36);
    const qualified = hot.filter((entry) => QUALIFIED.includes(text(entry, 'lifecyclestage')));
    expect(qualified.length).toBeGreaterThanOrEqual(18);
    expect(qualified.length).toBeLessThan(30);
    expect(contacts.filter((entry) => QUALIFIED.includes(text(entry, 'lifecyclestage')))).toEqual(qualified);
  });

  test.each([8, 20, 300])(
    'of %i people, five or more wait outside Salesforce with all that a hand-off needs',
    (people) => {
      const small = aWorld(people);
      const known = new Set([...small.of('Lead'), ...small.of('Contact')].map(email));
      const waiting = small
        .of('contacts')
        .filter((entry) => score(entry) >= 60 && score(entry) <= 75 && !known.has(email(entry)) && email(entry) !== '')
        .filter(({ fields }) => fields['company'] && fields['phone'] && fields['lifecyclestage'] === 'lead');
      expect(waiting.length).toBeGreaterThanOrEqual(5);
    },
  );

  test('a third of the people is known to sales, most as Leads and some as Contacts of an Account', () => {
    const shared = contacts.filter((entry) => knownToSales.has(email(entry)));
    expect(shared).toHaveLength(100);
    expect(book.of('Contact').length).toBeGreaterThan(5);
    const privately = book.of('Contact').filter(({ fields }) => fields['AccountId'] === null);
    expect(privately).toHaveLength(1);
  });

  test('sales knows people whom marketing does not know, and some twice', () => {
    const marketing = new Set(contacts.map(email));
    expect(leads.filter((entry) => !marketing.has(email(entry))).length).toBeGreaterThanOrEqual(12);
    const addresses = leads.map(email);
    expect(addresses.length - new Set(addresses).size).toBeGreaterThanOrEqual(2);
  });

  test('the two systems write one address in other cases and widths', () => {
    const written = leads.map((entry) => text(entry, 'Email'));
    expect(written.some((address) => address !== address.toLowerCase())).toBe(true);
    expect(written.some((address) => address !== address.normalize('NFKC'))).toBe(true);
  });

  test('phones are written in several Japanese ways, and some in Salesforce are older ones', () => {
    const phones = contacts.map((entry) => text(entry, 'phone'));
    expect(phones.some((phone) => /^0\d+-\d+-\d{4}$/.test(phone))).toBe(true);
    expect(phones.some((phone) => /^[０-９−]+$/.test(phone))).toBe(true);
    expect(phones.some((phone) => phone.startsWith('+81 '))).toBe(true);
    const marketing = new Map(contacts.map((entry) => [email(entry), digits(text(entry, 'phone'))]));
    const both = leads.filter((entry) => marketing.has(email(entry)));
    const differing = both.filter((entry) => marketing.get(email(entry)) !== digits(text(entry, 'Phone')));
    expect(differing.length).toBeGreaterThan(0);
    expect(differing.length).toBeLessThan(both.length / 3);
  });

  test('some Leads were never touched, others have completed calls and meetings in the past', () => {
    const activities = [...book.of('Task'), ...book.of('Event')];
    const worked = new Set(activities.map(({ fields }) => fields['WhoId']));
    const neglected = leads.filter(({ id }) => !worked.has(id));
    expect(neglected.length).toBeGreaterThan(leads.length / 4);
    expect(worked.size).toBeGreaterThan(leads.length / 4);
    expect(book.of('Task').every(({ fields }) => fields['Status'] === '完了')).toBe(true);
    expect(book.of('Event').length).toBeGreaterThan(3);
    const hours = activities.map(({ at }) => new Date(at + 9 * 3_600_000).getUTCHours());
    expect(hours.every((hour) => hour >= 9 && hour < 18)).toBe(true);
  });

  test('the staff has the gaps that real companies have', () => {
    const { owners } = book.portal;
    const seats = new Set(
      [true, false].flatMap((archived) => owners.list({ email: undefined, archived })).map(({ email }) => email),
    );
    const staff = new Set(STAFF.map(({ email }) => email));
    const users = new Map(
      book
        .of('User')
        .filter((entry) => staff.has(email(entry)))
        .map((entry) => [email(entry), entry]),
    );
    for (const name of ['taro.suzuki', 'mio.tanaka', 'ken.takahashi']) {
      expect([seats.has(`${name}@example.co.jp`), users.has(`${name}@example.co.jp`)]).toEqual([true, true]);
    }
    expect([seats.has('hanako.sato@example.co.jp'), users.has('hanako.sato@example.co.jp')]).toEqual([true, false]);
    expect([...users.keys()].filter((address) => !seats.has(address))).toHaveLength(2);
    const gone = [...users.values()].filter(({ fields }) => fields['IsActive'] === false);
    expect(gone).toHaveLength(1);
    expect(idsWhere(leads, 'OwnerId', gone[0]?.id).length).toBeGreaterThan(0);
    expect(owners.list({ email: undefined, archived: true })).toHaveLength(1);
    const [queue] = book.of('Group');
    expect(queue?.fields).toMatchObject({ DeveloperName: 'IS_Queue', Name: 'インサイドセールス', Type: 'Queue' });
    expect(book.of('QueueSobject').map(({ fields }) => fields['SobjectType'])).toEqual(['Lead', 'Task']);
    expect(book.of('GroupMember')).toHaveLength(4);
    expect(idsWhere(leads, 'OwnerId', queue?.id).length).toBeGreaterThan(0);
  });
});

describe('Japanese writings', () => {
  test('a phone is one number in many hands', () => {
    const phone = ['03', '1234', '5678'] as const;
    expect(writePhone(phone, 'hyphens')).toBe('03-1234-5678');
    expect(writePhone(phone, 'wide')).toBe('０３−１２３４−５６７８');
    expect(writePhone(phone, 'international')).toBe('+81 3 1234 5678');
    expect(writePhone(phone, 'parentheses')).toBe('03(1234)5678');
    expect(writePhone(phone, 'bare')).toBe('0312345678');
  });

  test('wide signs are the plain ones again in NFKC', () => {
    expect(wide('taro.sato')).toBe('ｔａｒｏ．ｓａｔｏ');
    expect(wide('taro.sato').normalize('NFKC')).toBe('taro.sato');
  });
});
