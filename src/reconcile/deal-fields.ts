import type { System } from '../domain/people/record.ts';
import { ASSOCIATED } from '../domain/people/tie.ts';

/** What both systems call the parts of a deal that are more than one field, or of another type on each side. */
export const DEAL_FIELDS = {
  hubspot: {
    pipeline: 'pipeline',
    stage: 'dealstage',
    amount: 'amount',
    currency: 'deal_currency_code',
    closeDate: 'closedate',
    name: 'dealname',
    owner: 'hubspot_owner_id',
    isClosed: 'hs_is_closed',
    isWon: 'hs_is_closed_won',
  },
  salesforce: {
    recordType: 'RecordTypeId',
    stage: 'StageName',
    amount: 'Amount',
    currency: 'CurrencyIsoCode',
    closeDate: 'CloseDate',
    name: 'Name',
    owner: 'OwnerId',
    account: 'AccountId',
    contact: 'ContactId',
    isClosed: 'IsClosed',
    isWon: 'IsWon',
    hasProducts: 'HasOpportunityLineItem',
  },
} as const;

/** Names of the bases that a deal has besides those of its mapped fields. */
export const DEAL_BASE = {
  stage: 'deal-stage',
  amount: 'deal-amount',
  closeDate: 'close-date',
  customer: 'customer',
} as const;

const PARTICIPANT = 'participant:';

/** The base that remembers that both systems tied this person to the deal. */
export function participantBase(person: string): string {
  return `${PARTICIPANT}${person}`;
}

const { hubspot: H, salesforce: S } = DEAL_FIELDS;
const BEHIND: Readonly<Record<string, Readonly<Record<System, readonly string[]>>>> = {
  [DEAL_BASE.stage]: { hubspot: [H.pipeline, H.stage], salesforce: [S.recordType, S.stage] },
  [DEAL_BASE.amount]: { hubspot: [H.amount, H.currency], salesforce: [S.amount, S.currency] },
  [DEAL_BASE.closeDate]: { hubspot: [H.closeDate], salesforce: [S.closeDate] },
  [DEAL_BASE.customer]: { hubspot: [ASSOCIATED.companies], salesforce: [S.account] },
};

/** The fields on one side that one of these bases speaks of; `null` for a base of another kind. */
export function dealFieldsBehind(base: string, system: System): readonly string[] | null {
  if (base.startsWith(PARTICIPANT)) return system === 'hubspot' ? [ASSOCIATED.contacts] : [];
  return BEHIND[base]?.[system] ?? null;
}
