import { fnv1a, Random } from '../kernel/random.ts';
import type { Fillers } from '../world/doors.ts';
import type { Directory } from '../world/seed-staff.ts';
import { invent } from './invented.ts';
import type { LoadPlan } from './read-load-plan.ts';
import { fillTemplate } from './row.ts';

type Wanted = { value: string; title: string | undefined; hubspot: boolean; salesforce: boolean };

/** The address of every value of every set of users. */
export type UserEmails = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Makes one person per distinct value of the columns that hold users. A person who appears in two sets under one
 * address is one person, with a seat wherever one of the sets gives it.
 */
export function loadUsers({ portal, org }: Fillers, plan: LoadPlan, directory: Directory): UserEmails {
  const emails = new Map<string, Map<string, string>>();
  const wanted = new Map<string, Wanted>();
  for (const [name, spec] of Object.entries(plan.users)) {
    const dot = spec.column.indexOf('.');
    const column = spec.column.slice(dot + 1);
    const values = new Set(plan.tables.get(spec.column.slice(0, dot))?.rows.map((row) => row.values[column] ?? ''));
    values.delete('');
    const ofSet = new Map<string, string>();
    for (const value of [...values].sort()) {
      const email = fillTemplate(spec.email, { get: () => value });
      const earlier = wanted.get(email);
      ofSet.set(value, email);
      wanted.set(email, {
        value,
        title: earlier?.title ?? spec.title,
        hubspot: (earlier?.hubspot ?? false) || isAmong(spec.hubspot, email),
        salesforce: (earlier?.salesforce ?? false) || isAmong(spec.salesforce, email),
      });
    }
    emails.set(name, ofSet);
  }
  for (const [email, { value, title, hubspot, salesforce }] of wanted) {
    const person = { email, lastName: invent('last-name', value), firstName: invent('first-name', value) };
    if (hubspot && !directory.owners.has(email)) directory.owners.set(email, portal.seedOwner(person));
    if (salesforce && !directory.users.has(email)) {
      directory.users.set(email, org.seedUser({ ...person, ...(title === undefined ? {} : { title }) }));
    }
  }
  return emails;
}

function isAmong(share: number, email: string): boolean {
  return new Random(fnv1a(email)).chance(share);
}
