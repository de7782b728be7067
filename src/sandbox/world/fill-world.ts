import type { Random } from '../kernel/random.ts';
import { Chronicle, type During } from './chronicle.ts';
import type { LivingFillers } from './doors.ts';
import { fillHubSpot } from './fill-hubspot.ts';
import { fillSalesforce } from './fill-salesforce.ts';
import { openOffice } from './office.ts';
import { drawPeople } from './people.ts';
import { definePortalProperties } from './portal-properties.ts';
import { type Directory, retireOwners, seedStaff } from './seed-staff.ts';
import { tellSale } from './tell-sale.ts';

export type WorldOptions = { people: number; now: number; random: Random; during: During };

const HOUR_MS = 3_600_000;

/**
 * Fills both systems with one Japanese B2B company, the people it knows, and what happened between them in the last year.
 * The same seed and start give the same world.
 */
export function fillWorld(fillers: LivingFillers, { people, now, random, during }: WorldOptions): Directory {
  definePortalProperties(fillers.portal);
  const directory = seedStaff(fillers);
  if (people === 0) {
    // An office on its first day: staff, and nobody known yet.
    retireOwners(fillers.portal, directory.owners);
    return directory;
  }
  const crowd = drawPeople(random.fork('people'), people, now);
  const chronicle = new Chronicle();
  const contacts = fillHubSpot(fillers.portal, crowd.people, {
    chronicle,
    directory,
    random: random.fork('hubspot'),
  });
  const known = [...crowd.people, ...crowd.strangers]
    .filter(({ salesforce }) => salesforce === 'lead' || salesforce === 'contact')
    .sort((one, other) => one.createdAt - other.createdAt);
  const accounts = fillSalesforce(fillers.org, known, directory, random.fork('salesforce'), now);
  const office = openOffice(fillers, { chronicle, directory, contacts, accounts, now });
  const telling = random.fork('sales');
  for (const [index, part] of crowd.sales.entries()) tellSale(office, part, telling.fork(String(index)));
  chronicle.play(during, now - HOUR_MS);
  retireOwners(fillers.portal, directory.owners);
  return directory;
}
