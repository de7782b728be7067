import { LAST_PAGE, pageViewsOf } from '../domain/clocks/page-views.ts';
import type { Sighting, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { judgeAnew, noteAccess } from './hidden-streams.ts';
import type { Works } from './works.ts';

/** What contacts looked at, from the history of the page they saw last; fifty contacts a call. */
export async function pullPageViews(viewers: readonly Sighting[], { crm, ledger }: Works): Promise<void> {
  if (viewers.length === 0) return;
  const ids = viewers.map(({ record }) => record.id);
  const entries = await crm.hubspot.history('contacts', ids, [LAST_PAGE]);
  const activities = pageViewsOf(entries);
  if (activities.length > 0) await ledger.noteActivities(activities);
}

/** How often seminars and forms are asked for when no contact shows anything new. */
const AT_LEAST_EVERY_MS = 24 * 60 * 60 * 1000;

/**
 * Forms that people sent and seminars they came to. HubSpot tells them form by form and event by event, which costs a call each: so it
 * is asked when a contact's conversion has moved, and once a day for what moves no contact.
 */
export async function pullSignals(system: System, news: boolean, now: Instant, works: Works): Promise<void> {
  const { crm, ledger } = works;
  for (const signal of crm[system].signals) {
    const known = await ledger.cursor(system, signal);
    const isDue = known === null || now - (known.covers ?? 0) >= AT_LEAST_EVERY_MS;
    if (!isDue && !(news && signal === 'form-submissions')) continue;
    let isHidden = false;
    for await (const { activities, cursor, covers, hidden = false } of crm[system].signalsSince(
      signal,
      known?.state,
      now,
    )) {
      if (activities.length > 0) await ledger.noteActivities(activities);
      await ledger.advanceCursor(system, signal, cursor, covers);
      isHidden = hidden;
    }
    await noteAccess(signal, isHidden, works);
    if ((known?.covers ?? null) === null) await judgeAnew([`${system}:${signal}`], works);
  }
}
