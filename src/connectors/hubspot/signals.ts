import type { SignalName } from '../../domain/people/activity.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { CursorState, SignalPage } from '../../ports/crm.ts';
import { throughDoor } from './door.ts';
import { eventSignals } from './event-signals.ts';
import { formSignals } from './form-signals.ts';
import type { Gateway } from './gateway.ts';
import type { HubSpotSettings } from './options.ts';
import { lacksScope } from './trouble.ts';

/**
 * Page views are no signal: they are in the history of one property of contacts, and whoever needs them asks for the `history` of those
 * whose page has moved.
 */
const READERS: Readonly<Partial<Record<SignalName, typeof formSignals>>> = {
  'form-submissions': formSignals,
  'event-participations': eventSignals,
};

export const READABLE_SIGNALS = Object.keys(READERS) as readonly SignalName[];

/** What people did by themselves since the cursor. Where the token lacks the scope there is nothing to be seen, so all of it has been; that it is hidden is told. */
export async function* readSignals(
  gateway: Gateway,
  { pull, log }: HubSpotSettings,
  signal: SignalName,
  { cursor, now }: { readonly cursor: CursorState | undefined; readonly now: Instant },
): AsyncGenerator<SignalPage> {
  const read = READERS[signal];
  if (read === undefined) return;
  try {
    yield* throughDoor(read(gateway, pull, cursor, now));
  } catch (error) {
    if (!lacksScope(error)) throw error;
    log.warn({ signal }, 'hubspot does not show this to our token');
    yield { activities: [], cursor: cursor ?? {}, covers: now, hidden: true };
  }
}
