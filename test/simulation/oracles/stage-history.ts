import { STAGES, type Stage } from '../../../src/domain/agreement/agreement.ts';
import { stageRank } from '../../../src/domain/agreement/stage-order.ts';
import { versionsOf } from '../../../src/sandbox/hubspot/records/record.ts';
import type { World } from '../../support/deeds/hands.ts';

/** Law R10, by HubSpot's own history: nothing that Tasuki ever wrote moved a contact's stage back, but out of the funnel and in again. */
export function stageHistory({ portal }: Pick<World, 'portal'>): readonly string[] {
  const ours = portal.appSource().id;
  return [...portal.space('contacts').store.all()].flatMap((record) => {
    const shown = versionsOf(record, 'tasuki_stage').filter(({ source }) => source.id === ours);
    const ranks = shown.flatMap(({ value }) => (isStage(value) ? [stageRank(value)] : []));
    return ranks.every((rank, nth) => nth === 0 || rank < 0 || rank >= ranks[nth - 1]!)
      ? []
      : [`${record.id} was shown as ${shown.map(({ value }) => value).join(' → ')}`];
  });
}

function isStage(value: string): value is Stage {
  return (STAGES as readonly string[]).includes(value);
}
