import type { DeadlineEnd, DeadlineRule, Stage } from '../domain/agreement/agreement.ts';
import { endsOf, OWNER, teamOf } from '../domain/agreement/deadline.ts';
import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import { contactsIn, conversionAt, meetingsBookedIn, type Proof, stampedAt } from '../domain/clocks/evidence.ts';
import type { Clock, StageEntry } from '../domain/people/person.ts';
import { recordName, type Sighting } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { wordOf } from './answers.ts';
import type { PersonView, PlanContext } from './context.ts';
import { dealProofs } from './deal-proofs.ts';
import { OWN_FIELDS } from './derived.ts';
import { obligedUsers } from './obliged-users.ts';
import type { StagePlan } from './plan-stage.ts';

/** Everything that may end this obligation, of whatever time: `runClock` leaves out what was before its start. */
export function evidenceFor(
  rule: DeadlineRule,
  clock: Clock,
  stages: StagePlan,
  view: PersonView,
  context: PlanContext,
): readonly Proof[] {
  return endsOf(rule).flatMap((end) => proofsOf(end, { rule, clock, stages, view, context }));
}

type Asked = {
  readonly rule: DeadlineRule;
  readonly clock: Clock;
  readonly stages: StagePlan;
  readonly view: PersonView;
  readonly context: PlanContext;
};

function proofsOf(end: DeadlineEnd, asked: Asked): readonly Proof[] {
  const { rule, clock, view, context } = asked;
  const { activities } = view.facts;
  const obliged = (team: string | null) => obligedUsers(team, rule, clock, view, context);
  if ('contact' in end) return contactsIn(activities, end.contact, obliged(end.by === 'team' ? teamOf(rule) : null));
  if ('meeting' in end) return meetingsBookedIn(activities, obliged(end.by === OWNER ? null : end.by), clock.startedAt);
  if ('converted' in end) return conversionAt(convertedAt(clock, view));
  if ('entered' in end) return entriesInto(end.entered, asked);
  if ('handedOff' in end) return handOffsTo(end.handedOff, asked);
  if ('answer' in end) return answersIn(asked);
  return dealProofs(end, clock.startedAt, view, context);
}

/** Whoever goes on to a further stage at once has passed this one. */
function entriesInto(stage: Stage, asked: Asked): readonly Proof[] {
  const rank = stageRank(stage);
  const isThere = (entry: StageEntry) => (rank < 0 ? entry.stage === stage : stageRank(entry.stage) >= rank);
  return asked.stages.entries
    .filter(isThere)
    .map((entry) => stampedAt(enteredBy(entry, asked), `stage:${entry.stage}`));
}

/**
 * An entry bears the instant of the plan that noticed it, minutes after what led to it. A promise is judged by what led to it: that is no
 * later than the newest thing that had been read when the stage was entered.
 */
function enteredBy(entry: StageEntry, { clock, stages, view }: Asked): Instant {
  if (!stages.entered.includes(entry) || entry.at < clock.startedAt) return entry.at;
  return Math.max(clock.startedAt, Math.min(entry.at, newestOf(view)));
}

function newestOf({ facts }: PersonView): Instant {
  const neighbours = [...facts.deals, ...(facts.company === null ? [] : [facts.company])];
  const beside = neighbours.flatMap(({ hubspot, salesforce }) => [hubspot, salesforce]).filter((seen) => seen !== null);
  return Math.max(
    ...[...facts.sightings, ...beside].map(({ modifiedAt }) => modifiedAt),
    ...facts.activities.map(({ loggedAt }) => loggedAt),
    ...(facts.edits ?? []).map(({ at }) => at),
  );
}

/**
 * The answer to this hand-off: what stands in the fields for it, or a further stage, since whoever goes on with somebody has accepted them.
 * The fields bear no instant of their own, unless the system keeps their history; their record's is no earlier. That sales was silent is no
 * answer.
 */
function answersIn(asked: Asked): readonly Proof[] {
  const { clock, stages, view, context } = asked;
  const own = stages.entries.filter(({ pass, by }) => pass === clock.pass && by !== 'silence');
  const further = own.filter(({ stage }) => isBeside(stage) || stageRank(stage) > stageRank('MQL'));
  const proofs = further.map((entry) => stampedAt(enteredBy(entry, asked), `stage:${entry.stage}`));
  const word = wordOf(view, context.policy.agreement);
  if (clock.pass !== stages.pass || (word.kind !== 'accepted' && word.kind !== 'back') || view.record === null)
    return proofs;
  const { record, modifiedAt } = view.record;
  const told = view.facts.edits?.find(
    (edit) => edit.field === OWN_FIELDS.salesforce.answer && recordName(edit.record) === recordName(record),
  );
  return [...proofs, stampedAt(Math.max(clock.startedAt, told?.at ?? modifiedAt), `answer:${recordName(record)}`)];
}

/**
 * Once owner and stage are confirmed in Salesforce, and the team can see whom it has received. Nobody is handed over before the entry that
 * hands them over, though the two instants may be told by clocks that are apart.
 */
function handOffsTo(team: string, { rule, clock, stages, context }: Asked): readonly Proof[] {
  const rules = context.policy.agreement.stages.filter(({ handOff }) => handOff?.to === team);
  return stages.entries.flatMap(({ stage, pass, handedOffAt }) => {
    if (handedOffAt === undefined || rules.every((one) => one.stage !== stage)) return [];
    const isOfStart = startingStage(rule) === stage && pass === clock.pass;
    return [stampedAt(isOfStart ? Math.max(handedOffAt, clock.startedAt) : handedOffAt, `hand-off:${stage}`)];
  });
}

/** The stage whose entry starts this deadline. */
function startingStage({ starts }: DeadlineRule): Stage | null {
  if ('criteriaMet' in starts) return starts.criteriaMet;
  return 'entered' in starts ? starts.entered : null;
}

/**
 * When this person's Lead became a Contact. Where conversion made the Contact, when that was made. Where it went into one that was there,
 * the Lead itself was moved by it: its stamp is never before the conversion, and a pull that came late does not make it later. Without
 * such a Lead, when we saw it. A Contact that has been deleted since, or merged into the one of today, takes nothing back of what was done.
 */
function convertedAt(clock: Clock, { record, facts, awaited }: PersonView): Instant | null {
  if (record?.record.object === 'Lead' || awaited.salesforce !== null) return null;
  if (record !== null && record.createdAt >= clock.startedAt) return record.createdAt;
  const theirs = new Set<unknown>(facts.links.map((link) => link.record.id));
  const isIts = ({ values }: Sighting) =>
    record === null ? values['IsConverted'] === true : theirs.has(values['ConvertedContactId']);
  const stamps = facts.sightings
    .filter((sighting) => isIts(sighting) && sighting.modifiedAt >= clock.startedAt)
    .map(({ modifiedAt }) => modifiedAt);
  const seen = record === null ? undefined : seenConvertedAt(record, facts);
  const known = seen === undefined ? stamps : [...stamps, seen];
  return known.length === 0 ? null : Math.min(...known);
}

function seenConvertedAt({ record }: Sighting, { links }: PersonView['facts']): Instant | undefined {
  const until = links.find(({ role }) => role === 'converted')?.until;
  return until ?? links.find((link) => link.record.id === record.id)?.since;
}
