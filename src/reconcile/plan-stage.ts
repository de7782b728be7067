import type { Agreement, Stage, StageRule } from '../domain/agreement/agreement.ts';
import { type Explained, isRange, unknownIn } from '../domain/agreement/evaluate.ts';
import { nextTurn } from '../domain/agreement/passing-time.ts';
import type { Score } from '../domain/agreement/score.ts';
import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { formatInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { silenceOf } from './accepted.ts';
import { adoptedStage } from './adoption.ts';
import { filledIn, wordOf } from './answers.ts';
import { fieldSubject, type PersonView, type PlanContext } from './context.ts';
import { isByWording, judgedNow } from './judged-anew.ts';
import { type Judgement, judgeAhead, judgementOf, type StageJudged } from './judgement.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { type LifecycleEvent, lifecycleEvent } from './lifecycle-moves.ts';
import { DEALS_THEN, dealsNow, endOfLastPass, hasNews } from './passes.ts';
import { lifecycleOf, pastStages } from './past-stages.ts';
import { hearSales, saidNow, takeBack } from './sales-said.ts';
import { bornAt, currentOf, type Fold, foldOf, passOf, standingOf } from './stage-fold.ts';

export type StagePlan = {
  /** All entries, new ones included, oldest first. */
  readonly entries: readonly StageEntry[];
  readonly entered: readonly StageEntry[];
  readonly current: Stage;
  readonly pass: number;
  readonly score: Score;
  /** When time alone may move them on; `null` when only an event can. */
  readonly nextTurn: Instant | null;
  /** What sales said in the pass before, in fields that have to be emptied before the next one begins. */
  readonly emptying: readonly string[];
  /** The entry from before the go-live line that they are taken in with; `null`: none. */
  readonly adopted: StageEntry | null;
  /** See `judgedNow`. */
  readonly judgedUnder: string | undefined;
  readonly open: readonly Finding[];
};

/**
 * Folds what is known into the stages a person has entered. The stage is derived: it has one writer, it is never merged, and it
 * moves forward only (law R10), unless sales says that it goes back, with a reason (`hearSales`). Whoever moves HubSpot's lifecycle stage is
 * an event of the fold, too, each by the worth of their word (`lifecycleEvent`).
 *
 * Somebody who was there before the go-live line takes their stage along as history, criteria met included: history starts no
 * clock and no hand-off, so that the first day is not a flood.
 */
export function planStage(view: PersonView, context: PlanContext): StagePlan {
  const { agreement } = context.policy;
  const fold = foldOf(view, context);
  if (fold.isFirst) enterFirst(fold, view);
  const word = wordOf(view, agreement);
  const before = judgementOf(view, context);
  const open = hearSales(word, fold, before.score, view);
  const hasEnded = fold.entered.some(({ stage }) => isBeside(stage));
  const standing = standingOf(fold.entries);
  const mayReturn = standing !== undefined && endsPass(standing.stage, agreement);
  let emptying: readonly string[] = [];
  if (mayReturn && !hasEnded && word.kind !== 'unclear') {
    const isHeldBack = word.kind === 'accepted' && isBeside(standing.stage);
    const end = standing.stage === 'customer' ? standing : endOfLastPass(fold.entries);
    if (end !== null && !isHeldBack) emptying = comeBack(end, fold, view, context);
    if (standingOf(fold.entries) === standing) takeBack(word, fold, view);
  }
  const judgement = fold.entered.length === 0 ? before : judgementOf(view, context, endOfLastPass(fold.entries));
  const ahead = isBeside(currentOf(fold.entries)) ? NOTHING_AHEAD : goForward(judgement, fold, view, context);
  const current = currentOf(fold.entries);
  const isAhead = (stage: Stage) => stageRank(stage) > stageRank(current);
  const { entries, entered } = fold;
  const score = hasEnded ? before.score : judgement.score;
  return {
    entries,
    entered,
    current,
    pass: passOf(entries),
    score,
    nextTurn: nextTurn(agreement, isAhead, judgement.deedsOf, context.now),
    emptying,
    adopted: adoptedStage(entries, view, context),
    judgedUnder: judgedNow(ahead.judged, score.unknown, view, context),
    open: [...open, ...ahead.open],
  };
}

/** Who recycled somebody leaves them to marketing; a customer may be won again where the agreement says so. Whoever is disqualified stays so. */
function endsPass(stage: Stage, { stages }: Agreement): boolean {
  if (stage === 'customer') return stages.some((rule) => rule.stage === stage && rule.secondPass === true);
  return isBeside(stage);
}

function enterFirst({ enter, isHistory }: Fold, view: PersonView): void {
  // Only what lies before the go-live line is history: somebody new who arrives as an MQL is handed over like any other.
  for (const { stage, at, grade, lifecyclestage } of pastStages(view, isHistory, bornAt(view)))
    enter({ stage, by: 'history', at, grade, evidence: { lifecyclestage } });
}

/**
 * The next pass of somebody who was recycled, or bought: it begins with what they did since, and with nothing else, or they would be back the
 * minute after. Sales is asked anew, so its old answer has to be gone first; returns what has to be emptied for that.
 */
function comeBack(end: StageEntry, fold: Fold, view: PersonView, context: PlanContext): readonly string[] {
  const { agreement } = context.policy;
  if (end.stage === 'disqualified') return [];
  const judgement = judgementOf(view, context, end);
  const isNews = hasNews(end, { judgement, agreement, view });
  const judged = isNews ? judgeAhead(judgement, agreement, stageRank('lead')) : [];
  const met = judged.filter(({ explained }) => explained.truth === true);
  const moved = lifecycleEvent(view);
  const isMoved =
    moved?.at !== undefined &&
    moved.at > end.at &&
    stageRank(moved.stage) >= stageRank('MQL') &&
    !isFlagged(moved, fold, agreement) &&
    end.stage !== 'customer';
  if (met.length === 0 && !isMoved) return [];
  const filled = filledIn(view);
  if (filled.length > 0) return filled;
  const pass = end.pass + 1;
  if (isMoved)
    fold.enter({ stage: moved.stage, by: fold.isHistory ? 'history' : moved.by, evidence: moved.evidence, pass });
  for (const one of met)
    if (!isMoved || stageRank(one.stage) > stageRank(moved.stage))
      enterMet(one, judgement, { fold, view, context, pass });
  return [];
}

/** The stages ahead as they were judged, and what a person has to look at. */
type Ahead = { readonly judged: readonly StageJudged[]; readonly open: readonly Finding[] };

const NOTHING_AHEAD: Ahead = { judged: [], open: [] };

function goForward(judgement: Judgement, fold: Fold, view: PersonView, context: PlanContext): Ahead {
  const { agreement } = context.policy;
  const { entries, isHistory } = fold;
  const moved = moveOf(fold, view, agreement);
  const isFurther = moved !== null && stageRank(moved.stage) > stageRank(currentOf(entries));
  const open: Finding[] = [];
  if (isFurther && isFlagged(moved, fold, agreement)) open.push(flagged(moved, entries, view));
  else if (isFurther)
    fold.enter({ stage: moved.stage, by: isHistory ? 'history' : moved.by, evidence: moved.evidence });
  const judged = judgeAhead(judgement, agreement, stageRank(currentOf(entries)));
  for (const one of judged) {
    const { stage, explained } = one;
    if (explained.truth === 'unknown') open.push(unknownFinding(stage, explained, judgement.score, agreement));
    if (explained.truth === true) enterMet(one, judgement, { fold, view, context, pass: passOf(entries) });
  }
  return { judged, open };
}

/** The move of the lifecycle stage that says something of this pass: what was shown or set in an earlier one does not. */
function moveOf({ entries }: Fold, view: PersonView, agreement: Agreement): LifecycleEvent | null {
  const moved = lifecycleEvent(view);
  if (moved === null || isOurEcho(lifecycleOf(view), entries, agreement)) return null;
  const end = endOfLastPass(entries);
  return end === null || (moved.at !== undefined && moved.at > end.at) ? moved : null;
}

/** The agreement leaves stages to its criteria (`manual-edits: flag`): a person's word in HubSpot is told, and moves nobody. */
function isFlagged({ by }: LifecycleEvent, { isHistory }: Fold, { manualEdits }: Agreement): boolean {
  return by === 'manual' && manualEdits === 'flag' && !isHistory;
}

function flagged({ stage, evidence }: LifecycleEvent, entries: readonly StageEntry[], view: PersonView): Finding {
  const subject = view.contact === null ? view.facts.id : fieldSubject(view.contact.record, LIFECYCLE);
  const detail = { found: evidence['lifecyclestage'] ?? null, meant: stage, stage: currentOf(entries) };
  return { code: 'STAGE_MOVE_FLAGGED', subject, entity: view.facts.id, detail };
}

type Entering = {
  readonly fold: Fold;
  readonly view: PersonView;
  readonly context: PlanContext;
  readonly pass: number;
};

function enterMet({ stage, explained }: StageJudged, { score }: Judgement, entering: Entering): void {
  const { fold, view, context, pass } = entering;
  const { enter, isHistory } = fold;
  if (!asksForAnswer(explained)) {
    const rule = context.policy.agreement.stages.find((one) => one.stage === stage);
    const evidence = { ...evidenceOf(score, explained), ...dealsKept(rule, view) };
    const isPast = isHistory || isByWording(stage, view, context);
    enter({ stage, by: isPast ? 'history' : 'rule', evidence, pass });
    return;
  }
  const silence = silenceOf(view, context);
  const said = { ...saidNow(score, view), ...countsIn(explained), answer: 'accepted' };
  if (silence === null) enter({ stage, by: isHistory ? 'history' : 'answer', evidence: said, pass });
  else
    enter({
      stage,
      by: isHistory ? 'history' : 'silence',
      evidence: { ...said, deadline: silence.kind, dueAt: formatInstant(silence.dueAt) },
      pass,
    });
}

/** What a customer's next pass is told by. */
function dealsKept(rule: StageRule | undefined, { facts }: PersonView): StageEntry['evidence'] {
  return rule?.secondPass === true ? { [DEALS_THEN]: dealsNow(facts.deals) } : {};
}

function asksForAnswer(explained: Explained): boolean {
  return explained.kind === 'test' ? explained.subject.startsWith('answer.') : explained.parts.some(asksForAnswer);
}

/** Where two stages are shown as one (SAL as MQL, or as SQL), our own showing must not read as somebody's edit (law R6). */
function isOurEcho(lifecycle: string | null, entries: readonly StageEntry[], { shownAs }: Agreement): boolean {
  return entries.some(({ stage }) => shownAs.lifecyclestage[stage] === lifecycle);
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
