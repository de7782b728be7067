import { STAGES, type Stage } from './agreement.ts';

/** The stages that stand beside the funnel, not in it: nobody gets there by moving forward. */
const BESIDE: ReadonlySet<Stage> = new Set(['recycled', 'disqualified']);

/** The stages that one follows the other in, the first first. */
export const FUNNEL: readonly Stage[] = STAGES.filter((stage) => !BESIDE.has(stage));

/** Beside the funnel: sent back to marketing, or out of the question. */
export function isBeside(stage: Stage): stage is Beside {
  return BESIDE.has(stage);
}
export type Beside = 'recycled' | 'disqualified';

/** How far along the funnel a stage is, from 0; −1 for the two beside it. */
export function stageRank(stage: Stage): number {
  return BESIDE.has(stage) ? -1 : STAGES.indexOf(stage);
}

/** The furthest of these stages; `null` when none is in the funnel. What is shown elsewhere only moves forward, so this is what may be shown. */
export function forwardOf(...stages: readonly (Stage | null | undefined)[]): Stage | null {
  const inFunnel = stages
    .filter((stage) => stage !== null && stage !== undefined)
    .filter((stage) => !BESIDE.has(stage));
  return inFunnel.reduce<Stage | null>(
    (furthest, stage) => (furthest === null || stageRank(stage) > stageRank(furthest) ? stage : furthest),
    null,
  );
}

/** Is this word a stage? */
export function isStage(word: unknown): word is Stage {
  return (STAGES as readonly unknown[]).includes(word);
}
