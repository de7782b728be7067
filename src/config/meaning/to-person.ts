import type { Agreement } from '../../domain/agreement/agreement.ts';
import type { CreationRule, FieldMapping, PersonMapping } from '../../domain/people/mapping.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import type { ContactFile } from '../grammar/contact-grammar.ts';
import type { Complaints } from './complain.ts';
import { toCondition } from './to-condition.ts';
import { toField } from './to-field.ts';

/** How people are told apart, which fields travel, and when a missing half is made. */
export function toPerson({ person }: ContactFile, agreement: Agreement, complaints: Complaints): PersonMapping {
  complainOfObjects(person, complaints);
  const fields = person.fields.map((field, index) => toField(field, index, complaints));
  complainOfRepeats(fields, complaints);
  const rule = person.create?.salesforce;
  const creation: CreationRule | null =
    rule === undefined ? null : { stage: rule.when.stage, as: rule.as, with: rule.with ?? {} };
  if (creation !== null) complainOfCreation(creation, fields, agreement, complaints);
  return {
    fields,
    ...(person.scope === undefined ? {} : { scope: toCondition(person.scope) }),
    createInSalesforce: creation,
  };
}

const MATCH_ORDER = ['link', 'key', 'email'];

/** These lines are written out so that a reader sees them; this version knows one way each. */
function complainOfObjects({ salesforce, match }: ContactFile['person'], complaints: Complaints): void {
  if (salesforce.join() !== 'Lead,Contact') {
    complaints.about(['person', 'salesforce'], 'This version always reads both: write salesforce: [Lead, Contact].');
  }
  if (match.join() !== MATCH_ORDER.join()) {
    complaints.about(
      ['person', 'match'],
      `This version matches in one order: write match: [${MATCH_ORDER.join(', ')}].`,
    );
  }
}

function complainOfRepeats(fields: readonly FieldMapping[], complaints: Complaints): void {
  const seen = new Map<string, string>();
  fields.forEach((field, index) => {
    const names = [
      `HubSpot ${field.hubspot}`,
      ...Object.entries(field.salesforce).map(([object, name]) => `${object}.${name}`),
    ];
    for (const name of names) {
      const earlier = seen.get(name);
      if (earlier === undefined) seen.set(name, field.at);
      else
        complaints.about(
          ['person', 'fields', index],
          `${name} is mapped already at ${earlier}. A field has one partner; remove one of the two lines.`,
        );
    }
  });
}

function complainOfCreation(
  rule: CreationRule,
  fields: readonly FieldMapping[],
  agreement: Agreement,
  complaints: Complaints,
): void {
  const path = ['person', 'create', 'salesforce'];
  const stage = agreement.stages.find((known) => known.stage === rule.stage);
  if (stage?.handOff === undefined) {
    complaints.about(
      [...path, 'when', 'stage'],
      `A ${rule.as} is to be made at ${rule.stage}, but the agreement hands nobody over at ${rule.stage}, so it would have no owner. Add "hand-off: { to: … }" to that stage.`,
    );
  }
  const names = fields.map(({ name }) => name);
  for (const [field, template] of Object.entries(rule.with)) {
    for (const [, placeholder = ''] of template.matchAll(/\{([^}|]*)(?:\|[^}]*)?\}/gu)) {
      if (names.includes(placeholder)) continue;
      complaints.about(
        [...path, 'with', field],
        `{${placeholder}} is no mapped field.${didYouMean(placeholder, names)} Mapped: ${names.join(', ')}.`,
      );
    }
  }
}
