import { type Control, propertiesOf, type Row } from './demo-control.ts';

/** What a buyer and the rep who serves them do in the demo. */
export type BuyerHand = {
  /** The buyer asks for a document on the web site, and comes to a seminar. */
  showInterest(contact: string, email: string): Promise<{ readonly form: string; readonly seminar: string }>;
  /** The rep converts the Lead, with an opportunity of this name and amount; gives the opportunity's id. */
  convert(lead: string, rep: string, opportunity: { readonly name: string; readonly amount: number }): Promise<string>;
  /** The rep wins it. */
  win(opportunity: string, rep: string): Promise<void>;
  /** The deals of a contact in HubSpot. */
  dealsOf(contact: string): Promise<readonly BuyerDeal[]>;
  /** What HubSpot shows on the contact: the outcome that Tasuki wrote, and the lifecycle stage. */
  shownOn(contact: string): Promise<{ readonly outcome: string | null; readonly lifecycleStage: string | null }>;
};

export type BuyerDeal = { readonly id: string; readonly stage: string; readonly amount: number };

const FORM = { guid: '3a5f9c1e-74d2-4b0e-8c66-1d9e2f7b4a55', name: '導入ガイドのダウンロード' };
const SEMINAR = '実践セミナー「引き渡しの設計」';
const HOUR_MS = 3_600_000;
const CLOSES_AFTER_MS = 60 * 24 * HOUR_MS;

export function buyerHand({ ask, tell, state }: Control): BuyerHand {
  const now = async (): Promise<number> => ((await ask('/clock')) as { now: number }).now;
  return {
    async showInterest(contactId, email) {
      await tell('/hubspot/forms', FORM);
      const page = { pageUrl: 'https://www.example.co.jp/guide', pageTitle: FORM.name };
      await tell(`/hubspot/forms/${FORM.guid}/submissions`, { email, ...page });
      const startsAt = (await now()) - 2 * HOUR_MS;
      const event = { name: SEMINAR, eventType: 'WEBINAR', startsAt, endsAt: startsAt + HOUR_MS };
      const { id } = (await tell('/hubspot/marketing-events', event)) as { id: string };
      const came = { contactId, state: 'ATTENDED', at: startsAt };
      await tell(`/hubspot/marketing-events/${id}/participations`, came);
      return { form: FORM.name, seminar: SEMINAR };
    },
    async convert(lead, by, { name, amount }) {
      const opportunity = {
        Name: name,
        StageName: '初回訪問',
        CloseDate: day((await now()) + CLOSES_AFTER_MS),
        Amount: amount,
      };
      const made = await tell(`/salesforce/Lead/${lead}/convert`, { by, opportunity });
      return (made as { opportunityId: string }).opportunityId;
    },
    async win(opportunity, by) {
      const fields = { StageName: '受注', CloseDate: day(await now()) };
      await tell(`/salesforce/Opportunity/${opportunity}`, { fields, by });
    },
    async dealsOf(contact) {
      const ties = (await state('hubspot/associations')) as readonly { from: End; to: End }[];
      const ids = new Set(
        ties.filter(({ from, to }) => isContact(from, contact) && to.object === 'deals').map(({ to }) => to.id),
      );
      return (await state('hubspot/deals')).filter(({ id }) => ids.has(String(id))).map(dealOf);
    },
    async shownOn(contact) {
      const record = (await state('hubspot/contacts')).find(({ id }) => String(id) === contact);
      const { tasuki_deal_outcome: outcome, lifecyclestage } = record === undefined ? {} : propertiesOf(record);
      return { outcome: textOf(outcome), lifecycleStage: textOf(lifecyclestage) };
    },
  };
}

type End = { readonly object: string; readonly id: string };

function isContact({ object, id }: End, contact: string): boolean {
  return object === 'contacts' && id === contact;
}

function dealOf(row: Row): BuyerDeal {
  const { dealstage, amount } = propertiesOf(row);
  return { id: String(row['id']), stage: String(dealstage), amount: Number(amount) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The day in Japan, as Salesforce writes one. */
function day(instant: number): string {
  return new Date(instant + 9 * HOUR_MS).toISOString().slice(0, 10);
}
