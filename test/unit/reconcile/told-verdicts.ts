import type { EntityKind, Link, Sighting } from '../../../src/domain/people/record.ts';
import { type MatchVerdict, matchRecords } from '../../../src/reconcile/match.ts';

/** The verdicts on a neighbourhood, each in one line: `hubspot-1 new: 1 current email, a current email rivals b`. */
export function matched(kind: EntityKind, records: readonly Sighting[], links: readonly Link[] = []) {
  return matchRecords({ kind, records, links }).map(told);
}

function told(verdict: MatchVerdict): string {
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
