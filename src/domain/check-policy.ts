import type { ConfigFault } from '../errors/errors.ts';
import { fieldsOf } from './agreement/evaluate.ts';
import { fieldsIn } from './agreement/fields-in.ts';
import { dealFaults } from './check-deals.ts';
import { fieldFaults, isUnseen, nobodyHas, otherText, unseenText } from './check-field.ts';
import { type Carriers, COMPANY_CARRIERS, mappingFaults, schemaOf } from './check-mapping.ts';
import type { ObjectName, ObjectSchema } from './people/record.ts';
import type { Policy } from './policy.ts';
import { didYouMean } from './texts/closest.ts';

const AGREEMENT = 'mappings/agreement.yaml';
const CONTACT = 'mappings/contact.yaml';

/**
 * Does the policy fit the two systems as they really are: do the fields exist, may they be written, do they accept what they would
 * get? Found when the file is saved, not when the thousandth record is refused.
 *
 * Objects whose schema is not given are not judged, except that deals which are to be written must be visible where others of the same
 * system are. All faults at once, each with the line of the mapping it is about. What takes both systems to judge (do two fields hold
 * the same kind of value, do two stages both close) is left out while the schemas of one are given.
 */
export function checkPolicyAgainst(policy: Policy, schemas: readonly ObjectSchema[]): readonly ConfigFault[] {
  return [
    ...policy.person.fields.flatMap((mapping) => mappingFaults(mapping, personCarriers(policy), schemas)),
    ...policy.company.fields.flatMap((mapping) => mappingFaults(mapping, COMPANY_CARRIERS, schemas)),
    ...dealFaults({ deal: policy.deal, schemas }),
    ...criteriaFaults({ policy, schemas }),
    ...creationFaults({ policy, schemas }),
    ...shownStageFaults({ policy, schemas }),
    ...shownStatusFaults({ policy, schemas }),
  ];
}

function personCarriers({ person }: Policy): Carriers {
  return { hubspot: 'contacts', salesforce: ['Lead', 'Contact'], made: person.createInSalesforce?.as };
}

type Given = { readonly policy: Policy; readonly schemas: readonly ObjectSchema[] };
/** The fields that score, criteria and scope read. */
function criteriaFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const { agreement, person } = policy;
  const inAgreement = fieldsIn(agreement);
  const inScope = person.scope === undefined ? [] : fieldsOf(person.scope);
  return [
    ...[...new Set(inAgreement)].flatMap((path) => readFaults(AGREEMENT, path, schemas)),
    ...[...new Set(inScope)].flatMap((path) => readFaults(CONTACT, path, schemas)),
  ];
}

function readFaults(at: string, path: string, schemas: readonly ObjectSchema[]): readonly ConfigFault[] {
  const [system, field = ''] = path.split('.');
  if (system === 'company' || system === 'person') return []; // a line of company.yaml or contact.yaml, judged there
  const objects: readonly ObjectName[] = system === 'hubspot' ? ['contacts'] : ['Lead', 'Contact'];
  const known = objects.map((object) => schemaOf(object, schemas)).filter((schema) => schema !== undefined);
  const there = known.flatMap((schema) =>
    schema.fields.filter(({ name }) => name === field).map((found) => ({ found, schema })),
  );
  const unseen = there.find(({ found, schema }) => isUnseen(found, schema));
  if (unseen !== undefined) return [{ at, message: unseenText(unseen.found, unseen.schema) }];
  if (known.length === 0 || there.length > 0) return [];
  const names = known.flatMap(({ fields }) => fields.map(({ name }) => name));
  const where =
    system === 'hubspot'
      ? nobodyHas({ system, object: 'contacts' })
      : 'Salesforce has, on Lead and on Contact, no field';
  return [{ at, message: `${where} \`${field}\`.${didYouMean(field, names)}` }];
}

/** What a new record is given, and what the system insists on. */
function creationFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const rule = policy.person.createInSalesforce;
  const schema = rule === null ? undefined : schemaOf(rule.as, schemas);
  if (rule === null || schema === undefined) return [];
  const fixed = Object.entries(rule.with).flatMap(([field, template]) => {
    const values = template.includes('{') ? [] : [template];
    return fieldFaults({ at: CONTACT, schema, field, written: true, source: false, values });
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
  const options = schemaOf('contacts', schemas)?.fields.find(({ name }) => name === 'lifecyclestage')?.options ?? [];
  const names = options.map(({ value }) => value);
  if (names.length === 0) return [];
  return Object.entries(policy.agreement.shownAs.lifecyclestage)
    .filter(([, shown]) => !names.includes(shown))
    .map(([stage, shown]) => ({
      at: AGREEMENT,
      message: `${stage} is shown as \`${shown}\`, which is no lifecycle stage of this HubSpot portal.${otherText(shown, names)}`,
    }));
}

/** A status of the Lead that means "converted" cannot be written: Salesforce sets it where somebody converts the Lead, and then only. */
function shownStatusFaults({ policy, schemas }: Given): readonly ConfigFault[] {
  const { leadStatus } = policy.agreement.shownAs;
  const status = schemaOf('Lead', schemas)?.fields.find(({ name }) => name === 'Status');
  if (leadStatus === undefined || status === undefined) return [];
  const options = (status.options ?? []).filter(({ active }) => active);
  const open = options.filter(({ closed }) => closed !== true).map(({ value }) => value);
  return Object.entries(leadStatus).flatMap(([stage, shown]) => {
    if (open.includes(shown)) return [];
    const isConverted = options.some(({ value }) => value === shown);
    const message = isConverted
      ? `${stage} is shown as \`${shown}\`, which Salesforce sets when a Lead is converted and takes from nobody. Write another status: ${open.join(', ')}.`
      : `${stage} is shown as \`${shown}\`, which is no status of a Lead in this org.${otherText(shown, open)}`;
    return [{ at: AGREEMENT, message }];
  });
}
