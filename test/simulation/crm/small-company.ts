import { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import type { VirtualClock } from '../../../src/sandbox/kernel/clock.ts';
import { createKernel } from '../../../src/sandbox/kernel/kernel.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { GIVEN_NAMES, SURNAMES } from '../../../src/sandbox/world/names.ts';
import { definePortalProperties } from '../../../src/sandbox/world/portal-properties.ts';
import { retireOwners, seedStaff } from '../../../src/sandbox/world/seed-staff.ts';
import { makeTasukiFields } from './tasuki-fields.ts';
import { type Firm, type Person, writeDown } from './write-down.ts';

/** Both CRMs of a company with a handful of customers, Tasuki set up in them, and the time. */
export type SmallCompany = {
  readonly portal: HubSpotPortal;
  readonly org: SalesforceOrg;
  readonly clock: VirtualClock;
};

const DAY_MS = 86_400_000;
const FEWEST = 5;
const MOST = 20;
const TITLES = ['部長', '課長', '係長', '担当', '取締役'];
const DEPARTMENTS = ['営業部', '情報システム部', '経営企画部', '購買部'];
const FIRMS: readonly Firm[] = [
  { name: '株式会社青葉精機', domain: 'aoba-seiki.example.co.jp', hubspot: 'MANUFACTURING', salesforce: '製造' },
  { name: '東西物産株式会社', domain: 'tozai.example.co.jp', hubspot: 'RETAIL', salesforce: '小売' },
  { name: '(株)みどり建設', domain: 'midori-k.example.co.jp', hubspot: 'CONSTRUCTION', salesforce: '建設' },
  { name: '北斗銀行株式会社', domain: 'hokuto-bank.example.co.jp', hubspot: 'BANKING', salesforce: '金融' },
  { name: '株式会社かもめ通信', domain: 'kamome.example.co.jp', hubspot: undefined, salesforce: undefined },
];

/**
 * A company whose staff is that of `mappings/`, with people from the seed: some known to marketing alone, some to sales alone, most to
 * both, as Leads or as Contacts of an Account. The first is a customer with an opportunity, the second has a deal; so every kind of
 * record that Tasuki holds together is there from the start, whatever the seed.
 */
export function openSmallCompany(seed: number, start: number, people?: number): SmallCompany {
  const kernel = createKernel({ seed, start, frozen: true });
  const portal = new HubSpotPortal(kernel);
  const org = new SalesforceOrg(kernel);
  const random = kernel.random.fork('small company');
  definePortalProperties(portal);
  const staff = seedStaff({ portal, org });
  makeTasukiFields(portal, org);
  const count = people ?? FEWEST + random.int(MOST - FEWEST + 1);
  const crowd = Array.from({ length: count }, (_, place) => drawPerson(random, place, start));
  writeDown({ portal, org, random, staff, firms: new Map() }, crowd, start);
  retireOwners(portal, staff.owners);
  return { portal, org, clock: kernel.clock };
}

function drawPerson(random: Random, place: number, now: number): Person {
  const surname = random.pick(SURNAMES);
  const given = random.pick(GIVEN_NAMES);
  const firm = random.pick(FIRMS);
  const known = random.next();
  const isCustomer = place === 0;
  const hasDeal = place === 1;
  return {
    surname: surname.kanji,
    given: given.kanji,
    email: `${surname.romaji}${place}@${firm.domain}`,
    phone: `03-${1000 + random.int(9000)}-${1000 + random.int(9000)}`,
    title: `${random.pick(DEPARTMENTS)} ${random.pick(TITLES)}`,
    firm,
    at: now - (2 + random.int(200)) * DAY_MS - random.int(DAY_MS),
    hubspot: isCustomer || hasDeal || known < 0.85,
    salesforce: isCustomer ? 'Contact' : known < 0.45 ? null : random.chance(0.3) ? 'Contact' : 'Lead',
  };
}
