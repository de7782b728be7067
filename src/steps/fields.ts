import { escalates } from '../domain/agreement/deadline.ts';
import { fieldsOf } from '../domain/agreement/evaluate.ts';
import { fieldsIn } from '../domain/agreement/fields-in.ts';
import { ACTIVITY_FIELDS } from '../domain/clocks/activity-of.ts';
import { LAST_PAGE } from '../domain/clocks/page-views.ts';
import { agreementsKnown } from '../domain/clocks/rule-of-clock.ts';
import { OTHER_EMAILS } from '../domain/people/identity.ts';
import { NATIVE_FIELDS } from '../domain/people/native-id.ts';
import { NAME_FIELDS } from '../domain/people/person-name.ts';
import { type EntityKind, entityKindOf, type ObjectName, type System } from '../domain/people/record.ts';
import { TIE_FIELDS } from '../domain/people/tie.ts';
import type { Policy } from '../domain/policy.ts';
import { DEAL_FIELDS } from '../reconcile/deal-fields.ts';
import { OWN_FIELDS, ownFieldsOf } from '../reconcile/derived.ts';
import { LIFECYCLE, LIFECYCLE_ORDER } from '../reconcile/lifecycle.ts';
import { fieldOn } from '../reconcile/mapped-field.ts';
import { lineNamed } from '../reconcile/mapped-value.ts';
import { ANSWER_FIELDS, isAnsweredIn } from './answer-fields.ts';

/** When a contact was last on the site. */
export const LAST_VISIT = 'hs_analytics_last_timestamp';
/** When a contact last sent a form: whoever's has moved may have sent one that we do not have yet. */
export const LAST_FORM = 'recent_conversion_date';

/** Does the agreement ask for briefs at all? The field is there only where it does, and nobody misses it where it does not. */
export function asksForBriefs({ agreement }: Pick<Policy, 'agreement'>): boolean {
  return agreement.stages.some(({ handOff }) => handOff?.brief === true);
}

/** What Tasuki reads on every record, whatever is mapped. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'email',
    OTHER_EMAILS,
    'hubspot_owner_id',
    LIFECYCLE,
    LAST_PAGE,
    LAST_VISIT,
    LAST_FORM,
    ...LIFECYCLE_ORDER.map((stage) => `hs_v2_date_entered_${stage}`),
  ],
  Lead: ['Email', 'OwnerId', 'Status'],
  Contact: ['Email', 'OwnerId', 'IsPersonAccount'],
  companies: ['name', 'domain', 'website'],
  Account: ['Name', 'Website', 'IsPersonAccount'],
  deals: Object.values(DEAL_FIELDS.hubspot),
  // `ContactId` can be written when an opportunity is made, and not be read afterwards: the role tells.
  Opportunity: Object.values(DEAL_FIELDS.salesforce).filter((field) => field !== DEAL_FIELDS.salesforce.contact),
  LeadHistory: ['LeadId', 'Field', 'DataType', 'OldValue', 'NewValue', 'CreatedById'],
  OpportunityFieldHistory: ['OpportunityId', 'Field', 'DataType', 'OldValue', 'NewValue', 'CreatedById'],
  ...ACTIVITY_FIELDS,
};

/** Fields of ours that are made, and read, only under an agreement that asks for them, or while promises of one that did may run. */
const ON_DEMAND: ReadonlyMap<string, (policy: Policy) => boolean> = new Map([
  [OWN_FIELDS.salesforce.brief, asksForBriefs],
  [OWN_FIELDS.salesforce.escalatedTo, (policy: Policy) => agreementsKnown(policy).some(escalates)],
  [OWN_FIELDS.salesforce.escalation, (policy: Policy) => agreementsKnown(policy).some(escalates)],
  ...ANSWER_FIELDS.map(
    (field) => [field, (policy: Policy) => agreementsKnown(policy).some((one) => isAnsweredIn(field, one))] as const,
  ),
]);

/** The fields to read on an object: what is always needed, ours, the mapped ones, and what the agreement's criteria look at. Nothing else is stored. */
export function fieldsToRead(policy: Policy, system: System, object: ObjectName): readonly string[] {
  const kind = entityKindOf(object);
  const fields = [
    ...(ALWAYS[object] ?? []),
    ...(TIE_FIELDS[object] ?? []),
    ...ownFieldsOf(system, object).filter((field) => ON_DEMAND.get(field)?.(policy) ?? true),
    ...(NATIVE_FIELDS[object] ?? []).map(({ field }) => field),
    ...(NAME_FIELDS[object] ?? []),
    ...(kind === null ? [] : mappedFields(policy, kind, system, object)),
    ...(kind === 'person' ? criteriaFields(policy, system) : []),
    ...(kind === 'company' ? companyCriteria(policy, system) : []),
    ...(kind === 'deal' ? reasonFields(policy, system) : []),
  ];
  return [...new Set(fields)];
}

function mappedFields(policy: Policy, kind: EntityKind, system: System, object: ObjectName): readonly string[] {
  return policy[kind].fields.flatMap((mapping) => fieldOn(mapping, { system, object }) ?? []);
}

function reasonFields({ deal }: Policy, system: System): readonly string[] {
  return [deal.reasons.won, deal.reasons.lost].flatMap((fields) => (fields === null ? [] : [fields[system]]));
}

/** The fields of people that criteria and score read on one side: their history is kept as facts. */
export function criteriaFields(policy: Policy, system: System): readonly string[] {
  const mapped = pathsUnder('person', policy).flatMap((name) => {
    const line = lineNamed(name, policy.person.fields);
    if (line === undefined) return [];
    return system === 'hubspot' ? [line.hubspot] : Object.values(line.salesforce);
  });
  return [...new Set([...pathsUnder(system, policy), ...mapped])];
}

/** What criteria read of a company by a name that no mapping has is a HubSpot property. */
function companyCriteria(policy: Policy, system: System): readonly string[] {
  if (system !== 'hubspot') return [];
  return pathsUnder('company', policy).filter((name) => lineNamed(name, policy.company.fields) === undefined);
}

function pathsUnder(prefix: string, { agreement, person }: Policy): readonly string[] {
  const paths = [...fieldsIn(agreement), ...(person.scope === undefined ? [] : fieldsOf(person.scope))];
  const start = `${prefix}.`;
  return [...new Set(paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length)))];
}
