import type { ObjectName, ObjectSchema } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { PropertyType } from './values.ts';

/** Types are read again by a pull when they are older than this. */
const STALE_MS = 3_600_000;

type Known = { readonly types: Promise<ReadonlyMap<string, PropertyType>>; at: Instant | undefined };

/** The types by which values are translated: read once for all who ask at the same time, and again when they may have changed. */
export class PropertyTypes {
  readonly #describe: (object: ObjectName) => Promise<ObjectSchema>;
  readonly #known = new Map<ObjectName, Known>();

  constructor(describe: (object: ObjectName) => Promise<ObjectSchema>) {
    this.#describe = describe;
  }

  /** A write, which has no `now`, takes the types it finds. */
  of(object: ObjectName, now: Instant | undefined): Promise<ReadonlyMap<string, PropertyType>> {
    const known = this.#known.get(object);
    if (known === undefined) return this.keep(object, this.#describe(object), now);
    // Who described them could not tell the time; the first who can is taken to come right after.
    known.at ??= now;
    const isStale = now !== undefined && known.at !== undefined && now - known.at > STALE_MS;
    return isStale ? this.keep(object, this.#describe(object), now) : known.types;
  }

  /** Takes over a schema that is being read anyway. One that cannot be read is forgotten. */
  keep(object: ObjectName, schema: Promise<ObjectSchema>, now: Instant | undefined): Known['types'] {
    const types = schema.then(({ fields }) => new Map(fields.map(({ name, type }) => [name, type])));
    this.#known.set(object, { types, at: now });
    types.catch(() => this.#known.delete(object));
    return types;
  }

  forget(object: ObjectName): void {
    this.#known.delete(object);
  }
}
