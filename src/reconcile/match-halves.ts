import { type Link, recordName, type Sighting } from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { holdersOf, theOne } from './match-groups.ts';
import { type Candidates, isCandidate, on, seat } from './match-seats.ts';

/**
 * People of whom only one system knows, and who say the same of themselves as somebody of whom only the other knows: they stood apart
 * because one of them bore another address when it came, and are one person from now on. No link flips by that, for neither had a
 * partner to be parted from. Of several on one side the rule chooses one; without it, beside somebody whom both systems know, and
 * beside a record that is nobody's, they are left apart.
 */
export function uniteHalves(
  grouped: (halves: readonly Sighting[]) => readonly (readonly Sighting[])[],
  { records, links, ending, choose, said }: Pick<Candidates, 'records' | 'links' | 'ending' | 'choose' | 'said'>,
): readonly MatchVerdict[] {
  const seated = Map.groupBy(
    links.filter(({ role }) => role === 'current'),
    ({ entity }) => entity,
  );
  const doubted = new Set(said.flatMap((verdict) => (verdict.kind === 'doubted' ? verdict.records : [])));
  const current = new Map([...seated.values()].flat().map((link) => [recordName(link.record), link]));
  const linkOf = ({ record }: Sighting) => current.get(recordName(record));
  const isHalf = (link: Link | undefined) =>
    link !== undefined && seated.get(link.entity)?.length === 1 && !ending.has(seat(link.entity, link.record.system));
  const somebodys = new Set(links.filter(({ role }) => role !== 'current').map(({ record }) => recordName(record)));
  const standing = records.filter((sighting) => isCandidate(sighting) && !somebodys.has(recordName(sighting.record)));
  if (standing.filter((sighting) => isHalf(linkOf(sighting))).length < 2) return [];
  return grouped(standing).flatMap((group): readonly MatchVerdict[] => {
    if (!group.every((sighting) => isHalf(linkOf(sighting)) && !doubted.has(sighting))) return [];
    const [marketing, sales] = [theOne(on('hubspot', group), choose), theOne(on('salesforce', group), choose)];
    if (!marketing || !sales) return [];
    const [into] = holdersOf([marketing], links);
    const [entity] = holdersOf([sales], links);
    return [{ kind: 'united', entity: entity!, into: into!, record: marketing.record, evidence: 'email' }];
  });
}
