import type { Sighting } from '../../domain/people/record.ts';
import type { PersonView } from '../context.ts';
import type { Named } from './replay.ts';

/** Where the name of a person and of where they work stands, family name first; the first that holds anything is taken. */
const NAMES = ['lastname', 'LastName', 'firstname', 'FirstName'] as const;
const COMPANIES = ['name', 'Name', 'company', 'Company'] as const;

export function namedAs({ contact, record, facts }: PersonView): Named {
  const [person, company] = [
    [contact, record],
    [facts.company?.hubspot ?? null, facts.company?.salesforce ?? null, contact, record],
  ];
  const name = person.map((sighting) => textsOf(sighting, NAMES).join(' ')).find((text) => text !== '');
  const works = company.flatMap((sighting) => textsOf(sighting, COMPANIES))[0];
  return { person: facts.id, name: name ?? null, company: works ?? null };
}

function textsOf(sighting: Sighting | null, fields: readonly string[]): readonly string[] {
  return fields
    .map((field) => sighting?.values[field])
    .filter((value): value is string => typeof value === 'string' && value !== '');
}
