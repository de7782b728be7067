import type { Random } from '../kernel/random.ts';
import type { Fillers } from './doors.ts';
import { fillHubSpot } from './fill-hubspot.ts';
import { fillSalesforce } from './fill-salesforce.ts';
import { drawPeople } from './people.ts';
import { definePortalProperties } from './portal-properties.ts';
import { type Directory, retireOwners, seedStaff } from './seed-staff.ts';

export type WorldOptions = { people: number; now: number; random: Random };

/**
 * Fills both systems with one Japanese B2B company and the people it knows. The same seed and start give the same world.
 */
export function fillWorld(fillers: Fillers, { people, now, random }: WorldOptions): Directory {
  definePortalProperties(fillers.portal);
  const directory = seedStaff(fillers);
  const crowd = drawPeople(random.fork('people'), people, now);
  fillHubSpot(fillers.portal, crowd.people, directory, random.fork('hubspot'));
  retireOwners(fillers.portal, directory.owners);
  const known = [...crowd.people, ...crowd.strangers]
    .filter(({ salesforce }) => salesforce !== 'none')
    .sort((one, other) => one.createdAt - other.createdAt);
  fillSalesforce(fillers.org, known, directory, random.fork('salesforce'), now);
  return directory;
}
