import { HISTORY_OBJECTS, type ObjectName } from '../../domain/people/record.ts';
import type { Pace } from '../http/pace.ts';
import { type Described, readDescribe } from './described.ts';
import { type Gateway, isInvalidField, notVisible } from './gateway.ts';
import { CHILD_ROWS, isRecipients, RECIPIENTS_COLUMN } from './recipients.ts';

/** The columns of one SELECT: those we always need, and those of the asked fields that this user may see. */
export type Selection = {
  readonly object: ObjectName;
  readonly columns: readonly string[];
  readonly asked: readonly string[];
  /** Salesforce's own type of each asked field. */
  readonly types: ReadonlyMap<string, string>;
  /** The stamp that its rows are paged by. */
  readonly stamp: 'SystemModstamp' | 'CreatedDate';
  /** Only fields of the object itself: a collections retrieve can serve it, which knows neither parents nor children. */
  readonly plain: boolean;
};

/** Without these a record can be neither paged nor told apart from a deleted one. */
const ALWAYS = ['Id', 'CreatedDate', 'SystemModstamp', 'IsDeleted'];
/** Rows of a history are written once and never touched again: they carry no other stamp, and nobody deletes them. */
const ALWAYS_OF_HISTORY = ['Id', 'CreatedDate'];
/** Only some objects have them (nobody merges Tasks), and only some users see them. */
const WHERE_THERE = ['MasterRecordId', 'LastModifiedById'];

/** Longer than the hour after which the worker describes everything anew: in between, a describe would only spend the day's calls. */
const KEEP_MS = 2 * 60 * 60_000;

/**
 * What the integration user may see, kept until somebody describes it anew.
 *
 * A field without permission does not exist for the user, and one such field refuses a whole SELECT. So every field list is
 * cut to what describe shows, and described anew when Salesforce disagrees: permissions change while we run.
 */
export class Schemas {
  readonly #gateway: Gateway;
  readonly #pace: Pace;
  readonly #onInvisible: (object: ObjectName, field: string) => void;
  readonly #kept = new Map<string, { readonly at: number; readonly described: Described | null }>();
  readonly #reported = new Set<string>();

  constructor(gateway: Gateway, pace: Pace, onInvisible: (object: ObjectName, field: string) => void) {
    this.#gateway = gateway;
    this.#pace = pace;
    this.#onInvisible = onInvisible;
  }

  /** Looks anew; `null` when this user may not see such records. */
  async fresh(object: string): Promise<Described | null> {
    const described = await readDescribe(this.#gateway, object);
    this.#kept.set(object, { at: this.#pace.monotonic(), described });
    return described;
  }

  async known(object: string): Promise<Described | null> {
    const kept = this.#kept.get(object);
    const isFresh = kept !== undefined && this.#pace.monotonic() - kept.at < KEEP_MS;
    return isFresh ? kept.described : await this.fresh(object);
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
      return await run(await this.select(object, fields));
    } catch (failure) {
      if (!isInvalidField(failure)) throw failure;
      await this.fresh(object);
      return await run(await this.select(object, fields));
    }
  }

  /** Throws `CredentialsRejected` where not even the columns can be seen that every read needs. */
  async select(object: ObjectName, fields: readonly string[]): Promise<Selection> {
    const described = await this.known(object);
    if (described === null) throw notVisible(object);
    const isHistory = HISTORY_OBJECTS.includes(object);
    const always = isHistory ? ALWAYS_OF_HISTORY : ALWAYS;
    const missing = always.find((name) => !described.fields.has(name));
    if (missing !== undefined) throw notVisible(`${object}.${missing}`);
    const types = new Map<string, string>();
    for (const name of fields) {
      const type = await this.#typeOf(object, described, name);
      if (type === undefined) this.#report(object, name);
      else types.set(name, type);
    }
    const asked = [...types.keys()];
    const there = isHistory ? [] : WHERE_THERE.filter((name) => described.fields.has(name));
    const columns = asked.map((name) => (isRecipients(object, name) ? RECIPIENTS_COLUMN : name));
    return {
      object,
      columns: [...new Set([...always, ...there, ...columns])],
      asked,
      types,
      stamp: isHistory ? 'CreatedDate' : 'SystemModstamp',
      plain: !isHistory && asked.every((name) => described.fields.has(name)),
    };
  }

  /** The type of a field, of a field of its parent (`Campaign.Name`), or of the list of a mail's people; `undefined`: not to be seen. */
  async #typeOf(object: ObjectName, { fields, children }: Described, name: string): Promise<string | undefined> {
    if (isRecipients(object, name)) return children.has(CHILD_ROWS) ? 'string' : undefined;
    const [head, tail] = name.split('.');
    if (tail === undefined) return fields.get(name)?.type;
    const lookup = [...fields.values()].find(({ relationshipName }) => relationshipName === head);
    const [parent, ...others] = lookup?.referenceTo ?? [];
    // Where the parent may be one of several objects, none of them can tell what the field is.
    if (parent === undefined || others.length > 0) return undefined;
    return (await this.known(parent))?.fields.get(tail)?.type;
  }

  #report(object: ObjectName, field: string): void {
    const subject = `${object}.${field}`;
    if (!this.#reported.has(subject)) this.#onInvisible(object, field);
    this.#reported.add(subject);
  }
}
