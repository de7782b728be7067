import type { Instant } from '../../domain/values/value.ts';
import { CredentialsRejected, RateLimited, TasukiError } from '../../errors/errors.ts';
import type { Stream, StreamPage } from '../../ports/crm.ts';
import type { Log } from '../../ports/log.ts';
import { NoAnswer } from '../http/failure.ts';
import { queryTogether, TOGETHER } from './composite.ts';
import { AnswerLost, CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { type Place, placeFrom, soqlFrom, turn } from './keyset.ts';
import type { QueryPage } from './query.ts';
import { withAllRecipients } from './recipients.ts';
import type { Schemas, Selection } from './schemas.ts';
import { toSighting } from './sightings.ts';

export type Pull = {
  readonly streams: readonly Stream[];
  readonly now: Instant;
  readonly overlapMs: number;
  readonly pageSize: number;
  readonly log: Log;
};

/** One stream under way: where it stands, how many rows its next page may have, and how often that page has failed. */
type Reading = { readonly stream: Stream; readonly place: Place; readonly limit: number; readonly failed: number };
type Asked = { readonly reading: Reading; readonly selection: Selection };
type Answered = { readonly reading: Reading; readonly answer: (QueryPage & { selection: Selection }) | TasukiError };

/** How often one page is tried. A query that was too slow is asked for a quarter of the rows the next time. */
const TRIES = 3;
const SHRINKING = 4;

/**
 * What changed in these objects, deleted records included; five queries to a call, so that an idle pull of n objects costs ⌈n ÷ 5⌉.
 *
 * An object that goes on behind its page comes again in the next call, before those that have not begun. Trouble with one object is
 * its own: the others are read to their end, and only then is it thrown. An object that this user can no longer see at all ends
 * without a last page: nothing is covered that was not read, and the next `describe` says that it is hidden.
 *
 * A pull that is taken up again after a crash still covers only what it did when it began: the pages stored then were read then.
 */
export async function* pullChanges(gateway: Gateway, schemas: Schemas, pull: Pull): AsyncIterable<StreamPage> {
  const { streams, now, overlapMs, pageSize } = pull;
  const onlooker = { ourUser: await gateway.user(), now };
  const troubles: TasukiError[] = [];
  let waiting: readonly Reading[] = streams.map((stream) => {
    return { stream, place: placeFrom(stream.cursor, now), limit: pageSize, failed: 0 };
  });
  while (waiting.length > 0 && !troubles.some((trouble) => trouble instanceof RateLimited)) {
    const again: Reading[] = [];
    for (const { reading, answer } of mailsFirst(await askAll(gateway, schemas, waiting.slice(0, TOGETHER), pull))) {
      if (answer instanceof TasukiError) {
        const retry = await retryOf(reading, answer, schemas);
        if (retry === null) troubles.push(answer);
        else again.push(retry);
        continue;
      }
      const { selection } = answer;
      const rows = await withAllRecipients(gateway, answer.rows);
      const sightings = rows.map((row) => toSighting(selection, row, onlooker));
      const { object } = reading.stream;
      const turned = turn(reading.place, answer, selection.stamp, { limit: reading.limit, overlapMs });
      if ('next' in turned) again.push({ ...reading, place: turned.next, failed: 0 });
      const covers = 'covers' in turned ? { covers: turned.covers } : {};
      yield { object, sightings, cursor: turned.cursor, ...covers };
    }
    waiting = [...again, ...waiting.slice(TOGETHER)];
  }
  const worst = troubles.find((trouble) => trouble instanceof RateLimited) ?? troubles[0];
  if (worst !== undefined) throw worst;
}

/**
 * Mails before the Tasks that were read with them. Only the mail tells that its Task was made by Salesforce of one that came in, so
 * whoever notes page by page and stops between them must not be left with the Task alone. They are asked the other way round, so
 * that no Task is seen whose mail is not.
 */
function mailsFirst(answered: readonly Answered[]): readonly Answered[] {
  const isMail = ({ reading }: Answered) => reading.stream.object === 'EmailMessage';
  return [...answered.filter(isMail), ...answered.filter((each) => !isMail(each))];
}

/** Asks these readings in one call; one by one when they are too slow together. Those that this user may not see are left out. */
async function askAll(
  gateway: Gateway,
  schemas: Schemas,
  readings: readonly Reading[],
  { log }: Pull,
): Promise<readonly Answered[]> {
  const asked: Asked[] = [];
  const unfit: Answered[] = [];
  for (const reading of readings) {
    const { object, fields } = reading.stream;
    if ((await schemas.known(object)) === null) {
      log.warn({ system: 'salesforce', object }, 'object cannot be seen');
      continue;
    }
    const selection = await schemas.select(object, fields).catch(asRejection);
    if (selection instanceof TasukiError) unfit.push({ reading, answer: selection });
    else asked.push({ reading, selection });
  }
  const pages = await together(gateway, asked);
  return [
    ...unfit,
    ...asked.flatMap(({ reading, selection }, i): readonly Answered[] => {
      const page = pages[i];
      if (page === undefined) return [];
      return [{ reading, answer: page instanceof TasukiError ? page : { ...page, selection } }];
    }),
  ];
}

/** What is missing of one object stops that object; anything else stops the pull. */
function asRejection(failure: unknown): CredentialsRejected {
  if (failure instanceof CredentialsRejected) return failure;
  throw failure;
}

async function together(gateway: Gateway, asked: readonly Asked[]): Promise<readonly (QueryPage | TasukiError)[]> {
  if (asked.length === 0) return [];
  const soqls = asked.map(({ reading, selection }) => soqlFrom(reading.place, selection, reading.limit));
  try {
    return await queryTogether(gateway, soqls);
  } catch (failure) {
    if (!isTooSlow(failure)) throw failure;
    if (asked.length === 1) return [failure];
    const pages: (QueryPage | TasukiError)[] = [];
    for (const one of asked) pages.push(...(await together(gateway, [one])));
    return pages;
  }
}

function isTooSlow(failure: unknown): failure is AnswerLost {
  return failure instanceof AnswerLost && failure.cause instanceof NoAnswer && failure.cause.timedOut;
}

/** Refusals that another look at the schema may answer: a field or an object was hidden since we looked. */
const SEEN_OTHERWISE: ReadonlySet<string> = new Set(['INVALID_FIELD', 'INVALID_TYPE']);

/** The same page once more, where that may help; `null` where it does not. */
async function retryOf(reading: Reading, trouble: TasukiError, schemas: Schemas): Promise<Reading | null> {
  const failed = reading.failed + 1;
  if (trouble instanceof CallRefused && SEEN_OTHERWISE.has(trouble.reason) && failed === 1) {
    await schemas.fresh(reading.stream.object);
    return { ...reading, failed };
  }
  if (!(trouble instanceof AnswerLost) || failed >= TRIES) return null;
  return { ...reading, failed, limit: Math.ceil(reading.limit / SHRINKING) };
}
