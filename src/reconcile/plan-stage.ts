import type { Agreement, Stage } from '../domain/agreement/agreement.ts';
import { type Explained, isRange, unknownIn } from '../domain/agreement/evaluate.ts';
import { nextTurn } from '../domain/agreement/passing-time.ts';
import type { Score } from '../domain/agreement/score.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { EvidenceGrade } from '../domain/people/evidence-grade.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import { adoptedStage } from './adoption.ts';
import type { PersonView, PlanContext } from './context.ts';
import { isByWording, judgedNow } from './judged-anew.ts';
import { judgeAhead, judgementOf } from './judgement.ts';
import { lifecycleEvent } from './lifecycle-moves.ts';
import { lifecycleOf, pastStages } from './past-stages.ts';

export type StagePlan = {
  /** All entries, new ones included, oldest first. */
  readonly entries: readonly StageEntry[];
  readonly entered: readonly StageEntry[];
  readonly current: Stage;
  readonly pass: number;
  readonly score: Score;
  /** When time alone may move them on; `null` when only an event can. */
  readonly nextTurn: Instant | null;
  /** The entry from before the go-live line that they are taken in with; `null`: none. */
  readonly adopted: StageEntry | null;
  /** See `judgedNow`. */
  readonly judgedUnder: string | undefined;
  readonly open: readonly Finding[];
};

/**
 * Folds what is known into the stages a person has entered. The stage is derived: it has one writer, it is never merged, and it
 * only moves forward here (law R10); recycling is an event of its own. So is whoever moves HubSpot's lifecycle stage, each by the worth
 * of their word (`lifecycleEvent`).
 *
 * Somebody who was there before the go-live line takes their stage along as history, criteria met included: history starts no
 * clock and no hand-off, so that the first day is not a flood.
 */
export function planStage(view: PersonView, context: PlanContext): StagePlan {
  const { agreement } = context.policy;
  const judgement = judgementOf(view, context);
  const { score, deedsOf } = judgement;
  const known = view.facts.stages;
  const first = known.length === 0;
  const isHistory = context.now < context.goLive || (first && bornAt(view) < context.goLive);
  const pass = Math.max(1, ...known.map((entry) => entry.pass));
  const entries = [...known];
  const entered: StageEntry[] = [];
  const open: Finding[] = [];
  const enter = (
    stage: Stage,
    by: StageEntry['by'],
    at: Instant,
    evidence: StageEntry['evidence'],
    grade: EvidenceGrade = 'seen',
  ) => {
    // Our clock may be behind the CRM's, or have been set back: what comes after is never older than what it came after.
    const since = Math.max(at, ...entries.filter((known) => known.pass === pass).map((known) => known.at));
    const entry: StageEntry = { stage, at: since, by, agreementVersion: agreement.version, evidence, pass, grade };
    entries.push(entry);
    entered.push(entry);
  };

  // By now it is so; since when, nobody has watched.
  const foundThere = isHistory ? 'inferred' : 'seen';
  const lifecyclestage = lifecycleOf(view);
  // Only what lies before the go-live line is history: somebody new who arrives as an MQL is handed over like any other.
  for (const past of first ? pastStages(view, isHistory, bornAt(view)) : [])
    enter(past.stage, 'history', past.at, { lifecyclestage: past.lifecyclestage }, past.grade);
  const moved = lifecycleEvent(view);
  if (
    moved !== null &&
    !isOurEcho(lifecyclestage, entries, agreement) &&
    stageRank(moved.stage) > stageRank(currentOf(entries))
  ) {
    enter(moved.stage, isHistory ? 'history' : moved.by, context.now, moved.evidence, foundThere);
  }
  const ahead = judgeAhead(judgement, agreement, stageRank(currentOf(entries)));
  for (const { stage, explained } of ahead) {
    if (explained.truth === 'unknown') open.push(unknownFinding(stage, explained, score, agreement));
    if (explained.truth !== true) continue;
    const by = isHistory || isByWording(stage, view, context) ? 'history' : 'rule';
    enter(stage, by, context.now, evidenceOf(score, explained), foundThere);
  }
  const current = currentOf(entries);
  const isAhead = (stage: Stage) => stageRank(stage) > stageRank(current);
  const turn = nextTurn(agreement, isAhead, deedsOf, context.now);
  const adopted = adoptedStage(entries, view, context);
  const judgedUnder = judgedNow(ahead, score.unknown, view, context);
  return { entries, entered, current, pass, score, nextTurn: turn, adopted, judgedUnder, open };
}

type Standing = Pick<StageEntry, 'stage' | 'pass'>;

/** The stage a person stands in: the newest entry of the newest pass. */
export function currentOf(entries: readonly Standing[]): Stage {
  const last = entries.reduce<Standing | undefined>(
    (best, entry) => (best === undefined || entry.pass >= best.pass ? entry : best),
    undefined,
  );
  return last?.stage ?? 'lead';
}

/** Where two stages are shown as one (SAL as MQL, or as SQL), our own showing must not read as somebody's edit (law R6). */
function isOurEcho(lifecycle: string | null, entries: readonly StageEntry[], { shownAs }: Agreement): boolean {
  return entries.some(({ stage }) => shownAs.lifecyclestage[stage] === lifecycle);
}

function bornAt({ contact, record, facts }: PersonView): Instant {
  const births = [contact?.createdAt, record?.createdAt].filter((at) => at !== undefined);
  return births.length === 0 ? facts.createdAt : Math.min(...births);
}

/** The score, and how often they did what the condition counts. */
function evidenceOf(score: Score, explained: Explained): StageEntry['evidence'] {
  const { total = null, behaviour = null, attribute = null } = score;
  return { total, behaviour, attribute, ...countsIn(explained) };
}

function countsIn(explained: Explained): StageEntry['evidence'] {
  if (explained.kind !== 'test') return Object.assign({}, ...explained.parts.map(countsIn));
  const { subject, found } = explained;
  if (!/^(action|bant)\./u.test(subject)) return {};
  const count = isRange(found) ? found.least : found;
  return count === undefined ? {} : { [subject]: count };
}

/** A total that nobody can work out is told by what it lacks. */
function unknownFinding(stage: Stage, explained: Explained, score: Score, agreement: Agreement): Finding {
  const subjects = unknownIn(explained).flatMap((subject) => (subject.startsWith('score.') ? score.unknown : subject));
  const what = [...new Set(subjects)].join(', ');
  return {
    code: 'CRITERIA_UNKNOWN',
    subject: `agreement:${agreement.version}:${stage} ${what}`,
    detail: { stage, what },
  };
}
