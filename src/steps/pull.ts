import { LAST_PAGE } from '../domain/clocks/page-views.ts';
import { OBJECTS, type ObjectName, type Sighting, type System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Stream } from '../ports/crm.ts';
import { bookCalls } from './book-calls.ts';
import { isPullOver } from './budget.ts';
import { fieldsToRead, LAST_FORM, LAST_VISIT } from './fields.ts';
import { activityContext, noteRows } from './note-rows.ts';
import { prepare } from './prepare.ts';
import { pullPageViews, pullSignals } from './pull-signals.ts';
import { theirTime } from './their-time.ts';
import { watchClock } from './watch-clock.ts';
import type { Works } from './works.ts';

/**
 * Fetches what changed in one CRM and notes it in the ledger, page by page.
 *
 * The cursor moves last: a crash above repeats the page, never skips it. Records that are only echoes of our own writes change
 * nothing in the ledger and cost no planning. What people did by themselves is asked for only when a contact shows that there is
 * something new, so that an idle pass costs what it must and no more. Where the budget of calls ends in the middle, the next pull goes on there.
 */
export function pullChanges(system: System, works: Works): Promise<Pulled> {
  return works.crm[system].under('pull', () => pullPages(system, works));
}

type Pulled = { readonly seen: number; readonly changed: number };

async function pullPages(system: System, works: Works): Promise<Pulled> {
  const { ledger, crm, log } = works;
  const { identity, readable } = await prepare(system, works);
  const now = await theirTime(system, works);
  const since = await ledger.cursor(system, 'contacts');
  const streams = await streamsOf(system, readable, works);
  const context = await activityContext(identity.user, works);
  const news = newsSince(since?.covers ?? null);
  let seen = 0;
  let changed = 0;
  for await (const page of crm[system].changesSince(streams, now)) {
    changed += await noteRows(system, page.object, page.sightings, context, works);
    if (page.object === 'contacts') await pullPageViews(news.viewers(page.sightings), works);
    await ledger.advanceCursor(system, page.object, page.cursor, page.covers);
    seen += page.sightings.length;
    if (!(await isPullOver(system, works))) continue;
    await ledger.notePulled(works.run(), seen);
    log.warn({ system, seen, changed }, 'the pull stops here: the budget of calls is spent');
    return { seen, changed };
  }
  // Nothing is to be seen there, so everything has been: a deadline must not wait for what this user may never read.
  for (const object of OBJECTS[system].filter((each) => !readable.includes(each)))
    await ledger.advanceCursor(system, object, {}, now);
  await pullSignals(system, news.forms(), now, works);
  await ledger.advanceCursor(system, 'pull', {}, now);
  await ledger.notePulled(works.run(), seen);
  await watchClock(system, works);
  await bookCalls(system, works);
  log.info({ system, seen, changed }, 'pulled');
  return { seen, changed };
}

async function streamsOf(system: System, readable: readonly ObjectName[], works: Works): Promise<readonly Stream[]> {
  const policy = works.policy();
  const cursors = await works.ledger.cursors(system);
  return readable.map((object) => ({
    object,
    fields: fieldsToRead(policy, system, object),
    cursor: cursors.get(object)?.state,
  }));
}

/** Watches the contacts that go by for those who have done something since the last pull. */
function newsSince(covered: Instant | null) {
  let sentForms = covered === null;
  return {
    viewers(contacts: readonly Sighting[]): readonly Sighting[] {
      sentForms ||= contacts.some(({ values }) => isAfter(values[LAST_FORM], covered));
      return contacts.filter(({ values, deleted, modifiedAt }) => {
        if (deleted || typeof values[LAST_PAGE] !== 'string') return false;
        // Our own writes move the record's stamp, and are nobody's visit.
        const visit = values[LAST_VISIT];
        return typeof visit === 'string' ? isAfter(visit, covered) : covered === null || modifiedAt >= covered;
      });
    },
    forms: () => sentForms,
  };
}

function isAfter(value: unknown, instant: Instant | null): boolean {
  if (typeof value !== 'string') return false;
  return instant === null || Date.parse(value) >= instant;
}
