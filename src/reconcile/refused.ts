import type { FieldChange } from '../domain/people/change.ts';
import type { Finding, PersonFacts } from '../domain/people/person.ts';
import type { Draft } from './plan-person.ts';

/**
 * Leaves out what the system has already refused, until somebody changes it, so that one bad phone number neither blocks the stage of
 * its record nor is refused again every hour.
 *
 * The finding remembers the refused values (`wanted`). Where the system named the fields, only those are left out; where it did
 * not, the whole write is. As soon as any of these values differs, the write is tried again and the finding closed.
 */
export function withoutRefused(draft: Draft, facts: PersonFacts): { fields: readonly FieldChange[]; close: readonly Pick<Finding, 'code' | 'subject'>[] } {
  const subject = refusedSubject(draft, facts);
  const finding = facts.findings.find((open) => open.code === 'WRITE_REFUSED' && open.subject === subject);
  if (finding === undefined) return { fields: draft.fields, close: [] };
  const wanted = JSON.parse(String(finding.detail['wanted'] ?? '{}')) as Record<string, FieldChange['after']>;
  const named = String(finding.detail['fields'] ?? '').split(',').filter((field) => field !== '');
  const blamed = named.length > 0 ? named.filter((field) => field in wanted) : Object.keys(wanted);
  const still = blamed.length > 0 && blamed.every((field) => draft.fields.some((change) => change.field === field && change.after === wanted[field]));
  if (!still) return { fields: draft.fields, close: [{ code: 'WRITE_REFUSED', subject }] };
  return { fields: named.length > 0 ? draft.fields.filter(({ field }) => !blamed.includes(field)) : [], close: [] };
}

/** `salesforce:Lead:00Q…`, or the person's id where the record was to be made. */
export function refusedSubject({ target }: Pick<Draft, 'target'>, { id }: Pick<PersonFacts, 'id'>): string {
  return `${target.system}:${target.object}:${target.id ?? `(${id})`}`;
}
