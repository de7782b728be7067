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

const BESIDE: readonly string[] = ['recycled', 'disqualified'];

/**
 * R10: within a pass a stage moves forward only; beside the funnel leads nothing but a reason, and a pass begins where sales ended the one
 * before.
 */
export function stages(people: readonly Known[]): readonly string[] {
  return people.flatMap(({ facts: { id, stages: entries } }) => {
    const isForward = [...Map.groupBy(entries, ({ pass }) => pass).values()].every((own) => {
      const ranks = own.filter(({ stage }) => !BESIDE.includes(stage)).map(({ stage }) => stageRank(stage));
      return ranks.every((rank, nth) => nth === 0 || rank > ranks[nth - 1]!);
    });
    const isGrounded = entries.every(({ stage, pass, at, evidence }) => {
      if (BESIDE.includes(stage)) return typeof evidence['reason'] === 'string' && evidence['reason'] !== '';
      return pass === 1 || entries.some((end) => end.pass === pass - 1 && BESIDE.includes(end.stage) && end.at <= at);
    });
    const told = entries.map(({ stage, pass }) => `${stage} ${pass}`).join(' → ');
    return isForward && isGrounded ? [] : [`R10: ${id} went ${told}`];
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
