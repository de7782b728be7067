import type { FieldChange, Reason } from '../domain/people/change.ts';
import { identityOf } from '../domain/people/identity.ts';
import type { CompanyFacts } from '../domain/people/person.ts';
import { addParts, NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { copyFields } from './copy-fields.ts';
import { keyOn, OWN_FIELDS } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { planMappedFields } from './plan-fields.ts';
import { planPair } from './plan-pair.ts';
import type { Draft } from './settle-drafts.ts';

/**
 * What is to be written for one company, and why. Companies are matched and read; their mapped fields travel by rule, their owners
 * never. One is made in HubSpot only where the rule says so, for an account in which somebody of ours works; in Salesforce, accounts
 * are made by people, when they convert a Lead.
 */
export function planCompany(facts: CompanyFacts, context: PlanContext): EntityPlan {
  return planPair(facts, context, (view) => ({
    part: addParts([
      isPersonAccount(view) ? NOTHING : planMappedFields(view, context.policy.company.fields, context),
      keyOfOurs(view),
    ]),
    creation: creationOf(facts, view, context),
    others: [],
    open: [],
    over: [],
  }));
}

/** A person account is a human being; it has no company, and its fields are that person's. */
export function isPersonAccount({ salesforce }: PairView): boolean {
  return salesforce?.values['IsPersonAccount'] === true;
}

/**
 * A company that we made bears our key, also after somebody has emptied the field: should the ledger be lost, it would be made once more.
 * One that people made is found by domain or name, and bears none.
 */
function keyOfOurs({ facts, hubspot }: PairView): Part {
  const link = facts.links.find(({ role, record }) => role === 'current' && record.system === 'hubspot');
  if (hubspot === null || link?.evidence !== 'created') return NOTHING;
  return { ...NOTHING, hubspot: keyOn(hubspot, facts.id) };
}

function creationOf(facts: CompanyFacts, view: PairView, context: PlanContext): Draft | null {
  const { salesforce: account } = view;
  const isCalledFor = context.policy.company.createInHubSpot && facts.tied.salesforce > 0;
  if (!isCalledFor || account === null || view.hubspot !== null || view.lost.hubspot) return null;
  if (facts.rivals.length > 0 || isPersonAccount(view)) return null;
  const name = account.values['Name'];
  if (typeof name !== 'string') return null;
  const reason: Reason = { code: 'company-created', detail: { name } };
  // What HubSpot would not take is left for the merge to say, once the company is there.
  const copying = { entity: facts.id, source: account, to: 'hubspot', as: 'companies', reason, context } as const;
  const copied = copyFields(context.policy.company.fields, copying);
  const { domain } = identityOf(account);
  const given = new Set(copied.fields.map(({ field }) => field));
  const fixed: FieldChange[] = [{ field: 'name', after: name, reason }];
  if (domain !== null) fixed.push({ field: 'domain', after: domain, reason });
  return {
    kind: 'create',
    target: { system: 'hubspot', object: 'companies', id: null },
    key: { field: OWN_FIELDS.hubspot.key, value: facts.id },
    fields: [...fixed.filter(({ field }) => !given.has(field)), ...copied.fields],
    basesAfter: copied.bases,
    readBack: true,
    marks: {},
  };
}
