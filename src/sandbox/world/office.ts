import type { Chronicle } from './chronicle.ts';
import type { Company } from './companies.ts';
import { DOMAIN } from './domain.ts';
import type { LivingFillers } from './doors.ts';
import { hourInJapan } from './office-hour.ts';
import type { Person } from './people.ts';
import type { Directory } from './seed-staff.ts';
import { STAFF, type StaffMember } from './staff.ts';

export const WEB_SITE = `https://www.${DOMAIN}`;
export const DOWNLOAD_FORM = { guid: '6f1b7c2e-0d55-4c1f-9a53-2f8f4f3f7a10', name: '資料ダウンロード' } as const;
export const SEMINAR_FORM = { guid: '9c0e4a7d-3b21-4f6c-8e1d-5a7b9d2c6e31', name: 'セミナー申し込み' } as const;

export type Seminar = { event: string; campaign: string; startsAt: number };
type Product = { entry: string; price: number };

/** The company in which every sale takes place: its people, what it offers to visitors, and what both systems know so far. */
export type Office = LivingFillers & {
  readonly chronicle: Chronicle;
  readonly directory: Directory;
  readonly seminars: readonly Seminar[];
  readonly fair: string;
  readonly products: readonly Product[];
  /** Contacts of HubSpot that are there without a story. */
  readonly contacts: ReadonlyMap<Person, string>;
  /** Companies of HubSpot and Accounts of Salesforce, as they come into being. */
  readonly companies: Map<Company, string>;
  readonly accounts: Map<Company, string>;
  readonly now: number;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIELDS = ['email', 'lastname', 'firstname', 'company', 'phone', 'jobtitle', 'state'];
/** One seminar in four weeks, over the last year. */
const SEMINAR_EVERY_DAYS = 28;
const SEMINARS = 13;
const SUBJECTS = ['営業と販促の連携', 'リード管理入門', '商談化率を上げる', '導入事例'];
const PRODUCTS = [
  ['スタンダードプラン(年額)', 'PLAN-STD', 480_000],
  ['導入支援', 'SERVICE-START', 300_000],
] as const;

export function openOffice(
  { portal, org }: LivingFillers,
  given: Pick<Office, 'chronicle' | 'directory' | 'contacts' | 'accounts' | 'now'>,
): Office {
  const since = given.now - 370 * DAY_MS;
  for (const form of [DOWNLOAD_FORM, SEMINAR_FORM]) portal.forms.define({ ...form, fields: FIELDS }, since);
  const seminars = Array.from({ length: SEMINARS }, (_, index) => {
    const day = given.now - (SEMINARS - index) * SEMINAR_EVERY_DAYS * DAY_MS + 14 * DAY_MS;
    return holdSeminar({ portal, org }, `${SUBJECTS[index % SUBJECTS.length]} 第${index + 1}回`, hourInJapan(day, 14));
  });
  const fair = org.seed('Campaign', campaign('営業支援 EXPO', '展示会', given.now - 40 * DAY_MS), { at: since });
  return { portal, org, ...given, seminars, fair, products: stock({ org }, since), companies: new Map() };
}

/** Both systems know a seminar: HubSpot as a marketing event, Salesforce as a campaign. */
function holdSeminar({ portal, org }: LivingFillers, subject: string, startsAt: number): Seminar {
  const name = `セミナー「${subject}」`;
  const event = portal.events.define({
    name,
    eventType: 'WEBINAR',
    startsAt,
    endsAt: startsAt + HOUR_MS,
    externalAccountId: 'seminar-desk',
    externalEventId: `seminar-${startsAt}`,
  });
  const at = startsAt - 20 * DAY_MS;
  return { event, campaign: org.seed('Campaign', campaign(name, 'セミナー', startsAt), { at }), startsAt };
}

function campaign(name: string, type: string, day: number): Record<string, unknown> {
  const date = new Date(day).toISOString().slice(0, 10);
  return { Name: name, Type: type, Status: '完了', IsActive: true, StartDate: date, EndDate: date };
}

function stock({ org }: Pick<LivingFillers, 'org'>, at: number): Product[] {
  const [book] = org.records('Pricebook2');
  return PRODUCTS.map(([name, code, price]) => {
    const product = org.seed('Product2', { Name: name, ProductCode: code, IsActive: true }, { at });
    const fields = { Pricebook2Id: book?.['Id'], Product2Id: product, UnitPrice: price, IsActive: true };
    return { entry: org.seed('PricebookEntry', fields, { at }), price };
  });
}

export type Rep = { email: string; user: string; seat: { owner: string; userId: number } | undefined };

/** The reps of a team who work with Salesforce today, with the seat in HubSpot that some of them have. */
export function repsOf({ directory, portal }: Office, team: StaffMember['team']): Rep[] {
  return STAFF.filter((member) => member.team === team && member.salesforce === 'active').map(({ email }) => {
    const owner = directory.owners.get(email);
    const seat = owner === undefined ? undefined : { owner, userId: portal.owners.find(owner, 'id', false).userId };
    return { email, user: directory.users.get(email) ?? '', seat };
  });
}
