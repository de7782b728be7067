import { live, type Scene } from './grow-company.ts';

/** How many records of each object somebody changed. */
export type Edited = Readonly<Record<string, number>>;

/**
 * A share of the people and of the deals is changed by somebody, half of them on either screen: a job title, an amount, a date. Every
 * `1 / share`-th record, so that two runs change the same ones.
 */
export function editSome({ portal, org }: Scene, share: number): Edited {
  const every = Math.round(1 / share);
  const inHubSpot = (object: string) =>
    portal.records(object).filter(({ archived }, nth) => !archived && nth % (2 * every) === 0);
  const inSalesforce = (object: string) => live(org, object).filter((_, nth) => nth % (2 * every) === every);
  const byHand = { source: 'CRM_UI', userId: 1 } as const;
  const contacts = inHubSpot('contacts');
  for (const { id } of contacts) portal.touch('contacts', id, { jobtitle: '経営企画室 室長' }, byHand);
  const deals = inHubSpot('deals');
  for (const { id } of deals) portal.touch('deals', id, { amount: '7654321' }, byHand);
  const leads = inSalesforce('Lead').filter(({ IsConverted }) => IsConverted !== true);
  for (const { Id } of leads) org.touch('Lead', String(Id), { Title: '購買部 部長' });
  const customers = inSalesforce('Contact');
  for (const { Id } of customers) org.touch('Contact', String(Id), { Title: '購買部 部長' });
  const opportunities = inSalesforce('Opportunity');
  for (const { Id } of opportunities) org.touch('Opportunity', String(Id), { CloseDate: '2026-12-18' });
  return {
    contacts: contacts.length,
    deals: deals.length,
    Lead: leads.length,
    Contact: customers.length,
    Opportunity: opportunities.length,
  };
}
