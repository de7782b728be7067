import type { Agreement } from '../../domain/agreement/agreement.ts';
import type { CreationRule, FieldMapping, MatchingRule, PersonMapping } from '../../domain/people/mapping.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import type { WrittenCondition } from '../grammar/condition-grammar.ts';
import type { ContactFile } from '../grammar/contact-grammar.ts';
import type { Complaints } from './complain.ts';
import { leavesOf } from './leaves-of.ts';
import { complainOfOrder } from './match-order.ts';
import { toConflictDefault } from './settled.ts';
import { toCondition } from './to-condition.ts';
import { toFields } from './to-field.ts';

/** How people are told apart, which fields travel, and when a missing half is made. */
export function toPerson({ person }: ContactFile, agreement: Agreement, complaints: Complaints): PersonMapping {
  complainOfObjects(person, complaints);
  const late = toConflictDefault(person['conflict-default']);
  const fields = toFields(person.fields, {
    path: ['person', 'fields'],
    objects: ['Lead', 'Contact'],
    late,
    complaints,
  });
  if (person.scope !== undefined) complainOfScope(person.scope, complaints);
  const rule = person.create?.salesforce;
  const creation: CreationRule | null =
    rule === undefined ? null : { stage: rule.when.stage, as: rule.as, with: rule.with ?? {} };
  if (creation !== null) complainOfCreation(creation, fields, agreement, complaints);
  return {
    matching: toMatching(person.matching),
    fields,
    ...(person.scope === undefined ? {} : { scope: toCondition(person.scope) }),
    ...(person.rollout === undefined ? {} : { rolloutPercent: person.rollout.percent }),
    createInSalesforce: creation,
  };
}

/** As addresses are compared. A rule is the default: see mappings/README.md. */
function toMatching(written: ContactFile['person']['matching']): MatchingRule {
  const mailboxes = written?.['shared-mailboxes'] ?? [];
  return {
    sharedMailboxes: mailboxes.map((mailbox) => mailbox.normalize('NFKC').toLowerCase().replace(/@$/u, '')),
    several: written?.several ?? 'rule',
  };
}

const MATCH_ORDER = ['link', 'key', 'native-link', 'email'];

/** These lines are written out so that a reader sees them; this version knows one way each. */
function complainOfObjects({ salesforce, match }: ContactFile['person'], complaints: Complaints): void {
  if (salesforce.join() !== 'Lead,Contact') {
    complaints.about(['person', 'salesforce'], 'This version always reads both: write salesforce: [Lead, Contact].');
  }
  complainOfOrder(match, MATCH_ORDER, ['person', 'match'], complaints);
}

/** Whom Tasuki touches is known from the person's own records: a company or a deal may be tied to them later, and untied again. */
function complainOfScope(scope: WrittenCondition, complaints: Complaints): void {
  for (const { asks, path } of leavesOf(scope, ['person', 'scope'])) {
    if (asks.field !== undefined && !asks.field.startsWith('company.')) continue;
    complaints.about(
      path,
      'A scope asks about fields of the person: hubspot.<property> or salesforce.<field>, not about score, company or deals.',
    );
  }
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
