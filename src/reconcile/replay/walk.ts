import type { Explained } from '../../domain/agreement/evaluate.ts';
import { unknownIn } from '../../domain/agreement/evaluate.ts';
import { nextTurn } from '../../domain/agreement/passing-time.ts';
import { stageRank } from '../../domain/agreement/stage-order.ts';
import type { PersonPast } from '../../domain/people/past.ts';
import type { StageEntry } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { PlanContext } from '../context.ts';
import { judgeAhead, judgementOf } from '../judgement.ts';
import { currentOf } from '../stage-fold.ts';
import { isSaid, type Then, turnsOf } from './then.ts';

/** A stage that a person would have entered, or that somebody put them in; `explained`: of a criterion, what met it. */
export type Reached = Pick<StageEntry, 'stage' | 'at' | 'by' | 'pass'> & { readonly explained: Explained | null };

export type Walk = {
  /** Oldest first. */
  readonly reached: readonly Reached[];
  /** What the stages ahead lack at the end because it was never read: `action.download`, `hubspot.jobtitle`. */
  readonly unknown: readonly string[];
};

/**
 * Which stages a person would have entered under an agreement, and when: they are judged again at every instant at which anything about
 * them changed, and at those at which time alone may have moved them on.
 *
 * What a rule decided then is decided anew. What somebody said (a person, a workflow, a deal) stands as it was said, whatever the
 * agreement: it is a fact like any other.
 */
export function walk(past: PersonPast, then: Then, context: PlanContext, until: Instant): Walk {
  const { agreement } = context.policy;
  const said = past.facts.stages.filter(isSaid);
  const instants = turnsOf(past);
  const reached: Reached[] = [];
  let unknown: readonly string[] = [];
  let heard = 0;
  let turn: Instant | null = null;
  for (let nth = 0; nth < instants.length || turn !== null; ) {
    const next = instants[nth] ?? Number.POSITIVE_INFINITY;
    const at: Instant = turn !== null && turn < next ? turn : next;
    if (at >= until) break;
    if (at === next) nth += 1;
    for (; heard < said.length && said[heard]!.at <= at; heard++) hear(said[heard]!, reached);
    const view = then(at);
    const now = { ...context, now: at };
    const judgement = judgementOf(view, now);
    const judged = judgeAhead(judgement, agreement, rankOf(reached));
    const pass = passOf(reached);
    for (const { stage, explained } of judged)
      if (explained.truth === true) reached.push({ stage, at, by: 'rule', pass, explained });
    unknown = judged.flatMap(({ explained }) => (explained.truth === 'unknown' ? unknownIn(explained) : []));
    const rank = rankOf(reached);
    turn = nextTurn(agreement, (stage) => stageRank(stage) > rank, judgement.deedsOf, at);
  }
  return { reached, unknown: [...new Set(unknown)] };
}

/** A stage goes forward within a pass; the next pass begins where it says. */
function hear({ stage, at, by, pass }: StageEntry, reached: Reached[]): void {
  if (pass <= passOf(reached) && stageRank(stage) <= rankOf(reached)) return;
  reached.push({ stage, at, by, pass, explained: null });
}

function rankOf(reached: readonly Reached[]): number {
  return reached.length === 0 ? -1 : stageRank(currentOf(reached));
}

function passOf(reached: readonly Reached[]): number {
  return Math.max(1, ...reached.map(({ pass }) => pass));
}
