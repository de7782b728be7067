import { z } from 'zod';
import type { Instant } from '../../domain/values/value.ts';
import type { CursorState, SignalPage } from '../../ports/crm.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import type { PullOptions } from './options.ts';
import { nextAfter } from './paging.ts';
import { type Form, submissionsSince } from './submissions.ts';

/** A submission may come to light later than it was sent. Reaching back an hour costs nothing: a form's newest page is read in any case. */
const REACH_BACK_MS = 3_600_000;
const PAGE = 100;

/** For every form: its name, and until when its submissions have been read. */
const Cursor = z.object({
  forms: z.record(z.string(), z.object({ name: z.string(), until: z.number() })).catch({}),
});
type Read = z.infer<typeof Cursor>['forms'];

/**
 * The forms that people sent, form by form. A form that is no longer listed is read once more, for what came in before it was archived.
 * A form's place moves when all of it has been read, so that whoever dies in between begins that form anew.
 */
export async function* formSignals(
  gateway: Gateway,
  { overlapMs }: PullOptions,
  state: CursorState | undefined,
  now: Instant,
): AsyncGenerator<SignalPage> {
  let read: Read = Cursor.parse(state ?? {}).forms;
  const listed = await listForms(gateway);
  const guids = new Set(listed.map(({ guid }) => guid));
  const gone = Object.entries(read).flatMap(([guid, { name }]) => (guids.has(guid) ? [] : [{ guid, name }]));
  for (const form of [...listed, ...gone]) {
    const since = (read[form.guid]?.until ?? 0) - REACH_BACK_MS;
    for await (const activities of submissionsSince(gateway, form, since))
      if (activities.length > 0) yield { activities, cursor: { forms: read } };
    read = withPlace(read, form, guids.has(form.guid) ? now : undefined);
  }
  yield { activities: [], cursor: { forms: read }, covers: now - overlapMs };
}

function withPlace(read: Read, { guid, name }: Form, until: Instant | undefined): Read {
  const { [guid]: _, ...others } = read;
  return until === undefined ? others : { ...others, [guid]: { name, until } };
}

const Forms = z.object({
  results: z.array(z.object({ id: z.coerce.string(), name: z.string() })),
  paging: z.unknown().optional(),
});

/** Every form that is not archived: HubSpot's own, captured ones and pop-ups. The client has this call, but cannot read the answer as soon as it holds a form that was not made in HubSpot. */
async function listForms(gateway: Gateway): Promise<Form[]> {
  const found: Form[] = [];
  let after: string | undefined;
  do {
    const further = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const path = `/marketing/v3/forms/?limit=${PAGE}&archived=false&formTypes=all${further}`;
    const page = await gateway.call(CALLS.forms, async ({ plain }) => Forms.parse(await plain(path)));
    found.push(...page.results.map(({ id, name }) => ({ guid: id, name })));
    after = nextAfter(page.paging);
  } while (after !== undefined);
  return found;
}
