import type { Random } from '../kernel/random.ts';
import { officeHour } from './office-hour.ts';
import type { Person } from './people.ts';

/** How a sale may go. A small world has the first of them only. */
const PLOTS = [
  'won',
  'open',
  'deal-of-lead',
  'lost',
  'five-roles',
  'no-account',
  'three-contacts',
  'products',
  'stalled',
  'old-customer',
  'merged',
  'no-company',
  'five-names',
  'won-in-hubspot',
] as const;
export type Plot = (typeof PLOTS)[number];

/** One person's sale, and who else of that company has a part in it. */
export type Part = { plot: Plot; person: Person; colleagues: Person[] };

const DAY_MS = 86_400_000;
/** From the first form to the last stage a sale takes up to four months; these are still going on. */
const DAYS_AGO: Partial<Record<Plot, readonly [from: number, to: number]>> = {
  open: [72, 95],
  'deal-of-lead': [48, 60],
  'five-roles': [72, 95],
  'no-account': [60, 75],
  'three-contacts': [60, 90],
  products: [72, 95],
};
const LONG_AGO = [170, 350] as const;
/** Colleagues whom only sales knows. */
const UNKNOWN: Partial<Record<Plot, number>> = { 'five-roles': 4, 'five-names': 4 };
/** Colleagues whom marketing knows too, and sales does not. */
const KNOWN: Partial<Record<Plot, number>> = { 'three-contacts': 2 };

export type Casting = {
  /** Whose sale is told, the qualified ones first. */
  leads: readonly Person[];
  /** People whom sales does not know. They may find themselves with another employer. */
  outside: Person[];
  /** Somebody new. */
  draw: () => Person;
  /** Gives a person another employer, and the address that goes with it. */
  hire: (person: Person, employer: Person) => void;
  now: number;
};

/** Hands out the plots in turn, and sets each person's first appearance so that the sale has the time it needs. */
export function castSales(random: Random, { leads, outside, draw, hire, now }: Casting): Part[] {
  return leads.map((person, index) => {
    const plot = PLOTS[index % PLOTS.length] ?? 'won';
    const [from, to] = DAYS_AGO[plot] ?? LONG_AGO;
    person.createdAt = officeHour(now - (from + random.next() * (to - from)) * DAY_MS, random);
    const known = outside.splice(0, KNOWN[plot] ?? 0);
    for (const colleague of known)
      colleague.createdAt = officeHour(person.createdAt + (1 + random.int(20)) * DAY_MS, random);
    const unknown = Array.from({ length: UNKNOWN[plot] ?? 0 }, draw);
    const colleagues = [...known, ...unknown];
    for (const colleague of colleagues) hire(colleague, person);
    return { plot, person, colleagues };
  });
}
