import type { Random } from '../kernel/random.ts';
import { castSales, type Part } from './cast.ts';
import { type Company, drawCompanies } from './companies.ts';
import { GIVEN_NAMES, type Reading, SURNAMES } from './names.ts';
import { officeHour } from './office-hour.ts';
import { drawPhone, type Phone } from './phones.ts';

/** `sale`: how they came to be known is told as a story. */
type Presence = 'none' | 'lead' | 'contact' | 'sale';

/** A person as the world knows them, before either system wrote anything down. */
export type Person = {
  surname: Reading;
  given: Reading;
  email: string | undefined;
  phone: Phone;
  company: Company;
  department: string;
  title: string;
  score: number | undefined;
  stage: string;
  source: string;
  createdAt: number;
  salesforce: Presence;
};

export type Crowd = { people: Person[]; strangers: Person[]; sales: Part[] };

const DEPARTMENTS = [
  '営業部',
  '情報システム部',
  '総務部',
  '経営企画部',
  '製造部',
  '購買部',
  '人事部',
  '経理部',
  'マーケティング部',
];
const TITLES = ['部長', '次長', '課長', '係長', '主任', '担当', '取締役', 'マネージャー'];
const SOURCES = [
  'ORGANIC_SEARCH',
  'PAID_SEARCH',
  'EMAIL_MARKETING',
  'DIRECT_TRAFFIC',
  'REFERRALS',
  'OFFLINE',
  'SOCIAL_MEDIA',
];
const QUALIFIED = ['marketingqualifiedlead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity'];

const DAY_MS = 86_400_000;
const HOT_SCORE = 80;
const HOT_SHARE = 0.12;
const WARM_SHARE = 0.04;
const WARM_AT_LEAST = 5;
const NO_EMAIL_SHARE = 0.03;
const STRANGER_SHARE = 0.04;

/**
 * Draws a crowd whose shares are exact for every size: about an eighth is hot and half of those already qualified,
 * a third is known to sales, and a few warm people with complete records wait outside Salesforce for their next step.
 */
export function drawPeople(random: Random, count: number, now: number): Crowd {
  const companies = drawCompanies(random.fork('companies'), Math.max(1, Math.ceil(count / 2.5)));
  const emails = new Set<string>();
  const draw = (): Person => drawPerson(random, companies, emails, now);
  const people = Array.from({ length: count }, draw);
  const warm = people.slice(0, Math.max(WARM_AT_LEAST, Math.round(count * WARM_SHARE)));
  const others = people.slice(warm.length);
  const hot = others.slice(0, Math.round(count * HOT_SHARE));
  for (const person of warm) Object.assign(person, { score: 60 + random.int(16), stage: 'lead' });
  hot.forEach((person, index) => {
    person.score = HOT_SCORE + random.int(51);
    person.stage = index % 2 === 0 ? random.pick(QUALIFIED) : 'lead';
  });
  const { outside, leads } = placeInSalesforce(random, others, Math.floor(count / 3));
  const withoutEmail = outside.splice(0, Math.round(count * NO_EMAIL_SHARE));
  for (const person of withoutEmail) person.email = undefined;
  const strangers = Array.from({ length: Math.max(2, Math.round(count * STRANGER_SHARE)) }, draw);
  for (const person of strangers) person.salesforce = 'lead';
  const hire = (person: Person, { company }: Person): void => {
    person.company = company;
    person.email = addressOf(emails, person);
  };
  const sales = castSales(random.fork('sales'), { leads, outside, draw, hire, now });
  return { people: people.sort(byAge), strangers: strangers.sort(byAge), sales };
}

function drawPerson(random: Random, companies: readonly Company[], emails: Set<string>, now: number): Person {
  const surname = random.pick(SURNAMES);
  const given = random.pick(GIVEN_NAMES);
  const company = random.pick(companies);
  return {
    surname,
    given,
    company,
    email: addressOf(emails, { surname, given, company }),
    phone: random.chance(0.5) ? company.phone : drawPhone(random),
    department: random.pick(DEPARTMENTS),
    title: random.pick(TITLES),
    score: random.chance(0.08) ? undefined : random.int(80),
    stage: random.chance(0.25) ? 'subscriber' : 'lead',
    source: random.pick(SOURCES),
    createdAt: officeHour(now - (2 + random.next() * 360) * DAY_MS, random),
    salesforce: 'none',
  };
}

/**
 * Sales knows the qualified ones first, and most of the hot ones by way of a sale. Returns whose sale is to be told, and whom
 * sales does not know, the coldest last.
 */
function placeInSalesforce(
  random: Random,
  people: readonly Person[],
  wanted: number,
): { leads: Person[]; outside: Person[] } {
  const order = people
    .map((person) => ({ person, rank: random.next() * (QUALIFIED.includes(person.stage) ? 0.4 : 1) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ person }) => person);
  order.slice(0, wanted).forEach((person, index) => {
    person.salesforce = index % 8 === 4 ? 'contact' : (person.score ?? 0) >= HOT_SCORE ? 'sale' : 'lead';
  });
  return { leads: order.filter(({ salesforce }) => salesforce === 'sale'), outside: order.slice(wanted) };
}

function addressOf(
  taken: Set<string>,
  { surname, given, company }: Pick<Person, 'surname' | 'given' | 'company'>,
): string {
  const name = `${given.romaji}.${surname.romaji}`;
  let email = `${name}@${company.domain}`;
  for (let number = 2; taken.has(email); number += 1) email = `${name}${number}@${company.domain}`;
  taken.add(email);
  return email;
}

function byAge(one: Person, other: Person): number {
  return one.createdAt - other.createdAt;
}
