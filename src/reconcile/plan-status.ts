import type { Agreement } from '../domain/agreement/agreement.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { isoInOffice } from '../domain/calendar/local-time.ts';
import { calendarOfTeam } from '../domain/clocks/office-time.ts';
import type { Activity } from '../domain/people/activity.ts';
import type { Finding, StageEntry } from '../domain/people/person.ts';
import { recordName, type Sighting } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { isPast } from './adoption.ts';
import type { PersonView, PlanContext } from './context.ts';
import type { StagePlan } from './plan-stage.ts';

/** `wakeAt`: when silence alone will have been too long; `null` where it will not. */
export type StatusPlan = { readonly open: readonly Finding[]; readonly wakeAt: Instant | null };

const NOTHING: StatusPlan = { open: [], wakeAt: null };

/** What a rep enters about somebody; forms, pages and campaigns are the person's own doing. */
const ENTERED: ReadonlySet<Activity['kind']> = new Set(['call', 'email', 'meeting', 'task', 'note']);
/** The field of a Lead that says how far it has been worked on; Salesforce's history tells its changes where it is tracked. */
const STATUS = 'Status';

/**
 * Has sales said of this person how it stands, as the registration rules want it? While they are in a stage that sales is responsible for, no
 * longer than `status-updates: within` may pass without an activity that somebody of ours entered, or another status of the Lead: counted from
 * the latest of these, or from the stage. Nothing is written and nobody gets a Task; the finding closes with the next word.
 *
 * Customers and whoever stood there before the go-live line are left alone. Silence is only said of what has been read (law R19).
 */
export function planStatus(view: PersonView, stages: StagePlan, context: PlanContext): StatusPlan {
  const { agreement } = context.policy;
  const within = agreement.registration?.statusUpdates;
  const { record } = view;
  const entry = standing(stages);
  if (within === undefined || record === null || entry === null || isPast(entry, stages)) return NOTHING;
  if (entry.stage === 'customer' || !isWithSales(entry, agreement)) return NOTHING;
  const since = Math.max(entry.handedOffAt ?? entry.at, record.createdAt, lastWord(view, record, context));
  const calendar = calendarOf(stages, context);
  const due = dueAt(since, within, calendar);
  if ('beyond' in due) return NOTHING;
  const { coveredUntil, now } = context;
  const isSilent = due.dueAt < now && coveredUntil !== null && coveredUntil >= due.dueAt;
  if (!isSilent) return { open: [], wakeAt: due.dueAt + 1 };
  const detail = { stage: entry.stage, since: onTheWall(since, calendar), due: onTheWall(due.dueAt, calendar) };
  const subject = recordName(record.record);
  return { open: [{ code: 'STATUS_STALE', subject, entity: view.facts.id, detail }], wakeAt: null };
}

function standing({ entries, current, pass }: StagePlan): StageEntry | null {
  return entries.findLast((one) => one.stage === current && one.pass === pass) ?? null;
}

/** Sales is responsible for the stage, or has received the person in it. */
function isWithSales(entry: StageEntry, { stages }: Agreement): boolean {
  const rule = stages.find(({ stage }) => stage === entry.stage);
  return rule?.department === 'sales' || (rule?.handOff !== undefined && entry.handedOffAt !== undefined);
}

/** `2026-11-26 18:00`, as the office's clock shows it. */
function onTheWall(instant: Instant, calendar: BusinessCalendar): string {
  return isoInOffice(instant, calendar).slice(0, 16).replace('T', ' ');
}

/** By the hours of the team that received the person last, else by the company's. */
function calendarOf({ entries }: StagePlan, { policy }: PlanContext) {
  const teams = entries.flatMap(({ stage, handedOffAt }) => {
    const team = policy.agreement.stages.find((rule) => rule.stage === stage)?.handOff?.to;
    return team === undefined || handedOffAt === undefined ? [] : [team];
  });
  const team = teams.at(-1);
  return team === undefined ? policy.calendar : calendarOfTeam(team, policy);
}

/** When somebody last entered something about them, or changed the Lead's status. */
function lastWord({ facts }: PersonView, { record }: Sighting, { now }: PlanContext): Instant {
  const entered = facts.activities.filter(
    ({ kind, by, ourTask, deleted, closed }) => ENTERED.has(kind) && by !== null && closed && !ourTask && !deleted,
  );
  const moves = (facts.edits ?? []).filter(
    (edit) => edit.field === STATUS && edit.by !== 'us' && recordName(edit.record) === recordName(record),
  );
  const words = [...entered.map(({ loggedAt }) => loggedAt), ...moves.map(({ at }) => at)];
  return Math.max(0, ...words.filter((at) => at <= now));
}
