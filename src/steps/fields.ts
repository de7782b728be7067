import { fieldsOf } from '../domain/agreement/evaluate.ts';
import { ACTIVITY_FIELDS } from '../domain/clocks/activity-of.ts';
import { type ObjectName, PERSON_OBJECTS, type System } from '../domain/people/record.ts';
import type { Policy } from '../domain/policy.ts';
import { ownFieldsOf } from '../reconcile/derived.ts';
import { LIFECYCLE_ORDER } from '../reconcile/plan-stage.ts';

/** What Tasuki reads on every person, whatever is mapped. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'email',
    'hubspot_owner_id',
    'lifecyclestage',
    ...LIFECYCLE_ORDER.map((stage) => `hs_v2_date_entered_${stage}`),
  ],
  Lead: ['Email', 'OwnerId', 'Status', 'IsConverted', 'ConvertedContactId'],
  Contact: ['Email', 'OwnerId'],
  ...ACTIVITY_FIELDS,
};

/** The fields to read on an object: what is always needed, ours, the mapped ones, and what the agreement's criteria look at. Nothing else is stored. */
export function fieldsToRead(policy: Policy, system: System, object: ObjectName): readonly string[] {
  const mapped = policy.person.fields.flatMap((field) => {
    if (system === 'hubspot') return [field.hubspot];
    const name = object === 'Lead' || object === 'Contact' ? field.salesforce[object] : undefined;
    return name === undefined ? [] : [name];
  });
  const isPerson = PERSON_OBJECTS.includes(object);
  const fields = [
    ...(ALWAYS[object] ?? []),
    ...ownFieldsOf(system, object),
    ...(isPerson ? mapped : []),
    ...(isPerson ? criteriaFields(policy, system) : []),
  ];
  return [...new Set(fields)];
}

/** The fields that criteria and score read on one side: their history is kept as facts. */
export function criteriaFields(policy: Policy, system: System): readonly string[] {
  const { agreement, person } = policy;
  const paths = [
    ...agreement.stages.flatMap(({ when }) => (when === undefined ? [] : fieldsOf(when))),
    ...agreement.score.attribute.flatMap(({ when }) => fieldsOf(when)),
    ...(agreement.score.behaviour === null ? [] : [`hubspot.${agreement.score.behaviour.hubspot}`]),
    ...(person.scope === undefined ? [] : fieldsOf(person.scope)),
  ];
  const prefix = `${system}.`;
  return [...new Set(paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length)))];
}
