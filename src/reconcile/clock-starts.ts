import type { DeadlineRule, Stage } from '../domain/agreement/agreement.ts';
import type { Clock, StageEntry } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import { isPast } from './adoption.ts';
import type { PersonView, PlanContext } from './context.ts';
import { dealsAwaitingConversion } from './deal-waiting.ts';
import type { StagePlan } from './plan-stage.ts';

/**
 * What starts an obligation: where it is known under this id already, its own start stands. What has once started is looked at to its end,
 * also where nothing would start it today: a promise that came along when two people became one, or whose hand-off counts as history since.
 */
export type Start = { readonly id: string; readonly at: Instant; readonly pass: number };

/** `judged`: the clocks of the deadlines before this one, as they stand after this pass. */
export function startsOf(
  rule: DeadlineRule,
  stages: StagePlan,
  judged: readonly Clock[],
  view: PersonView,
  context: PlanContext,
): readonly Start[] {
  const known = view.facts.clocks.filter(({ kind }) => kind === rule.name).map(startOf);
  const begun = beginningsOf(rule, stages, judged, view, context);
  return [...known, ...begun.filter(({ id }) => known.every((clock) => clock.id !== id))];
}

/** The start of a clock that is known. */
export function startOf({ id, startedAt, pass }: Clock): Start {
  return { id, at: startedAt, pass };
}

function beginningsOf(
  { name, starts }: DeadlineRule,
  stages: StagePlan,
  judged: readonly Clock[],
  view: PersonView,
  context: PlanContext,
): readonly Start[] {
  const idOf = (what: string | number) => `${view.facts.id}:${name}:${what}`;
  if ('handedOff' in starts) {
    const handOffs = handOffsOf(starts.handedOff, stages, context);
    return handOffs.map(({ handedOffAt, pass }) => ({ id: idOf(pass), at: handedOffAt!, pass }));
  }
  if ('criteriaMet' in starts) {
    const met = entriesOf(starts.criteriaMet, stages, view, context).filter(({ by }) => by === 'rule');
    return met.map(({ at, pass }) => ({ id: idOf(pass), at, pass }));
  }
  if ('entered' in starts) {
    // Nobody owes anything to somebody whom they cannot see in Salesforce, so it starts no sooner than the record there.
    const { record } = view;
    if (record === null) return [];
    const entries = entriesOf(starts.entered, stages, view, context);
    return entries.map(({ at, pass }) => ({ id: idOf(pass), at: Math.max(at, record.createdAt), pass }));
  }
  if ('met' in starts) return followersOf(name, starts.met, judged, view, context);
  // Whoever has to act learns of it from us, so the clock starts when we do.
  const waiting = dealsAwaitingConversion(view, context);
  return waiting.map((deal) => ({ id: idOf(deal), at: context.now, pass: stages.pass }));
}

/** The hand-offs that start this deadline: confirmed in Salesforce, and not history. */
function handOffsOf(team: string, stages: StagePlan, { policy }: PlanContext): readonly StageEntry[] {
  const isTo = (stage: Stage) =>
    policy.agreement.stages.some((rule) => rule.stage === stage && rule.handOff?.to === team);
  const handedOver = stages.entries.filter(
    (entry) => !isPast(entry, stages) && entry.handedOffAt !== undefined && isTo(entry.stage),
  );
  // A team that receives the person at two stages of one pass owes one first contact, not two.
  return firstOfEachPass(handedOver);
}

/**
 * The entries of a stage that start this deadline: under the agreement that is in force, since an agreement promises nothing about what was
 * before it; since the person came back into scope, where they had gone out; not history.
 */
function entriesOf(
  stage: Stage,
  stages: StagePlan,
  { facts }: PersonView,
  { policy, goLive, now }: PlanContext,
): readonly StageEntry[] {
  const since = facts.scope?.at ?? 0;
  // Whoever is taken in is owed something from the go-live line on, and nothing before it is drawn.
  const isLineDrawn = goLive <= now;
  const beganAt = (entry: StageEntry) => (entry === stages.adopted ? goLive : entry.at);
  const counts = stages.entries.filter(
    (entry) =>
      entry.stage === stage &&
      !isPast(entry, stages) &&
      (entry !== stages.adopted || isLineDrawn) &&
      entry.agreementVersion === policy.agreement.version &&
      beganAt(entry) >= since,
  );
  return firstOfEachPass(counts).map((entry) => ({ ...entry, at: beganAt(entry) }));
}

function firstOfEachPass(entries: readonly StageEntry[]): readonly StageEntry[] {
  return entries.filter(({ pass }, nth) => entries.findIndex((entry) => entry.pass === pass) === nth);
}

/**
 * One for each clock of the deadline before that was met, in time or late; by the agreement in force, or just now. Where two people have
 * become one, both may have been promised the same: it is owed once, by the name under which it runs, else by the one who remained.
 */
function followersOf(
  name: string,
  before: string,
  judged: readonly Clock[],
  { facts }: PersonView,
  { policy }: PlanContext,
): readonly Start[] {
  const begun = new Set(facts.clocks.filter(({ kind }) => kind === name).map(({ id }) => passIn(id, name)));
  const isOwn = ({ id }: Start) => id.startsWith(`${facts.id}:`);
  return judged
    .flatMap((clock) => {
      const { kind, id, metAt, pass, agreementVersion } = clock;
      if (kind !== before || metAt === undefined) return [];
      const isNews = facts.clocks.find((known) => known.id === id)?.metAt === undefined;
      if (!isNews && agreementVersion !== policy.agreement.version) return [];
      return [{ id: id.replace(`:${kind}:`, () => `:${name}:`), at: metAt, pass }];
    })
    .toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)) || one.at - other.at)
    .filter(({ id }) => {
      const isNew = !begun.has(passIn(id, name));
      begun.add(passIn(id, name));
      return isNew;
    });
}

/** What an obligation is for, without whose it was: the pass, or the deal. */
function passIn(id: string, kind: string): string {
  return id.slice(id.indexOf(`:${kind}:`));
}
