import type { Agreement, BantField } from './agreement.ts';
import { fieldsOf } from './evaluate.ts';

/** All fields that an agreement reads (`hubspot.jobtitle`, `person.phone`, `company.industry`), as they stand in it. */
export function fieldsIn({ score, stages, bant, registration }: Agreement): readonly string[] {
  const { behaviour, attribute } = score;
  return [
    ...(behaviour !== null && 'hubspot' in behaviour ? [`hubspot.${behaviour.hubspot}`] : []),
    ...attribute.flatMap(({ when }) => fieldsOf(when)),
    ...stages.flatMap(({ when }) => (when === undefined ? [] : fieldsOf(when))),
    ...Object.values(bant ?? {}).flatMap(bantPaths),
    ...Object.values(registration?.required ?? {}).flat(),
  ];
}

/** Where a BANT item stands, in either system. */
export function bantPaths({ hubspot, salesforce }: BantField): readonly string[] {
  return [
    ...(hubspot === undefined ? [] : [`hubspot.${hubspot}`]),
    ...(salesforce === undefined ? [] : [`salesforce.${salesforce}`]),
  ];
}
