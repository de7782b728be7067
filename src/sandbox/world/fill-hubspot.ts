import type { Random } from '../kernel/random.ts';
import type { Chronicle } from './chronicle.ts';
import type { PortalFiller } from './doors.ts';
import type { Person } from './people.ts';
import { PHONE_WRITINGS, writePhone } from './phones.ts';
import type { Directory } from './seed-staff.ts';
import { STAFF } from './staff.ts';

const DEPARTED = STAFF.filter(({ hubspot }) => hubspot === 'inactive').map(({ email }) => email);
const KEEPERS = STAFF.filter(({ hubspot, team }) => hubspot === 'active' && team !== 'fs').map(({ email }) => email);

/** The crowd as marketing wrote it down, but for those who will write themselves down in a form. Fills in their ids as they appear. */
export function fillHubSpot(
  portal: PortalFiller,
  people: readonly Person[],
  { chronicle, directory, random }: { chronicle: Chronicle; directory: Directory; random: Random },
): Map<Person, string> {
  const ids = new Map<Person, string>();
  for (const person of people) {
    if (person.salesforce === 'sale') continue;
    const { company } = person;
    const writing = random.chance(0.7) ? 'hyphens' : random.pick(PHONE_WRITINGS);
    const owner = directory.owners.get(drawOwner(random) ?? '');
    const known = {
      email: person.email,
      lastname: person.surname.kanji,
      firstname: person.given.kanji,
      name_kana: `${person.surname.kana} ${person.given.kana}`,
      phone: writePhone(person.phone, writing),
      jobtitle: `${person.department} ${person.title}`,
      company: company.name,
      state: company.prefecture,
      industry: company.industry.hubspot,
      lifecyclestage: person.stage,
      leadscore: person.score === undefined ? undefined : String(person.score),
      hs_analytics_source: person.source,
      hubspot_owner_id: owner,
    };
    chronicle.note(person.createdAt, () => {
      ids.set(person, portal.seed('contacts', present(known), person.createdAt));
    });
  }
  return ids;
}

function drawOwner(random: Random): string | undefined {
  if (random.chance(0.3)) return undefined;
  return random.chance(0.06) ? random.pick(DEPARTED) : random.pick(KEEPERS);
}

function present(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
