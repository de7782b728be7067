import { stageRank } from '../../../src/domain/agreement/stage-order.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { versionsOf } from '../../../src/sandbox/hubspot/records/record.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Known } from '../../support/laws/scene.ts';

const DAY_MS = 86_400_000;

/** By the edit of the agreement that stands: does somebody who looked at the prices so many days ago have to be an MQL by now? */
const OWED: Readonly<Record<string, (days: readonly number[]) => boolean>> = {
  'views-count': (days) => days.filter((ago) => ago < 30).length >= 2,
  // Three fresh views give 90 points, and nobody's attributes take any off.
  'views-score': (days) => days.filter((ago) => ago < 20).length >= 3,
  'views-are-over': (days) => days.length > 0 && days.every((ago) => ago > 1),
};

/** Whoever meets the criteria by what HubSpot's own records say they did has been moved on, by an event or by waiting. */
export function movedOnByDeeds(
  people: readonly Known[],
  { portal }: Pick<World, 'portal'>,
  edits: readonly string[],
  now: Instant,
): readonly string[] {
  const isOwed = edits.map((name) => OWED[name]).find((rule) => rule !== undefined);
  if (isOwed === undefined) return [];
  const records = new Map([...portal.space('contacts').store.all()].map((record) => [record.id, record]));
  return people.flatMap(({ facts }) => {
    const seat = facts.links.find(({ role, record }) => role === 'current' && record.system === 'hubspot');
    const record = seat === undefined ? undefined : records.get(seat.record.id);
    if (record === undefined || record.snapshot.archivedAt !== undefined) return [];
    const seen = versionsOf(record, 'hs_analytics_last_url').filter(({ value }) => value.includes('.jp/pricing/'));
    const end = facts.stages.findLast(({ stage: left }) => left === 'recycled' || left === 'disqualified');
    if (end?.stage === 'disqualified') return [];
    const counted = seen.filter((one) => end === undefined || one.at > end.at);
    const days = counted.map(({ at }) => (now - at) / DAY_MS).filter((ago) => ago >= 0);
    const stage = facts.stages.at(-1)?.stage ?? 'lead';
    return isOwed(days) && stageRank(stage) < stageRank('MQL')
      ? [
          `${facts.id} stands at ${stage}, and looked at the prices ${days.map((ago) => ago.toFixed(1)).join(', ')} days ago`,
        ]
      : [];
  });
}
