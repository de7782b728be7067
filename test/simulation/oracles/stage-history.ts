import { STAGES, type Stage } from '../../../src/domain/agreement/agreement.ts';
import { stageRank } from '../../../src/domain/agreement/stage-order.ts';
import { versionsOf } from '../../../src/sandbox/hubspot/records/record.ts';
import type { World } from '../../support/deeds/hands.ts';
import type { Known } from '../../support/laws/scene.ts';

/** Law R10, by HubSpot's own history: nothing that Tasuki ever wrote moved a contact's stage back, but out of the funnel and in again. */
export function stageHistory({ portal }: Pick<World, 'portal'>, people: readonly Known[]): readonly string[] {
  const left = leftTheFunnel(people);
  const ours = portal.appSource().id;
  return [...portal.space('contacts').store.all()].flatMap((record) => {
    const shown = versionsOf(record, 'tasuki_stage').filter(({ source }) => source.id === ours);
    const ranks = shown.flatMap(({ value }) => (isStage(value) ? [stageRank(value)] : []));
    // That somebody was recycled may have been overtaken by their next pass before it was shown.
    return left.has(record.id) || ranks.every((rank, nth) => nth === 0 || rank < 0 || rank >= ranks[nth - 1]!)
      ? []
      : [`${record.id} was shown as ${shown.map(({ value }) => value).join(' → ')}`];
  });
}

function isStage(value: string): value is Stage {
  return (STAGES as readonly string[]).includes(value);
}

/** The records of whoever sales gave back at some time: the ledger's own history of them is judged by another law. */
function leftTheFunnel(people: readonly Known[]): ReadonlySet<string> {
  const given = people.filter(({ facts }) => facts.stages.some(({ stage }) => stageRank(stage) < 0));
  return new Set(given.flatMap(({ facts }) => facts.links.map(({ record }) => record.id)));
}
