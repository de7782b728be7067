import { campaignRule, memberRule } from './campaign.ts';
import { contactRoleRule } from './contact-role.ts';
import { lineItemRule, priceRule } from './line-item.ts';
import { mailRelationRule, mailRule } from './mail.ts';
import { opportunityRule } from './opportunity.ts';
import { accountRule, personContactRule } from './person-account.ts';
import type { Rule } from './saving.ts';

const RULES: Readonly<Record<string, Rule>> = {
  Account: accountRule,
  Contact: personContactRule,
  Opportunity: opportunityRule,
  OpportunityContactRole: contactRoleRule,
  OpportunityLineItem: lineItemRule,
  PricebookEntry: priceRule,
  Campaign: campaignRule,
  CampaignMember: memberRule,
  EmailMessage: mailRule,
  EmailMessageRelation: mailRelationRule,
};
const NONE: Rule = {};

export function ruleOf(object: string): Rule {
  return RULES[object] ?? NONE;
}
