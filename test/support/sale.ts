import { aCompany, type Company, DAY } from './company.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A company of a few people in which one sale is told: who does what in which system, and what both show afterwards. */
export type Sale = {
  readonly company: Company;
  readonly kernelNow: () => number;
  /** Marketing's contact, with a score far below an MQL unless told. */
  contact(email: string, properties?: Readonly<Record<string, string>>): string;
  /** Somebody whom sales knows as a Contact of an Account. */
  customer(
    email: string,
    account: Fields | null,
    contact?: Fields,
  ): { readonly contact: string; readonly account: string | null };
  opportunity(fields: Fields): string;
  role(opportunity: string, contact: string, rest?: Fields): string;
  deal(properties: Readonly<Record<string, string>>, contacts?: readonly string[]): string;
  /** What a user types on either screen. */
  edit(system: 'hubspot' | 'salesforce', object: string, id: string, fields: Fields): void;
  /** Lets somebody act once, when the worker has planned and is about to write to that system. */
  beforeNextWrite(system: 'hubspot' | 'salesforce', deed: () => void): void;
  /** The live records of one object. */
  rows(object: string): readonly Fields[];
  deals(): readonly { readonly id: string; readonly properties: Readonly<Record<string, string | null>> }[];
  /** Ids of the contacts that are associated with a deal. */
  contactsOf(deal: string): readonly string[];
  /** Passes until the world and the worker are quiet; throws when they do not come to rest. */
  settle(): Promise<void>;
  codes(): Promise<readonly string[]>;
  nextDay(): Promise<void>;
  close(): Promise<void>;
};

/** Nobody but whom the story brings in, so that every row and every finding is about it. */
export async function aSale(given: Parameters<typeof aCompany>[0] = {}): Promise<Sale> {
  const company = await aCompany({ people: 0, frozen: true, ...given });
  const { portal, org, kernel } = company.sandbox;
  const now = () => kernel.clock.now();
  const rep = org.userByName('taro.suzuki@example.co.jp') ?? org.administratorId;
  const sale: Sale = {
    company,
    kernelNow: now,
    contact: (email, properties = {}) =>
      portal.seed('contacts', { email, lastname: '如月', leadscore: '10', ...properties }, now()),
    customer: (email, account, contact = {}) => {
      const accountId =
        account === null ? null : org.seed('Account', { Name: '如月商店', OwnerId: rep, ...account }, { at: now() });
      const fields = {
        LastName: '如月',
        Email: email,
        OwnerId: rep,
        ...(accountId === null ? {} : { AccountId: accountId }),
        ...contact,
      };
      return { contact: org.seed('Contact', fields, { at: now() }), account: accountId };
    },
    opportunity: (fields) =>
      org.seed(
        'Opportunity',
        { Name: '如月商店 新規導入', StageName: '初回訪問', CloseDate: '2026-12-25', OwnerId: rep, ...fields },
        { at: now() },
      ),
    role: (opportunity, contact, rest = {}) =>
      org.seed('OpportunityContactRole', { OpportunityId: opportunity, ContactId: contact, ...rest }, { at: now() }),
    deal: (properties, contacts = []) => {
      const id = portal.seed(
        'deals',
        { dealname: '如月商店 新規導入', pipeline: 'default', dealstage: 'appointmentscheduled', ...properties },
        now(),
      );
      for (const contact of contacts) portal.associate({ object: 'deals', id }, { object: 'contacts', id: contact });
      return id;
    },
    edit: (system, object, id, fields) => {
      if (system === 'salesforce') org.touch(object, id, fields);
      else portal.touch(object, id, fields, { source: 'CRM_UI', userId: 1 });
    },
    beforeNextWrite: (system, deed) => {
      const crm = company.shop.works.crm[system];
      const { write } = crm;
      crm.write = async (effects) => {
        crm.write = write;
        deed();
        return write.call(crm, effects);
      };
    },
    rows: (object) => org.records(object).filter((row) => row['IsDeleted'] !== true),
    deals: () => portal.records('deals').filter(({ archived }) => !archived),
    contactsOf: (deal) => [
      ...new Set(
        portal
          .associations()
          .filter(({ from, to }) => from.object === 'deals' && from.id === deal && to.object === 'contacts')
          .map(({ to }) => to.id),
      ),
    ],
    settle: async () => {
      for (let pass = 0; pass < 6; pass += 1) {
        await company.later();
        if ((await company.pass()).planned === 0 && pass > 0) return;
      }
      throw new Error('world and worker do not come to rest');
    },
    codes: async () => [...new Set((await company.shop.works.ledger.findings()).map(({ code }) => code))].sort(),
    nextDay: () => company.later(DAY),
    close: () => company.close(),
  };
  return sale;
}
