import { endsOf } from '../domain/agreement/deadline.ts';
import { evaluate } from '../domain/agreement/evaluate.ts';
import { pointsOf } from '../domain/agreement/points.ts';
import { stageRank } from '../domain/agreement/stage-order.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { calendarOfPromise } from '../domain/clocks/office-time.ts';
import type { Activity } from '../domain/people/activity.ts';
import type { FieldChange } from '../domain/people/change.ts';
import type { MappedObject } from '../domain/people/mapping.ts';
import type { Neighbour } from '../domain/people/person.ts';
import { conditionWords } from '../domain/texts/agreement-conditions.ts';
import { actionName, fieldName } from '../domain/texts/agreement-names.ts';
import {
  BRIEF_SECTIONS,
  type Brief,
  type BriefDeadline,
  type BriefDeal,
  type BriefFacts,
  briefText,
  isSameBrief,
} from '../domain/texts/brief.ts';
import { contactsUntil, deedsUntil, topicOf } from '../domain/texts/brief-deeds.ts';
import { localeOf } from './assignee.ts';
import type { PersonView, PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';
import { closedAt, dealState, lastOutcome } from './deal-state.ts';
import { OWN_FIELDS } from './derived.ts';
import type { HandOffDue } from './hand-off.ts';
import { type Judgement, judgementOf } from './judgement.ts';
import { OWNER_FIELD, OWNER_PROPERTY } from './owner.ts';
import type { StagePlan } from './plan-stage.ts';

const FIELD = OWN_FIELDS.salesforce.brief;

/**
 * The brief for whoever receives a person, in the write that hands them over, on a record of this kind; nothing where the agreement asks for
 * none, or the record has no such field (`setup` makes it).
 *
 * It is written at the hand-off and never again in the same pass: what a rep writes into the field afterwards stays until the next hand-off.
 */
export function planBrief(
  view: PersonView,
  stages: StagePlan,
  due: HandOffDue | null,
  { object, owner }: Receiving,
  asked: PlanContext,
): readonly FieldChange[] {
  const context = inTheirLanguage(owner, asked);
  if (due?.rule.handOff.brief !== true) return [];
  if (context.schemas.get(`salesforce:${object}`)?.get(FIELD)?.writable !== true) return [];
  const before = view.record?.values[FIELD];
  if (view.record !== null && before === undefined) return [];
  const brief = briefText(briefFacts(view, stages, due, context), context.policy, context.policy.locale);
  if (isSameBrief(before, brief)) return [];
  const change = {
    field: FIELD,
    after: brief.text,
    reason: { code: 'brief-written', detail: completeness(due, brief) },
  } as const;
  return [before === undefined ? change : { ...change, before }];
}

/** The record that is written, and by id whose it will be. */
type Receiving = { readonly object: Extract<MappedObject, 'Lead' | 'Contact'>; readonly owner: string | null };

/** A brief is written in the language of whoever is to read it. */
function inTheirLanguage(owner: string | null, context: PlanContext): PlanContext {
  const { policy, directory } = context;
  const entry = owner === null ? undefined : directory.byId.salesforce.get(owner);
  return { ...context, policy: { ...policy, locale: localeOf(entry ?? null, context) } };
}

/** How much of a brief there was to tell: kept with the write, as its evidence. */
function completeness({ entry, rule }: HandOffDue, { filled }: Brief): FieldChange['reason']['detail'] {
  const lacking = BRIEF_SECTIONS.filter((section) => !filled.includes(section));
  return {
    stage: entry.stage,
    team: rule.handOff.to,
    filled: filled.length,
    sections: BRIEF_SECTIONS.length,
    lacking: lacking.join(', '),
  };
}

/** Everything as it stood when the stage was entered, so that the brief stays the same until it is written. */
function briefFacts(view: PersonView, stages: StagePlan, due: HandOffDue, context: PlanContext): BriefFacts {
  const { entry, rule } = due;
  const { facts } = view;
  const judgement = judgementOf(view, { ...context, now: entry.at });
  const deeds = deedsUntil(facts.activities, entry.at);
  return {
    stage: entry.stage,
    entry,
    from: fromWhom(view, stages, due, context),
    deadlines: deadlinesFrom(due, context),
    points: rule.when === undefined ? [] : pointsOf(rule.when, judgement.lookup),
    score: judgement.score,
    scoreLines: scoreLinesOf(judgement, context),
    topic: topicOf(deeds, entry.at),
    deeds,
    contacts: contactsUntil(facts.activities, entry.at).map((activity) => ({
      activity,
      who: whoDid(activity, context),
    })),
    passes: stages.entries.filter(
      ({ pass }, nth, all) => pass < entry.pass && all.findLastIndex((other) => other.pass === pass) === nth,
    ),
    deals: facts.deals.flatMap((deal) => dealTold(deal, context)).toSorted((one, other) => other.at - one.at),
  };
}

/** The team that received them before in this pass, with the owner of the record; else the department, with HubSpot's owner. */
function fromWhom(
  { contact, record }: PersonView,
  { entries }: StagePlan,
  { entry, rule }: HandOffDue,
  { policy, directory }: PlanContext,
): BriefFacts['from'] {
  const before = policy.agreement.stages.findLast(
    ({ stage, handOff }) =>
      handOff !== undefined &&
      stageRank(stage) < stageRank(entry.stage) &&
      entries.some((other) => other.stage === stage && other.pass === entry.pass && other.handedOffAt !== undefined),
  );
  const owner = directory.byId.salesforce.get(String(record?.values[OWNER_FIELD] ?? ''));
  const marketer = directory.byId.hubspot.get(String(contact?.values[OWNER_PROPERTY] ?? ''));
  const { department } = rule;
  if (before?.handOff === undefined) return { department, team: null, who: marketer?.name ?? null };
  return { department, team: before.handOff.to, who: owner?.kind === 'user' ? owner.name : null };
}

/** What begins with this hand-off, or with the stage. Only whole days fall due at the same instant whatever the hour of the hand-off. */
function deadlinesFrom({ entry, rule }: HandOffDue, { policy }: PlanContext): readonly BriefDeadline[] {
  return policy.agreement.deadlines.flatMap((deadline): readonly BriefDeadline[] => {
    const { starts, within } = deadline;
    const begins =
      ('handedOff' in starts && starts.handedOff === rule.handOff.to) ||
      ('entered' in starts && starts.entered === entry.stage);
    // What the hand-off itself meets is over by the time that this is read.
    if (!begins || endsOf(deadline).every((end) => 'handedOff' in end)) return [];
    if (within.unit !== 'business days') return [{ rule: deadline }];
    const due = dueAt(entry.at, within, calendarOfPromise(deadline, policy));
    return ['beyond' in due ? { rule: deadline } : { rule: deadline, due }];
  });
}

/** What gave points, most first, in words. */
function scoreLinesOf({ score, lookup }: Judgement, { policy }: PlanContext): BriefFacts['scoreLines'] {
  const { locale, agreement } = policy;
  const done = score.lines.flatMap((line) => {
    if (line.what === 'action')
      return [{ text: actionName(line.action, locale), points: line.points, times: line.deeds.length }];
    return line.what === 'behaviour' ? [{ text: fieldName(line.because, policy, locale), points: line.points }] : [];
  });
  const are = agreement.score.attribute
    .filter(({ when }) => evaluate(when, lookup) === true)
    .map(({ when, points }) => ({ text: conditionWords(when, policy, locale), points }));
  return [...done, ...are].filter(({ points }) => points !== 0).toSorted((one, other) => other.points - one.points);
}

function whoDid({ by, source }: Activity, { directory }: PlanContext): string | null {
  return by === null ? null : (directory.byId[source.system].get(by)?.name ?? null);
}

function dealTold(deal: Neighbour, context: PlanContext): readonly BriefDeal[] {
  const state = dealState(deal);
  const name = deal.salesforce?.values[DEAL_FIELDS.salesforce.name] ?? deal.hubspot?.values[DEAL_FIELDS.hubspot.name];
  if (state === null) return [];
  const reason = lastOutcome([deal], context)?.reason ?? null;
  return [{ name: typeof name === 'string' && name !== '' ? name : deal.id, state, reason, at: closedAt(deal) }];
}
