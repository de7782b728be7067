import type { ObjectName } from '../../domain/people/record.ts';
import type { Pace } from '../http/pace.ts';
import { type Gateway, isInvalidField, notVisible } from './gateway.ts';

/** What Salesforce says of one field, as far as we use it. */
export type DescribedField = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly unique?: boolean;
  readonly externalId?: boolean;
  readonly restrictedPicklist?: boolean;
  readonly picklistValues?: readonly {
    readonly value: string;
    readonly label: string | null;
    readonly active: boolean;
  }[];
};

export type Described = ReadonlyMap<string, DescribedField>;

/** The columns of one SELECT: those we always need, and those of the asked fields that this user may see. */
export type Selection = {
  readonly object: ObjectName;
  readonly columns: readonly string[];
  readonly asked: readonly string[];
  readonly types: Described;
};

/** Without these a record can be neither paged nor told apart from a deleted one. */
const ALWAYS = ['Id', 'CreatedDate', 'SystemModstamp', 'IsDeleted'];
/** Only some objects have them (nobody merges Tasks), and only some users see them. */
const WHERE_THERE = ['MasterRecordId', 'LastModifiedById'];
/** Compound fields are not single values; their parts are fields of their own. */
const COMPOUND: ReadonlySet<string> = new Set(['address', 'location', 'base64', 'complexvalue']);

const KEEP_MS = 15 * 60_000;

/**
 * What the integration user may see, kept for a quarter of an hour.
 *
 * A field without permission does not exist for the user, and one such field refuses a whole SELECT. So every field list is
 * cut to what describe shows, and described anew when Salesforce disagrees: permissions change while we run.
 */
export class Schemas {
  readonly #gateway: Gateway;
  readonly #pace: Pace;
  readonly #onInvisible: (object: ObjectName, field: string) => void;
  readonly #kept = new Map<ObjectName, { readonly at: number; readonly fields: Described }>();
  readonly #reported = new Set<string>();

  constructor(gateway: Gateway, pace: Pace, onInvisible: (object: ObjectName, field: string) => void) {
    this.#gateway = gateway;
    this.#pace = pace;
    this.#onInvisible = onInvisible;
  }

  async fresh(object: ObjectName): Promise<Described> {
    const described = await this.#gateway.read('describe', (connection) =>
      connection.requestGet<{ fields: readonly DescribedField[] }>(`/sobjects/${object}/describe`),
    );
    const fields = new Map(
      described.fields.filter(({ type }) => !COMPOUND.has(type)).map((field) => [field.name, field]),
    );
    this.#kept.set(object, { at: this.#pace.monotonic(), fields });
    return fields;
  }

  async known(object: ObjectName): Promise<Described> {
    const kept = this.#kept.get(object);
    return kept !== undefined && this.#pace.monotonic() - kept.at < KEEP_MS ? kept.fields : await this.fresh(object);
  }

  forget(): void {
    this.#kept.clear();
    this.#reported.clear();
  }

  /** Runs a read with the fields that can be seen, and once more after a fresh look if one of them has gone. */
  async selecting<T>(
    object: ObjectName,
    fields: readonly string[],
    run: (selection: Selection) => Promise<T>,
  ): Promise<T> {
    try {
      return await run(this.#select(object, fields, await this.known(object)));
    } catch (failure) {
      if (!isInvalidField(failure)) throw failure;
      return await run(this.#select(object, fields, await this.fresh(object)));
    }
  }

  #select(object: ObjectName, fields: readonly string[], types: Described): Selection {
    const missing = ALWAYS.find((name) => !types.has(name));
    if (missing !== undefined) throw notVisible(`${object}.${missing}`);
    const asked = [...new Set(fields)].filter((name) => types.has(name) || this.#report(object, name));
    const columns = [...new Set([...ALWAYS, ...WHERE_THERE.filter((name) => types.has(name)), ...asked])];
    return { object, columns, asked, types };
  }

  #report(object: ObjectName, field: string): false {
    const subject = `${object}.${field}`;
    if (!this.#reported.has(subject)) this.#onInvisible(object, field);
    this.#reported.add(subject);
    return false;
  }
}
