import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Activity } from '../../domain/people/activity.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { nextAfter } from './paging.ts';
import { Refusal } from './refusal.ts';

/** HubSpot gives no more of a form's submissions at a time. */
const PAGE = 50;

const Answer = z.object({ name: z.string(), value: z.unknown(), objectTypeId: z.string().optional().catch(undefined) });
const Submission = z.object({
  submittedAt: z.coerce.number(),
  values: z.array(Answer).catch([]),
  pageUrl: z.string().optional().catch(undefined),
});
const Page = z.object({ results: z.array(Submission), paging: z.unknown().optional() });

export type Form = { readonly guid: string; readonly name: string };

/**
 * What people sent with one form since an instant, page by page, newest first: so reading ends at the first page that reaches back
 * behind it. What is sent while we read comes in front of the pages that are left; those who read again from before they began have it.
 * A form that is gone has nothing more to tell.
 */
export async function* submissionsSince(gateway: Gateway, form: Form, since: number): AsyncGenerator<Activity[]> {
  let after: string | undefined;
  do {
    const page = await readPage(gateway, form.guid, after);
    if (page === undefined) return;
    const recent = page.results.filter(({ submittedAt }) => submittedAt >= since);
    yield recent.flatMap((submission) => activityOf(submission, form));
    const oldest = page.results.at(-1);
    after = oldest === undefined || oldest.submittedAt < since ? undefined : nextAfter(page.paging);
  } while (after !== undefined);
}

async function readPage(gateway: Gateway, guid: string, after: string | undefined) {
  const further = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
  const path = `/form-integrations/v1/submissions/forms/${encodeURIComponent(guid)}?limit=${PAGE}${further}`;
  try {
    return await gateway.call(CALLS.submissions, async ({ plain }) => Page.parse(await plain(path)));
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

/** Of the answers only the address is kept, by which the person is found; whoever gave none that is one cannot be known. */
function activityOf({ submittedAt, values, pageUrl }: z.infer<typeof Submission>, form: Form): Activity[] {
  const given = values.find(({ name, objectTypeId = '0-1' }) => name === 'email' && objectTypeId === '0-1')?.value;
  const email = typeof given === 'string' ? canonicalEmail(given) : null;
  if (email === null) return [];
  return [
    {
      source: { system: 'hubspot', object: 'form-submissions', id: sourceOf(form.guid, submittedAt, email) },
      kind: 'form',
      at: submittedAt,
      loggedAt: submittedAt,
      about: null,
      email,
      by: null,
      direction: 'in',
      what: [form.name, pathOf(pageUrl)].filter((part) => part !== '').join(' '),
      countsAsContact: false,
      ourTask: false,
      closed: true,
      deleted: false,
    },
  ];
}

/** HubSpot documents no id of a submission. The address goes in as a hash that is another one in every submission. */
function sourceOf(guid: string, submittedAt: number, email: string): string {
  const told = `${guid}:${submittedAt}`;
  return `${told}:${createHash('sha256').update(`${told}:${email}`).digest('hex').slice(0, 16)}`;
}

/** Only the path: what follows may hold names, addresses and tokens. */
function pathOf(pageUrl: string | undefined): string {
  return pageUrl !== undefined && URL.canParse(pageUrl) ? decoded(new URL(pageUrl).pathname) : '';
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
