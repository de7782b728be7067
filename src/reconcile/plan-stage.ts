import type { Agreement, Stage } from '../domain/agreement/agreement.ts';
import type { Lookup } from '../domain/agreement/condition.ts';
import { evaluate } from '../domain/agreement/evaluate.ts';
import { type Score, scoreOf } from '../domain/agreement/score.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { parseInstant } from '../domain/values/instant.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { dealState } from './deal-state.ts';
import { LIFECYCLE, stageMeantBy } from './lifecycle.ts';
import { lifecycleEvent } from './lifecycle-moves.ts';
import { carry } from './translate.ts';

export type StagePlan = {
  /** All entries, new ones included, oldest first. */
  readonly entries: readonly StageEntry[];
  readonly entered: readonly StageEntry[];
  readonly current: Stage;
  readonly pass: number;
  readonly score: Score;
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
  const lookup = lookupOf(view, context);
  const score = scoreOf(agreement.score, lookup.field);
  const known = view.facts.stages;
  const first = known.length === 0;
  const isHistory = context.now < context.goLive || (first && bornAt(view) < context.goLive);
  const pass = Math.max(1, ...known.map((entry) => entry.pass));
  const entries = [...known];
  const entered: StageEntry[] = [];
  const open: Finding[] = [];
  const enter = (stage: Stage, by: StageEntry['by'], at: Instant, evidence: StageEntry['evidence']) => {
    // Our clock may be behind the CRM's, or have been set back: what comes after is never older than what it came after.
    const since = Math.max(at, ...entries.filter((known) => known.pass === pass).map((known) => known.at));
    const entry: StageEntry = { stage, at: since, by, agreementVersion: agreement.version, evidence, pass };
    entries.push(entry);
    entered.push(entry);
  };

  const lifecyclestage = lifecycleOf(view);
  if (first) {
    const shown = stageMeantBy(lifecyclestage);
    // Only what lies before the go-live line is history: somebody new who arrives as an MQL is handed over like any other.
    const start = shown !== null && (isHistory || stageRank(shown) < stageRank('lead')) ? shown : 'lead';
    enter(start, 'history', (start === shown ? enteredAt(view) : null) ?? bornAt(view), { lifecyclestage });
  }
  const moved = lifecycleEvent(view);
  if (
    moved !== null &&
    !isOurEcho(lifecyclestage, entries, agreement) &&
    stageRank(moved.stage) > stageRank(currentOf(entries))
  ) {
    enter(moved.stage, isHistory ? 'history' : moved.by, context.now, moved.evidence);
  }
  for (const rule of agreement.stages) {
    if (rule.when === undefined || stageRank(rule.stage) <= stageRank(currentOf(entries))) continue;
    const truth = evaluate(rule.when, lookup.all(score));
    if (truth === 'unknown') open.push(unknownFinding(rule.stage, score, agreement));
    if (truth === true) enter(rule.stage, isHistory ? 'history' : 'rule', context.now, evidenceOf(score));
  }
  return { entries, entered, current: currentOf(entries), pass, score, open };
}

/** The stage a person stands in: the newest entry of the newest pass. */
function currentOf(entries: readonly StageEntry[]): Stage {
  const last = entries.reduce<StageEntry | undefined>(
    (best, entry) => (best === undefined || entry.pass >= best.pass ? entry : best),
    undefined,
  );
  return last?.stage ?? 'lead';
}

function lookupOf(view: PersonView, context: PlanContext) {
  const field: Lookup = (subject) => {
    if ('deal' in subject) return view.facts.deals.some((deal) => dealState(deal) === subject.deal);
    if (!('field' in subject)) return undefined;
    const [system, name] = splitOnce(subject.field);
    if (system === 'company') return companyValue(view, name, context);
    const sighting = system === 'hubspot' ? view.contact : view.record;
    if (sighting === null) return null; // no record there: the field is empty, not unknown
    return sighting.values[name];
  };
  const all =
    (score: Score): Lookup =>
    (subject) =>
      'score' in subject ? score[subject.score] : field(subject);
  return { field, all };
}

/** A field of the person's company, by its name in company.yaml, in HubSpot's words: HubSpot's value, else Salesforce's. Nobody's company has none. */
function companyValue({ facts }: PersonView, name: string, { policy }: PlanContext): Value | undefined {
  const { company } = facts;
  if (company === null) return null;
  const mapping = policy.company.fields.find((field) => field.name === name);
  const inHubSpot = company.hubspot?.values[mapping?.hubspot ?? name];
  if (inHubSpot !== undefined && inHubSpot !== null) return inHubSpot;
  const inSalesforce = company.salesforce?.values[mapping?.salesforce.Account ?? ''];
  if (mapping === undefined || inSalesforce === undefined || inSalesforce === null) return inSalesforce ?? inHubSpot;
  return carry(inSalesforce, 'salesforce', mapping, policy.calendar).value;
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

function lifecycleOf({ contact }: PersonView): string | null {
  const value = contact?.values[LIFECYCLE];
  return typeof value === 'string' ? value : null;
}

/** Where two stages are shown as one (SAL as MQL, or as SQL), our own showing must not read as somebody's edit (law R6). */
function isOurEcho(lifecycle: string | null, entries: readonly StageEntry[], { shownAs }: Agreement): boolean {
  return entries.some(({ stage }) => shownAs.lifecyclestage[stage] === lifecycle);
}

function enteredAt(view: PersonView): Instant | null {
  const stamp = view.contact?.values[`hs_v2_date_entered_${lifecycleOf(view)}`];
  return typeof stamp === 'string' ? parseInstant(stamp) : null;
}

function bornAt({ contact, record, facts }: PersonView): Instant {
  const births = [contact?.createdAt, record?.createdAt].filter((at) => at !== undefined);
  return births.length === 0 ? facts.createdAt : Math.min(...births);
}

function evidenceOf(score: Score): StageEntry['evidence'] {
  return { total: score.total ?? null, behaviour: score.behaviour ?? null, attribute: score.attribute ?? null };
}

function unknownFinding(stage: Stage, score: Score, agreement: Agreement): Finding {
  const what = score.unknown.join(', ');
  return {
    code: 'CRITERIA_UNKNOWN',
    subject: `agreement:${agreement.version}:${stage} ${what}`,
    detail: { stage, what },
  };
}
