import type { Sale } from './sale.ts';

const DAY_MS = 86_400_000;

/** A rep with a seat keeps the deal in HubSpot, where these contacts and the company hang on it. */
export function openDeal(sale: Sale, days: number, others: () => readonly string[] = () => []): void {
  const { office, part, records, seated, worth } = sale;
  sale.later(days, (at) => {
    const properties = {
      dealname: `${part.person.company.name} 新規導入`,
      pipeline: 'default',
      dealstage: 'appointmentscheduled',
      amount: String(worth),
      deal_currency_code: 'JPY',
      closedate: new Date(at + 60 * DAY_MS).toISOString(),
      dealtype: 'newbusiness',
      hubspot_owner_id: seated.seat.owner,
    };
    const deal = office.portal.seed('deals', properties, at, byHand(sale));
    records.deal = deal;
    for (const id of [sale.of('contact'), ...others()]) {
      office.portal.associate({ object: 'deals', id: deal }, { object: 'contacts', id });
    }
    const company = office.companies.get(part.person.company);
    if (company === undefined) return;
    office.portal.associate({ object: 'deals', id: deal }, { object: 'companies', id: company }, { label: 'primary' });
  });
}

/** The deal in HubSpot is moved by the rep who has the seat. */
export function moveDeal(sale: Sale, dealstage: string, days: number, more: Record<string, string> = {}): void {
  sale.later(days, (at) => {
    const closed = dealstage.startsWith('closed') ? { closedate: new Date(at).toISOString() } : {};
    const by = { source: 'CRM_UI', userId: sale.seated.seat.userId } as const;
    sale.office.portal.touch('deals', sale.of('deal'), { dealstage, ...closed, ...more }, by);
  });
}

/** A meeting that took place, and what was noted afterwards. */
export function meetInHubSpot(sale: Sale, days: number): void {
  const { seated } = sale;
  sale.later(days, (at) => {
    const owned = { hs_timestamp: new Date(at).toISOString(), hubspot_owner_id: seated.seat.owner };
    log(sale, at, 'meetings', {
      ...owned,
      hs_meeting_title: '要件のヒアリング',
      hs_meeting_start_time: new Date(at).toISOString(),
      hs_meeting_end_time: new Date(at + 3_600_000).toISOString(),
      hs_meeting_outcome: 'COMPLETED',
    });
  });
  sale.soon((at) => {
    const owned = { hs_timestamp: new Date(at).toISOString(), hubspot_owner_id: seated.seat.owner };
    log(sale, at, 'notes', { ...owned, hs_note_body: '来期の予算で検討中。決裁は部長。' });
  });
}

function log(sale: Sale, at: number, object: string, properties: Record<string, string>): void {
  const { portal } = sale.office;
  const id = portal.seed(object, properties, at, byHand(sale));
  portal.associate({ object, id }, { object: 'contacts', id: sale.of('contact') });
  portal.associate({ object, id }, { object: 'deals', id: sale.of('deal') });
}

function byHand({ seated }: Sale): { type: 'CRM_UI'; id: string; userId: number } {
  const { userId } = seated.seat;
  return { type: 'CRM_UI', id: `userId:${userId}`, userId };
}
