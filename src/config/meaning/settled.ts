import type { FieldMapping, FieldPolicy } from '../../domain/people/mapping.ts';
import type { Path } from '../files/yaml-file.ts';
import type { Complaints } from './complain.ts';

type Written = {
  readonly policy: FieldPolicy;
  readonly conflict?: FieldMapping['conflict'] | undefined;
  readonly first?: FieldMapping['first'] | undefined;
};

/** Who wins. What goes one way has one answer; what goes both ways must give one, because there is no safe default. */
export function settled(
  { policy, conflict, first }: Written,
  path: Path,
  what: 'field' | 'stage' | 'amount' | 'close date',
  complaints: Complaints,
): Pick<FieldMapping, 'policy' | 'conflict' | 'first'> {
  if (policy === 'two-way') {
    if (conflict === undefined) {
      complaints.about(
        path,
        `A two-way ${what} needs "conflict": hubspot, salesforce, newest or ask (leave both alone and ask a person).`,
      );
    }
    return { policy, conflict: conflict ?? 'ask', first: first ?? conflict ?? 'ask' };
  }
  if (policy === 'fill-blank') {
    if (conflict !== undefined)
      complaints.about(
        [...path, 'conflict'],
        `A fill-blank ${what} never overwrites, so nothing can conflict. Remove "conflict".`,
      );
    if (first !== undefined)
      complaints.about(
        [...path, 'first'],
        `A fill-blank ${what} never overwrites, so "first" has nothing to settle. Remove it.`,
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
