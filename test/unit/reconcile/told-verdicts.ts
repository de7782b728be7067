import type { MatchingRule } from '../../../src/domain/people/mapping.ts';
import type { EntityKind, Link, Sighting } from '../../../src/domain/people/record.ts';
import { type MatchVerdict, matchRecords } from '../../../src/reconcile/match.ts';
import type { Standings } from '../../../src/reconcile/match-choice.ts';

/** The verdicts on a neighbourhood, each in one line: `hubspot-1 new: 1 current email, a current email rivals b`. */
export function matched(
  kind: EntityKind,
  records: readonly Sighting[],
  links: readonly Link[] = [],
  { standings = new Map(), ...matching }: Partial<MatchingRule> & { readonly standings?: Standings } = {},
) {
  return matchRecords({ kind, records, links, standings }, { ...LEFT_ALONE, ...matching }).map(told);
}

/** No shared mailbox, and of several on one side none is chosen. */
export const LEFT_ALONE: MatchingRule = { sharedMailboxes: [], several: 'leave' };

function told(verdict: MatchVerdict): string {
  if (verdict.kind === 'doubted') return `doubted ${verdict.because}: ${ids(verdict.records)}`;
  if (verdict.kind === 'united') return `${verdict.entity} is ${verdict.into} by ${verdict.evidence}`;
  if (verdict.kind === 'held') {
    const against =
      verdict.against === undefined || verdict.against.length === 0 ? '' : ` against ${ids(verdict.against)}`;
    return `held ${verdict.because}: ${ids(verdict.records)}${against}`;
  }
  const links = verdict.links.map(({ record, role, evidence }) => `${record.id} ${role} ${evidence}`).sort();
  const rivals = verdict.rivals.length === 0 ? '' : ` rivals ${ids(verdict.rivals)}`;
  return `${verdict.entity}${verdict.isNew ? ' new' : ''}: ${links.join(', ')}${rivals}`;
}

function ids(records: readonly Sighting[]): string {
  return records
    .map(({ record }) => record.id)
    .sort()
    .join(' ');
}
