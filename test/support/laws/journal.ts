import { stageRank } from '../../../src/domain/agreement/stage-order.ts';
import { reasonText } from '../../../src/domain/texts/reasons.ts';
import type { Known } from './scene.ts';

/** Nothing is left half done. */
export function ledgerAtRest(people: readonly Known[]): readonly string[] {
  const restless = ['planned', 'approved', 'sending', 'unsure', 'parked'];
  return people.flatMap(({ changes }) =>
    changes.filter(({ state }) => restless.includes(state)).map(({ id, state }) => `change ${id} is left ${state}`),
  );
}

/** R10: a stage moves forward only. */
export function stages(people: readonly Known[]): readonly string[] {
  return people.flatMap(({ facts }) => {
    const ranks = facts.stages.map(({ stage }) => stageRank(stage));
    return ranks.every((rank, nth) => nth === 0 || rank > ranks[nth - 1]!)
      ? []
      : [`R10: ${facts.id} went ${facts.stages.map(({ stage }) => stage).join(' → ')}`];
  });
}

/** R2: every write can be explained in both languages. */
export function reasons(people: readonly Known[]): readonly string[] {
  return people.flatMap(({ changes }) =>
    changes.flatMap(({ id, steps }) =>
      steps.flat().flatMap(({ field, reason }) => {
        const texts = [reasonText(reason, 'ja'), reasonText(reason, 'en')];
        return texts.every((text) => text.length > 3 && !/undefined|null|NaN/u.test(text))
          ? []
          : [`R2: ${id} ${field}: ${texts.join(' / ')}`];
      }),
    ),
  );
}
