import type { Random } from '../kernel/random.ts';
import type { Part, Plot } from './cast.ts';
import {
  addRoles,
  appearTwice,
  bringColleagues,
  enterPrivately,
  meetAgain,
  openWithoutAccount,
  writeInFiveWays,
} from './oddities.ts';
import type { Office } from './office.ts';
import { Sale } from './sale.ts';
import { addProducts, convert, lose, negotiate, propose, quote, win } from './sell.ts';
import { meetInHubSpot, moveDeal, openDeal } from './sell-in-hubspot.ts';
import { winOver } from './win-over.ts';
import { workLead } from './work-lead.ts';

type Act = (sale: Sale) => void;

const withOpportunity: Act = (sale) => convert(sale, { withOpportunity: true });
const withoutOpportunity: Act = (sale) => convert(sale, { withOpportunity: false });
const UNTIL_A_LEAD: readonly Act[] = [winOver, workLead];
const UNTIL_A_QUOTE: readonly Act[] = [...UNTIL_A_LEAD, withOpportunity, propose, quote];
const UNTIL_WON: readonly Act[] = [...UNTIL_A_QUOTE, negotiate, win];

/** What happens in each plot, act by act. Whatever would lie after today has not happened yet. */
const ACTS: Readonly<Record<Plot, readonly Act[]>> = {
  won: UNTIL_WON,
  open: UNTIL_A_QUOTE,
  'deal-of-lead': [...UNTIL_A_LEAD, (sale) => openDeal(sale, 2)],
  lost: [...UNTIL_A_QUOTE, lose],
  'five-roles': [...UNTIL_A_LEAD, withOpportunity, addRoles, propose],
  'no-account': [...UNTIL_A_LEAD, openWithoutAccount],
  'three-contacts': [
    ...UNTIL_A_LEAD,
    withoutOpportunity,
    (sale) => openDeal(sale, 1, bringColleagues(sale)),
    (sale) => meetInHubSpot(sale, 3),
    (sale) => moveDeal(sale, 'presentationscheduled', 1),
  ],
  products: [...UNTIL_A_QUOTE, addProducts],
  // Proposed, and never heard of again: its close date has passed.
  stalled: [...UNTIL_A_LEAD, withOpportunity, propose],
  'old-customer': [...UNTIL_WON, meetAgain],
  merged: [...UNTIL_WON, appearTwice],
  'no-company': [winOver, enterPrivately],
  'five-names': [...UNTIL_A_QUOTE, writeInFiveWays],
  'won-in-hubspot': [
    ...UNTIL_A_LEAD,
    withoutOpportunity,
    (sale) => openDeal(sale, 2),
    (sale) => meetInHubSpot(sale, 6),
    (sale) => moveDeal(sale, 'presentationscheduled', 1),
    (sale) => moveDeal(sale, 'contractsent', 14),
    (sale) => moveDeal(sale, 'closedwon', 9, { closed_won_reason: '導入支援の手厚さ' }),
  ],
};

/** Writes one person's sale into the chronicle, from the first form to where it stands today. */
export function tellSale(office: Office, part: Part, random: Random): void {
  const sale = new Sale(office, part, random);
  for (const act of ACTS[part.plot]) act(sale);
}
