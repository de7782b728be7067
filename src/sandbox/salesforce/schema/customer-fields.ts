import { type Field, formula, pick } from './field.ts';
import { ACCOUNT_TIERS, LOSS_REASONS } from './picklists.ts';

/** Fields of the customer's own, one of each trap: a list that nobody of ours named, and a formula over a parent. */
export const CUSTOMER_FIELDS: readonly { entity: string; field: Field; granted: 'read' | 'edit' }[] = [
  { entity: 'Opportunity', field: pick('Loss_Reason__c', '失注理由', LOSS_REASONS), granted: 'edit' },
  { entity: 'Account', field: pick('Tier__c', '取引先ランク', ACCOUNT_TIERS), granted: 'edit' },
  { entity: 'Contact', field: formula('Account_Tier__c', '取引先ランク', 'AccountId', 'Tier__c'), granted: 'read' },
];
