import type { Crm } from '../../../src/ports/crm.ts';

/**
 * The life of the process that a connector runs in.
 *
 * A killed process runs no `catch` and no `finally`. So whoever dies inside a connector waits for ever there, and whoever called the
 * connector gets the cause of death instead; the connector has no chance to take it for a lost answer.
 */
export class Lifeline {
  readonly #waiting = new Set<(cause: unknown) => void>();
  #end: { readonly cause: unknown } | undefined;

  /** The process ends here and now. */
  end(cause: unknown): Promise<never> {
    this.#end ??= { cause };
    for (const reject of this.#waiting) reject(cause);
    this.#waiting.clear();
    return new Promise<never>(() => {});
  }

  /** Runs a part of the process for somebody outside, who outlives it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const { promise: death, reject } = Promise.withResolvers<never>();
    if (this.#end !== undefined) reject(this.#end.cause);
    else this.#waiting.add(reject);
    try {
      return await Promise.race(this.#end === undefined ? [death, work()] : [death]);
    } finally {
      this.#waiting.delete(reject);
    }
  }

  /** The same for what comes page by page. */
  async *pages<T>(open: () => AsyncIterable<T>): AsyncGenerator<T> {
    const pages = open()[Symbol.asyncIterator]();
    for (;;) {
      const page = await this.during(() => pages.next());
      if (page.done === true) return;
      yield page.value;
    }
  }
}

/** A CRM whose connector dies with the process. */
export function mortal(crm: Crm, life: Lifeline): Crm {
  return {
    system: crm.system,
    batchSize: crm.batchSize,
    signals: crm.signals,
    identity: () => life.during(() => crm.identity()),
    describe: (object) => life.during(() => crm.describe(object)),
    directory: () => life.during(() => crm.directory()),
    changesSince: (streams, now) => life.pages(() => crm.changesSince(streams, now)),
    survey: (object, now) => life.pages(() => crm.survey(object, now)),
    signalsSince: (signal, cursor, now) => life.pages(() => crm.signalsSince(signal, cursor, now)),
    history: (object, ids, fields) => life.during(() => crm.history(object, ids, fields)),
    read: (object, ids, fields, now) => life.during(() => crm.read(object, ids, fields, now)),
    findByKey: (object, keyField, keys, fields, now) =>
      life.during(() => crm.findByKey(object, keyField, keys, fields, now)),
    write: (effects) => life.during(() => crm.write(effects)),
    ensureFields: (object, fields) => life.during(() => crm.ensureFields(object, fields)),
    aheadMs: () => crm.aheadMs(),
    calls: () => crm.calls(),
    under: (purpose, work) => crm.under(purpose, work),
    takeBill: () => crm.takeBill(),
    callDay: (now) => crm.callDay(now),
    close: () => crm.close(),
  };
}
