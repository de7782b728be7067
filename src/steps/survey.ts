import { entityKindOf, type ObjectName, type System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { bookCalls } from './book-calls.ts';
import { isPullOver } from './budget.ts';
import { fieldsToRead } from './fields.ts';
import { activityContext, noteRows } from './note-rows.ts';
import { prepare } from './prepare.ts';
import { theirTime } from './their-time.ts';
import type { Works } from './works.ts';

const BATCH = 500;

export type SurveyReport = { readonly listed: number; readonly changed: number; readonly gone: number };

/**
 * The rolling sweep: lists every live record of one CRM and compares, once in `everyMs`, because search cannot show what left no
 * stamp: deletions, merges, associations and contact roles that came or went. So it is found at most `everyMs` later.
 *
 * A record that is not listed is read by its id before anything is said of it: a page that shifted while we read must not make
 * anybody vanish. Returns `null` when none is due. A sweep that dies is begun anew, and so is one for which the calls did not suffice.
 */
export function surveyRecords(system: System, everyMs: number, works: Works): Promise<SurveyReport | null> {
  return works.crm[system].under('survey', () => surveyAll(system, everyMs, works));
}

async function surveyAll(system: System, everyMs: number, works: Works): Promise<SurveyReport | null> {
  const { ledger } = works;
  const startedAt = await theirTime(system, works);
  const last = await ledger.cursor(system, 'survey');
  if (last === null) {
    // The first load lists everything; a sweep on the same day would find nothing else.
    await ledger.advanceCursor(system, 'survey', {}, startedAt);
    return null;
  }
  if (startedAt - (last.covers ?? 0) < everyMs) return null;
  const { identity, readable } = await prepare(system, works);
  const context = await activityContext(identity.user, works);
  let report: SurveyReport = { listed: 0, changed: 0, gone: 0 };
  for (const object of readable.filter((each) => isSurveyed(each))) {
    const found = await surveyObject(system, object, startedAt, { ...works, context });
    if (found === null) return null;
    report = {
      listed: report.listed + found.listed,
      changed: report.changed + found.changed,
      gone: report.gone + found.gone,
    };
  }
  await ledger.advanceCursor(system, 'survey', {}, startedAt);
  await bookCalls(system, works);
  works.log.info({ system, ...report }, 'surveyed');
  return report;
}

/** Activities are not: a call that somebody deletes has happened all the same, and its deletion moves a stamp. */
function isSurveyed(object: ObjectName): boolean {
  return entityKindOf(object) !== null || object === 'OpportunityContactRole';
}

type Surveying = Works & { readonly context: Awaited<ReturnType<typeof activityContext>> };

async function surveyObject(
  system: System,
  object: ObjectName,
  startedAt: Instant,
  works: Surveying,
): Promise<SurveyReport | null> {
  const { crm, ledger, policy, context } = works;
  let listed = 0;
  let changed = 0;
  let gone = 0;
  for await (const sightings of crm[system].survey(object, await theirTime(system, works))) {
    listed += sightings.length;
    changed += await noteRows(system, object, sightings, context, works);
    if (await isPullOver(system, works)) return null;
  }
  for (;;) {
    const unseen = await ledger.unseenSince(system, object, startedAt, BATCH);
    if (unseen.length === 0) return { listed, changed, gone };
    const ids = unseen.map(({ id }) => id);
    // No earlier than the sweep began, or it would be read again and again.
    const now = Math.max(startedAt, await theirTime(system, works));
    const found = await crm[system].read(object, ids, fieldsToRead(policy(), system, object), now);
    changed += await noteRows(system, object, found, context, works);
    gone += found.filter(({ deleted }) => deleted).length;
    if (found.length === 0) return { listed, changed, gone }; // nothing can be said of them today
  }
}
