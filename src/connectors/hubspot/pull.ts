import type { Sighting } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { ChangePage, CursorState } from '../../ports/crm.ts';
import { associationsOf } from './associations.ts';
import { CALLS } from './calls.ts';
import { type InstantCursor, type LoadCursor, type PullCursor, readCursor, type WindowCursor } from './cursor.ts';
import type { Gateway } from './gateway.ts';
import { LIST_PAGE, listPage } from './list.ts';
import type { PullOptions } from './options.ts';
import { readBatch } from './read.ts';
import {
  asked,
  chunks,
  type HubSpotRecord,
  type Lens,
  modifiedAt,
  modifiedProperty,
  sightingsWithSwallowed,
} from './records.ts';
import { searchInstant, searchSince } from './search.ts';

/** A URL that is too long is a 414, a search of more than 3,000 characters a 400: beyond this, values are read in a second call. */
const NAMES_LIMIT = 2_000;
/** So many rows at a page's end may stand out of order without one being passed over. */
const SLACK = 20;
const REMEMBERED_ROWS = 5_000;

type Step = { readonly sightings: readonly Sighting[]; readonly next: PullCursor };

/**
 * What changed in one object, page by page, oldest first.
 *
 * The first pull lists everything. Later ones search by modified date, each page from the time of the last rows of the one
 * before, never by offset: a row that is edited while we page leaves its place, those behind it move up, and an offset would
 * step over one. It also keeps clear of the 10,000 rows at which HubSpot's search ends. Where a whole page has one time (imports
 * and month-end jobs stamp thousands of records alike), ids take over.
 */
export class Pull {
  readonly #gateway: Gateway;
  readonly #options: PullOptions;
  readonly #lens: Lens;
  readonly #now: Instant;
  readonly #properties: readonly string[];
  readonly #inTwoCalls: boolean;
  /** Rows shown by this pull, so that the reach-back from page to page shows none of them twice. */
  readonly #shown = new Set<string>();

  constructor(gateway: Gateway, options: PullOptions, lens: Lens) {
    this.#gateway = gateway;
    this.#options = options;
    this.#lens = lens;
    this.#now = lens.seenAt;
    const properties = asked(lens);
    this.#inTwoCalls = properties.join('&properties=').length > NAMES_LIMIT;
    this.#properties = this.#inTwoCalls ? [modifiedProperty(lens.object)] : properties;
  }

  async *pages(state: CursorState | undefined): AsyncGenerator<ChangePage> {
    let cursor: PullCursor = state === undefined ? this.#beginning() : this.#takenUp(readCursor(state));
    for (;;) {
      const step = await this.#step(cursor);
      const further = step?.next ?? this.#caughtUp(cursor);
      if (further === undefined) break;
      cursor = further;
      if (step === undefined) continue;
      if (step.sightings.length > 0) yield { sightings: step.sightings, cursor };
    }
    const covers = this.#covers(cursor);
    const resting: WindowCursor = { phase: 'window', from: covers };
    yield { sightings: [], cursor: resting, covers };
  }

  #beginning(): LoadCursor {
    return { phase: 'load', startedAt: this.#now };
  }

  /** A pull that was broken off keeps its end; after a finished one, a new stretch begins. */
  #takenUp(cursor: PullCursor): PullCursor {
    return cursor.phase === 'window' && cursor.until === undefined ? { ...cursor, until: this.#end() } : cursor;
  }

  /** A pull that was broken off and taken up ended where it was to end then; what has changed since is read as well, or it would look read. */
  #caughtUp(cursor: PullCursor): WindowCursor | undefined {
    if (cursor.phase !== 'window' || cursor.until === undefined || cursor.until >= this.#end()) return undefined;
    return { phase: 'window', from: this.#covers(cursor), until: this.#end() };
  }

  #end(): Instant {
    return this.#now + this.#options.aheadMs;
  }

  /** The index may still hide what was modified within the overlap before the stretch was fixed; everything older was shown. */
  #covers(cursor: PullCursor): Instant {
    if (cursor.phase !== 'window') return this.#now - this.#options.overlapMs;
    if (cursor.until === undefined) return cursor.from;
    return cursor.until - this.#options.aheadMs - this.#options.overlapMs;
  }

  async #step(cursor: PullCursor): Promise<Step | undefined> {
    if (cursor.phase === 'load') return this.#list(cursor);
    if (cursor.phase === 'instant') return this.#walkInstant(cursor);
    if (cursor.until !== undefined && cursor.from <= cursor.until) return this.#window(cursor, cursor.until);
    return undefined;
  }

  async #list(cursor: LoadCursor): Promise<Step> {
    const from = { after: cursor.after, archived: false, call: CALLS.list };
    const { records, after } = await listPage(this.#gateway, this.#lens, this.#properties, from);
    const sightings = await this.#sightings(records, true);
    if (after !== undefined) return { sightings, next: { ...cursor, after } };
    const { startedAt } = cursor;
    // A load that was broken off and taken up later goes straight on to what changed meanwhile.
    const until = this.#now > startedAt ? { until: this.#end() } : {};
    return { sightings, next: { phase: 'window', from: startedAt - this.#options.overlapMs, ...until } };
  }

  async #window(cursor: WindowCursor, until: Instant): Promise<Step> {
    const { from } = cursor;
    const limit = this.#options.searchPage;
    const page = await searchSince(this.#gateway, this.#lens, this.#properties, { from, until, limit });
    const sightings = await this.#sightings(this.#fresh(page.records), false);
    if (!page.more) return { sightings, next: { ...cursor, from: until + 1, until } };
    const anchor = this.#anchor(page.records, from);
    if (anchor > from) return { sightings, next: { ...cursor, from: anchor, until } };
    return { sightings, next: { phase: 'instant', at: from, afterId: '0', until } };
  }

  /** Where the next page starts: the earliest time near the end of this one, so that rows slightly out of order are not lost. */
  #anchor(records: readonly HubSpotRecord[], from: Instant): Instant {
    const slack = Math.min(SLACK, Math.ceil(this.#options.searchPage / 4));
    const times = records.slice(-slack).map((record) => modifiedAt(record, this.#lens.object));
    const usable = times.filter((time) => time >= from);
    return usable.length === 0 ? from : Math.min(...usable);
  }

  async #walkInstant({ at, afterId, until }: InstantCursor): Promise<Step> {
    const limit = this.#options.searchPage;
    const page = await searchInstant(this.#gateway, this.#lens, this.#properties, { at, afterId, limit });
    const sightings = await this.#sightings(this.#fresh(page.records), false);
    if (!page.more) return { sightings, next: { phase: 'window', from: at + 1, until } };
    const lastId = page.records
      .map(({ id }) => BigInt(id))
      .reduce((most, id) => (id > most ? id : most), BigInt(afterId));
    return { sightings, next: { phase: 'instant', at, afterId: String(lastId), until } };
  }

  #fresh(records: readonly HubSpotRecord[]): HubSpotRecord[] {
    if (this.#shown.size > REMEMBERED_ROWS) this.#shown.clear();
    return records.filter((record) => {
      const row = `${record.id}@${modifiedAt(record, this.#lens.object)}`;
      const known = this.#shown.has(row);
      this.#shown.add(row);
      return !known;
    });
  }

  /** With the values, where they were too many for the question that found the rows. */
  async #filled(records: readonly HubSpotRecord[]): Promise<readonly HubSpotRecord[]> {
    if (!this.#inTwoCalls) return records;
    const filled: HubSpotRecord[] = [];
    for (const batch of chunks(records, LIST_PAGE)) {
      filled.push(
        ...(await readBatch(
          this.#gateway,
          batch.map(({ id }) => id),
          this.#lens,
          false,
        )),
      );
    }
    return filled;
  }

  async #sightings(records: readonly HubSpotRecord[], listed: boolean): Promise<Sighting[]> {
    const call = CALLS.associations;
    const associations = await associationsOf(this.#gateway, this.#lens, records, { listed, call });
    const found = sightingsWithSwallowed(await this.#filled(records), this.#lens, associations);
    const sightings = found.toSorted((one, other) => one.modifiedAt - other.modifiedAt);
    if (listed) return sightings;
    return sightings.map((sighting) => ({ ...sighting, asOf: this.#now - this.#options.overlapMs }));
  }
}
