import type { ConfigFault } from '../errors/errors.ts';
import { fieldsOf } from './agreement/evaluate.ts';
import { carriedFaults, type FieldCheck, fieldFaults, otherText } from './check-field.ts';
import type { ObjectName, ObjectSchema } from './people/record.ts';
import type { Policy } from './policy.ts';
import { didYouMean } from './texts/closest.ts';

const AGREEMENT = 'mappings/agreement.yaml';
const CONTACT = 'mappings/contact.yaml';

/**
 * Does the policy fit the two systems as they really are: do the fields exist, may they be written, do they accept what they would
 * get? Found when the file is saved, not when the thousandth record is refused.
 *
 * Objects whose schema is not given are not judged. All faults at once, each with the line of the mapping it is about.
 */
export function checkPolicyAgainst(policy: Policy, schemas: readonly ObjectSchema[]): readonly ConfigFault[] {
  return [
    ...policy.person.fields.flatMap((mapping) => mappingFaults({ policy, schemas }, mapping)),
    ...criteriaFaults({ policy, schemas }),
    ...creationFaults({ policy, schemas }),
    ...shownStageFaults({ policy, schemas }),
  ];
}

type Given = { readonly policy: Policy; readonly schemas: readonly ObjectSchema[] };
type Mapping = Policy['person']['fields'][number];

function mappingFaults({ policy, schemas }: Given, mapping: Mapping): readonly ConfigFault[] {
  const { at, values = {} } = mapping;
  const hubspot: FieldCheck = {
    at,
    schema: find(schemas, 'contacts'),
    field: mapping.hubspot,
    written: mapping.policy !== 'hubspot',
    values: Object.keys(values),
  };
  const created = policy.person.createInSalesforce?.as;
  const salesforce = (['Lead', 'Contact'] as const).flatMap((object): readonly FieldCheck[] => {
    const field = mapping.salesforce[object];
    // A record that we make gets every mapped field, those that Salesforce decides later included.
    const written = mapping.policy !== 'salesforce' || object === created;
    return field === undefined
      ? []
      : [{ at, schema: find(schemas, object), field, written, values: Object.values(values) }];
  });
  return [
    ...fieldFaults(hubspot),
    ...salesforce.flatMap((side) => [...fieldFaults(side), ...carriedFaults(hubspot, side, mapping)]),
  ];
}

/** The fields that score, criteria and scope read. */
function criteriaFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const { agreement, person } = policy;
  const { behaviour, attribute } = agreement.score;
  const inAgreement = [
    ...(behaviour === null ? [] : [`hubspot.${behaviour.hubspot}`]),
    ...attribute.flatMap(({ when }) => fieldsOf(when)),
    ...agreement.stages.flatMap(({ when }) => (when === undefined ? [] : fieldsOf(when))),
  ];
  const inScope = person.scope === undefined ? [] : fieldsOf(person.scope);
  return [
    ...[...new Set(inAgreement)].flatMap((path) => readFaults(AGREEMENT, path, schemas)),
    ...[...new Set(inScope)].flatMap((path) => readFaults(CONTACT, path, schemas)),
  ];
}

function readFaults(at: string, path: string, schemas: readonly ObjectSchema[]): readonly ConfigFault[] {
  const [system, field = ''] = path.split('.');
  const objects: readonly ObjectName[] = system === 'hubspot' ? ['contacts'] : ['Lead', 'Contact'];
  const known = objects.map((object) => find(schemas, object)).filter((schema) => schema !== undefined);
  if (known.length === 0 || known.some(({ fields }) => fields.some(({ name }) => name === field))) return [];
  const names = known.flatMap(({ fields }) => fields.map(({ name }) => name));
  const where =
    system === 'hubspot' ? 'HubSpot has no contact property' : 'Salesforce has, on Lead and on Contact, no field';
  return [{ at, message: `${where} \`${field}\`.${didYouMean(field, names)}` }];
}

/** What a new record is given, and what the system insists on. */
function creationFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const rule = policy.person.createInSalesforce;
  const schema = rule === null ? undefined : find(schemas, rule.as);
  if (rule === null || schema === undefined) return [];
  const fixed = Object.entries(rule.with).flatMap(([field, template]) => {
    const values = template.includes('{') ? [] : [template];
    return fieldFaults({ at: CONTACT, schema, field, written: true, values });
  });
  const given = new Set([
    ...Object.keys(rule.with),
    ...policy.person.fields.flatMap(({ salesforce }) => salesforce[rule.as] ?? []),
    'OwnerId',
  ]);
  const missing = schema.fields.filter(({ name, requiredOnCreate }) => requiredOnCreate && !given.has(name));
  return [
    ...fixed,
    ...missing.map(({ name, label }) => ({
      at: CONTACT,
      message: `Salesforce makes no ${rule.as} without \`${name}\` (${label}). Map it under "fields", or give it a value under "create: salesforce: with".`,
    })),
  ];
}

/** The lifecycle stages that the agreement shows must be stages of this portal. */
function shownStageFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const options = find(schemas, 'contacts')?.fields.find(({ name }) => name === 'lifecyclestage')?.options ?? [];
  const names = options.map(({ value }) => value);
  if (names.length === 0) return [];
  return Object.entries(policy.agreement.shownAs.lifecyclestage)
    .filter(([, shown]) => !names.includes(shown))
    .map(([stage, shown]) => ({
      at: AGREEMENT,
      message: `${stage} is shown as \`${shown}\`, which is no lifecycle stage of this HubSpot portal.${otherText(shown, names)}`,
    }));
}

function find(schemas: readonly ObjectSchema[], object: ObjectName): ObjectSchema | undefined {
  return schemas.find((schema) => schema.object === object);
}
