import type { Agreement, Bant, BantField, Stage } from '../domain/agreement/agreement.ts';
import { behaviourScore } from '../domain/agreement/behaviour.ts';
import type { Lookup, Range, Truth } from '../domain/agreement/condition.ts';
import { countOf, type DeedsOf, deedsOf } from '../domain/agreement/deeds.ts';
import { type Explained, explain } from '../domain/agreement/evaluate.ts';
import { bantPaths } from '../domain/agreement/fields-in.ts';
import { type Score, scoreOf } from '../domain/agreement/score.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import { LAST_PAGE } from '../domain/clocks/page-views.ts';
import type { StageEntry } from '../domain/people/person.ts';
import { searchable } from '../domain/values/reading.ts';
import type { Value } from '../domain/values/value.ts';
import { isAccepted } from './accepted.ts';
import type { PersonView, PlanContext } from './context.ts';
import { dealState } from './deal-state.ts';
import { mappedValue } from './mapped-value.ts';
import { dealsSince, endOfLastPass } from './passes.ts';

/** How a person stands by the agreement now: their score, what they did, and the answers to whatever its conditions ask. */
export type Judgement = { readonly score: Score; readonly deedsOf: DeedsOf; readonly lookup: Lookup };

/**
 * `end`: what ended the pass before the one they are judged for. What they did until then counts no more, nor do deals that stood then as
 * they do now; what they are still does.
 */
export function judgementOf(
  view: PersonView,
  context: PlanContext,
  end: StageEntry | null = endOfLastPass(view.facts.stages),
): Judgement {
  const { actions = [], score: rules, bant } = context.policy.agreement;
  const { now } = context;
  const { activities: all, deals: known } = view.facts;
  const activities = end === null ? all : all.filter(({ at }) => at > end.at);
  const deals = dealsSince(end, known);
  const did = deedsOf(actions, { activities, hidden: hiddenOf(view, context), now });
  const field = (path: string) => fieldValue(path, view, context);
  const alone: Lookup = (subject) => {
    if ('deal' in subject) return deals.some((deal) => dealState(deal) === subject.deal);
    if ('answer' in subject) return isAccepted(view, context);
    if ('field' in subject) return field(subject.field);
    if ('action' in subject) return countOf(did(subject.action), subject.within, now);
    return 'bant' in subject && bant !== undefined ? confirmedOf(bant, field) : undefined;
  };
  const score = scoreOf(rules, alone, (own) => behaviourScore(own, did, now));
  return { score, deedsOf: did, lookup: (subject) => ('score' in subject ? score[subject.score] : alone(subject)) };
}

/** The condition of each stage that the person is not in yet, part by part. */
export function conditionsOf(
  { lookup }: Judgement,
  isAhead: (stage: Stage) => boolean,
  { policy }: Pick<PlanContext, 'policy'>,
): readonly { readonly stage: Stage; readonly explained: Explained }[] {
  return policy.agreement.stages.flatMap(({ stage, when }) =>
    when === undefined || !isAhead(stage) ? [] : [{ stage, explained: explain(when, lookup) }],
  );
}

/** The condition of a stage, part by part. */
export type StageJudged = { readonly stage: Stage; readonly explained: Explained };

/** The stages that lie ahead of this rank, each judged in the order of the funnel; one that is met moves the person past those before it. */
export function judgeAhead(
  { lookup }: Pick<Judgement, 'lookup'>,
  { stages }: Agreement,
  rank: number,
): readonly StageJudged[] {
  const judged: StageJudged[] = [];
  let reached = rank;
  for (const { stage, when } of stages) {
    if (when === undefined || stageRank(stage) <= reached) continue;
    const explained = explain(when, lookup);
    judged.push({ stage, explained });
    if (explained.truth === true) reached = stageRank(stage);
  }
  return judged;
}

const NONE: ReadonlySet<string> = new Set();
const PAGES = 'hubspot:page-views';

/** The streams that cannot be read of this person: those of everybody, and pages where the portal does not tell them. */
function hiddenOf({ contact }: PersonView, { hidden = NONE }: PlanContext): ReadonlySet<string> {
  const tellsPages = contact === null || contact.values[LAST_PAGE] !== undefined;
  return tellsPages ? hidden : new Set([...hidden, PAGES]);
}

/** The paths of a policy's rules, in their two parts: they are few, and are looked up for every person. */
const PATHS = new Map<string, readonly [string, string]>();

function splitOnce(path: string): readonly [string, string] {
  const known = PATHS.get(path);
  if (known !== undefined) return known;
  const dot = path.indexOf('.');
  const parts = [path.slice(0, dot), path.slice(dot + 1)] as const;
  PATHS.set(path, parts);
  return parts;
}

/** What a field of the agreement holds; `undefined` where it was never read. No record there: the field is empty, not unknown. */
export function fieldValue(path: string, view: PersonView, { policy }: PlanContext): Value | undefined {
  const [of, name] = splitOnce(path);
  const { contact, record, facts } = view;
  if (of === 'company') return mappedValue(name, policy.company.fields, facts.company, policy);
  if (of === 'person') return mappedValue(name, policy.person.fields, { hubspot: contact, salesforce: record }, policy);
  const sighting = of === 'hubspot' ? contact : record;
  return sighting === null ? null : sighting.values[name];
}

/** How many of the four BANT items are confirmed: one that was never read may be. */
function confirmedOf(bant: Bant, field: (path: string) => Value | undefined): Range {
  const items = Object.values(bant).map((item) => isConfirmed(item, field));
  const least = items.filter((truth) => truth === true).length;
  return { least, most: least + items.filter((truth) => truth === 'unknown').length };
}

/** By either system, where both are named. */
function isConfirmed(item: BantField, field: (path: string) => Value | undefined): Truth {
  const values = pathsOf(item).map(field);
  if (values.some((value) => value !== undefined && confirms(value, item.confirmed))) return true;
  return values.includes(undefined) ? 'unknown' : false;
}

/** By item: rules stay as they are, and are looked up for everybody. */
const ITEM_PATHS = new WeakMap<BantField, readonly string[]>();

function pathsOf(item: BantField): readonly string[] {
  const known = ITEM_PATHS.get(item) ?? bantPaths(item);
  ITEM_PATHS.set(item, known);
  return known;
}

/** A yes, or any text but an empty one; where the agreement names the values that confirm, one of those. */
function confirms(value: Value, named: BantField['confirmed']): boolean {
  const text = searchable(value);
  if (named !== undefined) return named.some((one) => searchable(one) === text);
  return text !== '' && text !== 'false';
}
