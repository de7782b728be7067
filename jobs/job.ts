import type { JobName, Lane } from '../src/ports/bell.ts';
import type { Works } from '../src/steps/works.ts';

type LaneOf<Name extends JobName> = Extract<Lane, { readonly job: Name }>;

/** One job: its name, one sentence for people, and a body of a few lines that may die anywhere and run twice. */
export type Job<Name extends JobName = JobName> = {
  readonly name: Name;
  readonly summary: string;
  run(lane: LaneOf<Name>, works: Works): Promise<void>;
};

export function defineJob<Name extends JobName>(job: Job<Name>): Job<Name> {
  return job;
}
