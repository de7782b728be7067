import type { FieldChange } from '../domain/people/change.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { withoutRejected } from './rejected.ts';
import type { Draft } from './settle-drafts.ts';
import { isByTurn, wantedIn } from './wanted.ts';

export type Attempt = {
  /** What is worth sending. */
  readonly fields: readonly FieldChange[];
  /** The subject of the refusal that still holds, or `null`. */
  readonly refused: string | null;
};

/** A rule may have been changed, or an address set free, without a word to us: after this long it is tried once more. */
const TRIED_AGAIN_AFTER_MS = DAY_MS;

/**
 * Leaves out what the system has already refused, until somebody changes it, so that one bad phone number neither blocks the stage of
 * its record nor is refused again every hour.
 *
 * The finding remembers the refused values (`wanted`). Where the system named the fields, only those are left out; where it did
 * not, the whole write is. As soon as any of these values differs, the write is tried again and the finding closed. With the same
 * values it is tried again once a day, since the cause may lie elsewhere; the finding stays until the write is in.
 */
export function withoutRefused(meant: Draft, facts: EntityFacts, now: Instant): Attempt {
  const draft = { ...meant, fields: withoutRejected(meant, facts) };
  const subject = refusedSubject(draft, facts);
  const finding = facts.findings.find((open) => open.code === 'WRITE_REFUSED' && open.subject === subject);
  if (finding === undefined) return { fields: draft.fields, refused: null };
  const wanted = wantedIn(finding);
  const named = namedFields(finding).filter((field) => field in wanted);
  const blamed = named.length > 0 ? named : Object.keys(wanted).filter((field) => !isRotating(field, draft));
  const still =
    blamed.length > 0 &&
    blamed.every((field) => draft.fields.some((change) => change.field === field && change.after === wanted[field]));
  if (!still) return { fields: draft.fields, refused: null };
  const isDue = now - Number(finding.detail['refusedAt'] ?? now) >= TRIED_AGAIN_AFTER_MS;
  if (isDue) return { fields: draft.fields, refused: subject };
  return {
    fields: named.length > 0 ? draft.fields.filter(({ field }) => !named.includes(field)) : [],
    refused: subject,
  };
}

/** The fields that the system named, if it did. */
export function namedFields({ detail }: Pick<Finding, 'detail'>): readonly string[] {
  return String(detail['fields'] ?? '')
    .split(',')
    .filter((field) => field !== '');
}

/** The next rep in the rotation is no reason to send the same refused Lead again. */
function isRotating(name: string, { fields }: Draft): boolean {
  return fields.some(({ field, reason }) => field === name && isByTurn(reason));
}

/** `salesforce:Lead:00Q…`, or the entity's id where the record was to be made. */
export function refusedSubject({ target }: Pick<Draft, 'target'>, { id }: Pick<EntityFacts, 'id'>): string {
  return `${target.system}:${target.object}:${target.id ?? `(${id})`}`;
}
