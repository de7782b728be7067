import type { Agreement } from '../domain/agreement/agreement.ts';
import { questionsIn } from '../domain/agreement/evaluate.ts';
import { isBeside, stageRank } from '../domain/agreement/stage-order.ts';
import type { Activity } from '../domain/people/activity.ts';
import type { Neighbour, StageEntry } from '../domain/people/person.ts';
import { parseInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView } from './context.ts';
import { dealState } from './deal-state.ts';
import type { Judgement } from './judgement.ts';

/** Behind this name an entry that ends a pass keeps how the person's deals stood. */
export const DEALS_THEN = 'deals';
/** Behind this name an entry tells that it takes back the end of the pass before. */
export const TAKEN_BACK = 'takenBack';

/**
 * What ended the pass before the one in which somebody is; of somebody who is recycled or disqualified, that very entry, for their next
 * pass has not begun. `null` in the first pass.
 *
 * An end that was taken back ended nothing: what counted before it counts again.
 */
export function endOfLastPass(entries: readonly StageEntry[]): StageEntry | null {
  const own = newestPass(entries);
  const end = endIn(own);
  const [first] = own;
  if (end !== null || first === undefined) return end;
  const earlier = entries.filter(({ pass }) => pass < first.pass);
  const before = newestPass(earlier);
  if (first.evidence[TAKEN_BACK] === undefined) return endIn(before) ?? before.at(-1) ?? null;
  return endOfLastPass(earlier.filter((entry) => !(before.includes(entry) && isBeside(entry.stage))));
}

function newestPass(entries: readonly StageEntry[]): readonly StageEntry[] {
  const newest = Math.max(0, ...entries.map(({ pass }) => pass));
  return entries.filter(({ pass }) => pass === newest);
}

/** Where a reason was corrected, the person left when it was first said. */
function endIn(own: readonly StageEntry[]): StageEntry | null {
  const last = own.at(-1);
  if (last === undefined || !isBeside(last.stage)) return null;
  const inFunnel = own.findLastIndex(({ stage }) => !isBeside(stage));
  return { ...last, at: own[inFunnel + 1]?.at ?? last.at };
}

/** How a person's deals stand, in one line that an entry can keep: what has stood so already is no news of a later pass. */
export function dealsNow(deals: readonly Neighbour[]): string {
  return deals.map(toldDeal).join(' ');
}

function toldDeal(deal: Neighbour): string {
  return `${deal.id}=${dealState(deal)}`;
}

/** The deals that are new since, or stand otherwise: one that was open when somebody was recycled, and is won now, counts. */
export function dealsSince(end: StageEntry | null, deals: readonly Neighbour[]): readonly Neighbour[] {
  if (end === null) return deals;
  const then = end.evidence[DEALS_THEN];
  if (typeof then !== 'string') return deals.filter((deal) => madeAt(deal) > end.at);
  const known = new Set(then.split(' '));
  return deals.filter((deal) => !known.has(toldDeal(deal)));
}

function madeAt({ hubspot, salesforce }: Neighbour): Instant {
  return Math.min(hubspot?.createdAt ?? Number.POSITIVE_INFINITY, salesforce?.createdAt ?? Number.POSITIVE_INFINITY);
}

/** What a person does by themselves and by intent. That a page was looked at counts where the agreement counts it. */
const OWN_DEEDS: readonly Activity['kind'][] = ['form', 'seminar', 'campaign'];
const LAST_FORM = 'recent_conversion_date';

/** The person as judged by what they did since, and the agreement that they are judged by. */
type Since = { readonly judgement: Judgement; readonly agreement: Agreement; readonly view: PersonView };

/**
 * Has the person done anything since that a new pass may begin with?
 *
 * Nobody comes back by what they were sent back with: a score that is merely still high, an attribute that still fits. HubSpot's own score
 * tells no instants, so it is news where it has risen above what it was then; a form sent is, whatever scores it.
 */
export function hasNews(end: StageEntry, { judgement, agreement, view }: Since): boolean {
  const { activities, deals } = view.facts;
  const isDeed = ({ kind, at, deleted }: Activity) => at > end.at && !deleted && OWN_DEEDS.includes(kind);
  if (activities.some(isDeed) || dealsSince(end, deals).length > 0) return true;
  if (countedActions(agreement).some((name) => judgement.deedsOf(name).done.length > 0)) return true;
  const form = view.contact?.values[LAST_FORM];
  if (typeof form === 'string' && (parseInstant(form) ?? 0) > end.at) return true;
  const then = end.evidence['behaviour'];
  const { behaviour } = agreement.score;
  const isHubSpots = behaviour !== null && 'hubspot' in behaviour;
  return isHubSpots && typeof then === 'number' && (judgement.score.behaviour ?? 0) > then;
}

/** The actions that speak for a person: those that give points, and those that a criterion asks for. */
function countedActions({ score, stages }: Agreement): readonly string[] {
  const { behaviour } = score;
  const scored = behaviour === null || 'hubspot' in behaviour ? [] : behaviour.filter(({ points }) => points > 0);
  const asked = stages.flatMap(({ when }) => (when === undefined ? [] : questionsIn(when)));
  return [
    ...scored.map(({ action }) => action),
    ...asked.flatMap((question) => ('action' in question && !question.denied ? [question.action] : [])),
  ];
}

/** The stage that somebody stood in before a pass was ended; they stand in it again where the end is taken back. */
export function stageBefore(end: StageEntry, entries: readonly StageEntry[]): StageEntry['stage'] {
  const before = entries.filter(({ pass, stage }) => pass <= end.pass && stageRank(stage) >= 0);
  return before.findLast(({ pass }) => pass === Math.max(...before.map((one) => one.pass)))?.stage ?? 'lead';
}
