import type { ConflictDefault, FieldMapping, FieldPolicy, Settlement } from '../../domain/people/mapping.ts';
import type { Path } from '../files/yaml-file.ts';
import type { WrittenDefault } from '../grammar/field-grammar.ts';
import type { Complaints } from './complain.ts';
import { toDuration } from './to-duration.ts';

type Written = {
  readonly policy: FieldPolicy;
  readonly conflict?: FieldMapping['conflict'] | undefined;
  readonly first?: FieldMapping['first'] | undefined;
  /** Of the whole file: what settles a double edit that nobody has settled in time. */
  readonly late?: ConflictDefault | undefined;
};

/** Why nothing can be settled under a policy. */
const UNDISPUTED = {
  'fill-blank': 'never overwrites',
  once: 'is copied once and not looked at again',
  stricter: 'goes by the stricter value, whoever entered it',
} as const;

/** Who wins. What goes one way has one answer; what goes both ways must give one, because there is no safe default. */
export function settled(
  { policy, conflict, first, late }: Written,
  path: Path,
  what: 'field' | 'stage' | 'amount' | 'close date',
  complaints: Complaints,
): Settlement {
  if (policy === 'two-way') {
    if (conflict === undefined) {
      complaints.about(
        path,
        `A two-way ${what} needs "conflict": hubspot, salesforce, newest or ask (leave both alone and ask a person).`,
      );
    }
    const rule = conflict ?? 'ask';
    return {
      policy,
      conflict: rule,
      first: first ?? rule,
      ...(late !== undefined && rule === 'ask' ? { conflictDefault: late } : {}),
    };
  }
  if (policy === 'fill-blank' || policy === 'once' || policy === 'stricter') {
    if (conflict !== undefined)
      complaints.about(
        [...path, 'conflict'],
        `A ${policy} ${what} ${UNDISPUTED[policy]}, so nothing can conflict. Remove "conflict".`,
      );
    if (policy === 'once') return { policy, conflict: 'ask', first: first ?? 'keep' };
    if (first !== undefined)
      complaints.about(
        [...path, 'first'],
        `A ${policy} ${what} ${UNDISPUTED[policy]}, so "first" has nothing to settle. Remove it.`,
      );
    return { policy, conflict: 'ask', first: 'ask' };
  }
  for (const [key, value] of [
    ['conflict', conflict],
    ['first', first],
  ] as const) {
    if (value !== undefined && value !== policy) {
      complaints.about(
        [...path, key],
        `policy: ${policy} says that ${policy} always stands; "${key}: ${value}" contradicts it. Remove it, or write policy: two-way.`,
      );
    }
  }
  return { policy, conflict: policy, first: policy };
}

/** `conflict-default: { after: 16 business hours, to: salesforce }`. */
export function toConflictDefault(written: WrittenDefault | undefined): ConflictDefault | undefined {
  return written === undefined ? undefined : { after: toDuration(written.after), to: written.to };
}
