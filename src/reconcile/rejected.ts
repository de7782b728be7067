import type { FieldChange } from '../domain/people/change.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import type { EntityPlan } from './entity-plan.ts';
import type { Draft } from './settle-drafts.ts';
import { isByTurn, wantedIn } from './wanted.ts';

/**
 * Leaves out what a person has rejected (`tasuki reject`), for as long as we would write the very same value.
 *
 * The finding remembers the values (`wanted`), as a refusal does. Of an update, each field is out by itself; a new record is made whole
 * or not at all, so it is out while all of it is as it was. Whose turn it is among the reps, and which day a Task says, are no news.
 */
export function withoutRejected(draft: Draft, facts: EntityFacts): readonly FieldChange[] {
  const finding = facts.findings.find(
    ({ code, subject }) => code === 'PLAN_REJECTED' && subject === rejectedSubject(draft, facts),
  );
  if (finding === undefined) return draft.fields;
  const wanted = wantedIn(finding);
  const isOut = ({ field, after }: FieldChange) => wanted[field] === after;
  const isNextInTurn = ({ field, reason }: FieldChange) => field in wanted && isByTurn(reason);
  if (draft.kind === 'update') return draft.fields.filter((change) => !isOut(change) && !isNextInTurn(change));
  return draft.fields.every((change) => isFleeting(change) || isOut(change)) ? [] : draft.fields;
}

/** Findings of what was rejected and would not be written any more, whoever had approved it. */
export function rejectedOver(facts: EntityFacts, drafts: readonly Draft[]): EntityPlan['closeFindings'] {
  return facts.findings
    .filter(({ code }) => code === 'PLAN_REJECTED')
    .filter((finding) => !drafts.some((draft) => isStillMeant(finding, draft, facts)))
    .map(({ code, subject }) => ({ code, subject }));
}

function isStillMeant(finding: Finding, draft: Draft, facts: EntityFacts): boolean {
  if (finding.subject !== rejectedSubject(draft, facts)) return false;
  return withoutRejected(draft, { ...facts, findings: [finding] }).length < draft.fields.length;
}

function isFleeting({ reason }: FieldChange): boolean {
  return reason.code === 'lapsed' || isByTurn(reason);
}

/** `hubspot:contacts:551`; of a record that was to be made, the key it was to be made under: one person may be owed two Tasks. */
function rejectedSubject({ target, key }: Pick<Draft, 'target' | 'key'>, { id }: Pick<EntityFacts, 'id'>): string {
  return `${target.system}:${target.object}:${target.id ?? `(${key?.value ?? id})`}`;
}
