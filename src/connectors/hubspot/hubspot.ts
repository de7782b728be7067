import type { Purpose } from '../../domain/budget/purposes.ts';
import type { HistoryEntry, SignalName } from '../../domain/people/activity.ts';
import type { Effect, Outcome } from '../../domain/people/change.ts';
import type { ObjectName, ObjectSchema, Sighting } from '../../domain/people/record.ts';
import { isAssociation, TIE_FIELDS } from '../../domain/people/tie.ts';
import type { Instant } from '../../domain/values/value.ts';
import { InvariantBroken } from '../../errors/errors.ts';
import type { Crm, CursorState, Identity, NewField, SignalPage, Stream, StreamPage } from '../../ports/crm.ts';
import { portalDay } from './account-day.ts';
import { CALLS } from './calls.ts';
import { withPipelines } from './deal-stages.ts';
import { readDirectory } from './directory.ts';
import { door, throughDoor } from './door.ts';
import { ensureProperties } from './fields.ts';
import { Gateway, type Wire } from './gateway.ts';
import { readHistory } from './history.ts';
import { httpWire } from './http-wire.ts';
import { type HubSpotOptions, type HubSpotSettings, settle } from './options.ts';
import { OwnApp } from './own-app.ts';
import { PropertyTypes } from './property-types.ts';
import { Pull } from './pull.ts';
import { BATCH, readByIds, readByKey } from './read.ts';
import type { Lens } from './records.ts';
import { schemaOf } from './schema.ts';
import { READABLE_SIGNALS, readSignals } from './signals.ts';
import { surveyOf } from './survey.ts';
import { lacksScope } from './trouble.ts';
import { BatchWriter } from './write.ts';

/** HubSpot as Tasuki needs it. Several may be open in one process; they share nothing. */
export function openHubSpot(options: HubSpotOptions): Crm {
  const settings = settle(options);
  return hubSpotOver(httpWire(settings), settings);
}

/** The same over a wire that is not HTTP. */
export function hubSpotOver(wire: Wire, settings: HubSpotSettings): Crm {
  return new HubSpot(new Gateway(settings, wire), settings);
}

class HubSpot implements Crm {
  readonly system = 'hubspot';
  readonly batchSize = BATCH;
  readonly #settings: HubSpotSettings;
  readonly #gateway: Gateway;
  readonly signals = READABLE_SIGNALS;
  readonly #ownApp: OwnApp;
  /** `null`: not asked yet. */
  #timeZone: string | null = null;
  readonly #types = new PropertyTypes((object) => this.#describe(object));

  constructor(gateway: Gateway, settings: HubSpotSettings) {
    this.#settings = settings;
    this.#gateway = gateway;
    this.#ownApp = new OwnApp(this.#gateway);
  }

  identity(): Promise<Identity> {
    return door(async () => {
      const account = await this.#gateway.call(CALLS.account, ({ plain }) => plain('/account-info/v3/details'));
      const { portalId, accountType, timeZone } = account as Record<string, unknown>;
      if (typeof portalId !== 'number' && typeof portalId !== 'string')
        throw new InvariantBroken('HubSpot does not tell which account the token belongs to');
      this.#timeZone = typeof timeZone === 'string' ? timeZone : 'UTC';
      return {
        system: 'hubspot',
        account: String(portalId),
        user: null,
        name: `HubSpot ${String(portalId)} (${String(accountType)})`,
      };
    });
  }

  describe(object: ObjectName): Promise<ObjectSchema | null> {
    return door(async () => {
      try {
        const schema = this.#describe(object);
        await this.#types.keep(object, schema, undefined);
        await this.#probe(object);
        return await withPipelines(this.#gateway, object, await schema);
      } catch (error) {
        if (lacksScope(error)) return null;
        throw error;
      }
    });
  }

  directory() {
    return door(() => readDirectory(this.#gateway));
  }

  async *changesSince(streams: readonly Stream[], now: Instant): AsyncGenerator<StreamPage> {
    for (const { object, fields, cursor } of streams) {
      const lens = await door(() => this.#lens(object, fields, now));
      const pages = new Pull(this.#gateway, this.#settings.pull, lens).pages(cursor);
      for await (const page of throughDoor(pages)) yield { ...page, object };
    }
  }

  async *survey(object: ObjectName, now: Instant): AsyncGenerator<readonly Sighting[]> {
    const ties = (TIE_FIELDS[object] ?? []).filter((field) => isAssociation(field));
    yield* throughDoor(surveyOf(this.#gateway, { object, fields: ties, types: new Map(), seenAt: now }));
  }

  signalsSince(signal: SignalName, cursor: CursorState | undefined, now: Instant): AsyncGenerator<SignalPage> {
    return readSignals(this.#gateway, this.#settings, signal, { cursor, now });
  }

  history(object: ObjectName, ids: readonly string[], fields: readonly string[]): Promise<readonly HistoryEntry[]> {
    return door(async () => {
      if (ids.length === 0 || fields.length === 0) return [];
      const lens = await this.#lens(object, fields, undefined);
      return readHistory(this.#gateway, ids, lens, () => this.#ownApp.id());
    });
  }

  read(object: ObjectName, ids: readonly string[], fields: readonly string[], now: Instant) {
    return door(async () => readByIds(this.#gateway, ids, await this.#lens(object, fields, now)));
  }

  findByKey(object: ObjectName, keyField: string, keys: readonly string[], fields: readonly string[], now: Instant) {
    return door(async () => readByKey(this.#gateway, keyField, keys, await this.#lens(object, fields, now)));
  }

  write(effects: readonly Effect[]): Promise<readonly Outcome[]> {
    return door(async () => {
      const [first] = effects;
      if (first === undefined) return [];
      if (
        effects.length > BATCH ||
        effects.some(({ object, kind }) => object !== first.object || kind !== first.kind)
      ) {
        throw new InvariantBroken(`A batch holds up to ${BATCH} effects of one kind on one object`);
      }
      return new BatchWriter(this.#gateway, await this.#lens(first.object, [], undefined)).write(effects);
    });
  }

  ensureFields(object: ObjectName | 'Activity', fields: readonly NewField[]): Promise<readonly string[]> {
    if (object === 'Activity') return Promise.resolve([]);
    return door(async () => {
      const made = await ensureProperties(this.#gateway, object, fields);
      this.#types.forget(object);
      return made;
    });
  }

  aheadMs() {
    return this.#gateway.clock.aheadMs();
  }

  calls() {
    return this.#gateway.meter.counts();
  }

  under<T>(purpose: Purpose, work: () => Promise<T>): Promise<T> {
    return this.#gateway.meter.under(purpose, work);
  }

  takeBill() {
    return this.#gateway.meter.bill();
  }

  callDay(now: Instant) {
    if (this.#timeZone !== null) return portalDay(this.#timeZone, now);
    return { ...portalDay('UTC', now), assumed: true as const };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Properties may be shown to a token that may not see the records. Without contacts nothing goes, and the pull says so loudly enough. */
  async #probe(object: ObjectName): Promise<void> {
    if (object === 'contacts') return;
    await this.#gateway.call(CALLS.probe, ({ records }) => records.getPage(object, 1));
  }

  async #describe(object: ObjectName): Promise<ObjectSchema> {
    const found = await this.#gateway.call(CALLS.properties, ({ properties }) => properties.getAll(object, false));
    return schemaOf(object, found.results);
  }

  async #lens(object: ObjectName, fields: readonly string[], now: Instant | undefined): Promise<Lens> {
    return { object, fields, types: await this.#types.of(object, now), seenAt: now ?? 0 };
  }
}
