import type { Effect, Outcome } from '../../domain/people/change.ts';
import type { ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import { InvariantBroken } from '../../errors/errors.ts';
import type { Crm, CursorState, Identity, NewField } from '../../ports/crm.ts';
import { CALLS } from './calls.ts';
import { readDirectory } from './directory.ts';
import { ensureProperties } from './fields.ts';
import { Gateway } from './gateway.ts';
import { type HubSpotOptions, type HubSpotSettings, settle } from './options.ts';
import { PropertyTypes } from './property-types.ts';
import { Pull } from './pull.ts';
import { BATCH, readByIds, readByKey } from './read.ts';
import type { Lens } from './records.ts';
import { Refusal } from './refusal.ts';
import { schemaOf } from './schema.ts';
import { BatchWriter } from './write.ts';

/** HubSpot as Tasuki needs it. Several may be open in one process; they share nothing. */
export function openHubSpot(options: HubSpotOptions): Crm {
  return new HubSpot(settle(options));
}

class HubSpot implements Crm {
  readonly system = 'hubspot';
  readonly batchSize = BATCH;
  readonly #settings: HubSpotSettings;
  readonly #gateway: Gateway;
  readonly #types = new PropertyTypes((object) => this.#describe(object));

  constructor(settings: HubSpotSettings) {
    this.#settings = settings;
    this.#gateway = new Gateway(settings);
  }

  identity(): Promise<Identity> {
    return door(async () => {
      const account = await this.#gateway.call(CALLS.account, ({ plain }) => plain('/account-info/v3/details'));
      const { portalId, accountType } = account as { portalId?: unknown; accountType?: unknown };
      if (typeof portalId !== 'number' && typeof portalId !== 'string')
        throw new InvariantBroken('HubSpot does not tell which account the token belongs to');
      return {
        system: 'hubspot',
        account: String(portalId),
        user: null,
        name: `HubSpot ${String(portalId)} (${String(accountType)})`,
      };
    });
  }

  describe(object: ObjectName): Promise<ObjectSchema> {
    return door(async () => {
      const schema = this.#describe(object);
      await this.#types.keep(object, schema, undefined);
      return schema;
    });
  }

  directory() {
    return door(() => readDirectory(this.#gateway));
  }

  async *changesSince(object: ObjectName, fields: readonly string[], cursor: CursorState | undefined, now: Instant) {
    const lens = await door(() => this.#lens(object, fields, now));
    const pages = new Pull(this.#gateway, this.#settings.pull, lens).pages(cursor);
    for (;;) {
      const page = await door(() => pages.next());
      if (page.done === true) return;
      yield page.value;
    }
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

  calls() {
    return this.#gateway.counts();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #describe(object: ObjectName): Promise<ObjectSchema> {
    const found = await this.#gateway.call(CALLS.properties, ({ properties }) => properties.getAll(object, false));
    return schemaOf(object, found.results);
  }

  async #lens(object: ObjectName, fields: readonly string[], now: Instant | undefined): Promise<Lens> {
    return { object, fields, types: await this.#types.of(object, now), seenAt: now ?? 0 };
  }
}

/** A refusal that nobody inside knew how to take is a request that we should not have made. */
async function door<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      throw new InvariantBroken(`HubSpot refused a request of ours: ${error.message}`, { cause: error });
    throw error;
  }
}
