import { type BuyerHand, buyerHand } from './demo-buyer.ts';
import { controlOf, propertiesOf, type Row } from './demo-control.ts';
import type { SandboxUrls } from './sandbox-process.ts';

/** What the demo does to the two worlds from outside, as visitors, reps and the clock would: through the sandbox's remote control. */
export type Stagehand = BuyerHand & {
  /** People just short of an MQL, whom sales does not know: `count` of them at most. */
  promising(count: number): Promise<readonly { readonly id: string; readonly email: string }[]>;
  /** HubSpot's own scoring raises somebody's score. */
  raiseScore(contact: string, score: number): Promise<void>;
  /** The Lead with this e-mail, and who owns it. */
  leadOf(email: string): Promise<{ readonly id: string; readonly owner: string; readonly ownerName: string } | null>;
  /** A rep logs a call on a Lead. */
  logCall(lead: string, rep: string): Promise<void>;
  /** The one Task that Tasuki opened on this Lead. */
  taskOf(lead: string): Promise<{
    readonly id: string;
    readonly subject: string;
    readonly description: string;
    readonly status: string;
  } | null>;
  advance(ms: number): Promise<void>;
  /** Effects that both CRMs have seen so far: records created or changed through their APIs. */
  counts(): Promise<Readonly<Record<string, number>>>;
};

export function stagehand(urls: Pick<SandboxUrls, 'control'>): Stagehand {
  const control = controlOf(urls);
  const { ask, state } = control;
  const tell = async (path: string, body: unknown): Promise<void> => void (await control.tell(path, body));
  return {
    ...buyerHand(control),
    async promising(count) {
      const inSales = [...(await state('salesforce/Lead')), ...(await state('salesforce/Contact'))];
      const known = new Set(inSales.map((row) => addressOf(row['Email'])));
      const contacts = (await state('hubspot/contacts')).map((row) => ({
        id: String(row['id']),
        properties: propertiesOf(row),
      }));
      const shared = repeated(contacts.map(({ properties }) => addressOf(properties['email'])));
      const isAlone = (address: string) => !known.has(address) && !shared.has(address);
      return contacts
        .filter(({ properties }) => isPromising(properties) && isAlone(addressOf(properties['email'])))
        .slice(0, count)
        .map(({ id, properties }) => ({ id, email: String(properties['email']) }));
    },
    raiseScore: (contact, score) =>
      tell(`/hubspot/contacts/${contact}`, { properties: { leadscore: String(score) }, source: 'CALCULATED' }),
    async leadOf(email) {
      const address = addressOf(email);
      const lead = (await state('salesforce/Lead')).find(
        (row) => addressOf(row['Email']) === address && row['IsDeleted'] !== true,
      );
      if (lead === undefined) return null;
      const owner = (await state('salesforce/User')).find((row) => row['Id'] === lead['OwnerId']);
      return {
        id: String(lead['Id']),
        owner: String(lead['OwnerId']),
        ownerName: String(owner?.['Name'] ?? lead['OwnerId']),
      };
    },
    logCall: (lead, rep) =>
      tell('/salesforce/Task', {
        fields: { WhoId: lead, OwnerId: rep, Subject: '架電', Status: '完了', TaskSubtype: 'Call' },
        by: rep,
      }),
    async taskOf(lead) {
      const task = (await state('salesforce/Task')).find(
        (row) => row['WhoId'] === lead && typeof row['Tasuki_Key__c'] === 'string',
      );
      if (task === undefined) return null;
      return {
        id: String(task['Id']),
        subject: String(task['Subject']),
        description: String(task['Description']),
        status: String(task['Status']),
      };
    },
    advance: (ms) => tell('/clock', { advanceMs: ms }),
    counts: async () => (await ask('/counts')) as Record<string, number>,
  };
}

/** One address, however it was typed: in full-width letters, in capitals, with a space that came along. */
function addressOf(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFKC').toLowerCase().replace(/\s/gu, '') : '';
}

function repeated(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index));
}

function isPromising(properties: Row): boolean {
  const score = Number(properties['leadscore'] ?? Number.NaN);
  return (
    score >= 60 &&
    score <= 75 &&
    Boolean(properties['email']) &&
    Boolean(properties['company']) &&
    Boolean(properties['lastname'])
  );
}
