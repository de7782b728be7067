import type { Snapshot, StoredRecord } from './record.ts';
import { SortedNumbers } from './sorted-numbers.ts';

/** The records of one object, by id and by every unique value. */
export class RecordStore {
  readonly #records = new Map<string, StoredRecord>();
  readonly #holders = new Map<string, Map<string, string>>();
  readonly #absorbed = new Map<string, string>();
  readonly live = new SortedNumbers();
  readonly archived = new SortedNumbers();
  /** E-mails of people who asked to be forgotten: they may not come back through the API. */
  readonly forgottenEmails = new Set<string>();

  add(record: StoredRecord): void {
    this.#records.set(record.id, record);
    (record.snapshot.archivedAt === undefined ? this.live : this.archived).add(record.snapshot.number);
  }

  get(id: string): StoredRecord | undefined {
    return this.#records.get(id);
  }

  getLive(id: string): StoredRecord | undefined {
    const record = this.#records.get(id);
    return record?.snapshot.archivedAt === undefined ? record : undefined;
  }

  all(): IterableIterator<StoredRecord> {
    return this.#records.values();
  }

  /** Up to `count` records in the order of their ids. */
  page(archived: boolean, start: number, count: number): StoredRecord[] {
    const numbers = (archived ? this.archived : this.live).from(start, count);
    return numbers.map((number) => this.#records.get(String(number)) as StoredRecord);
  }

  markArchived(record: StoredRecord, at: number): void {
    this.live.remove(record.snapshot.number);
    this.archived.add(record.snapshot.number);
    record.snapshot = { ...record.snapshot, archivedAt: at };
  }

  purge(record: StoredRecord): void {
    this.#records.delete(record.id);
    this.live.remove(record.snapshot.number);
    this.archived.remove(record.snapshot.number);
  }

  noteAbsorbed(id: string, survivor: string): void {
    this.#absorbed.set(id, survivor);
  }

  /** The record that holds what once was `id`, through any number of merges. */
  survivorOf(id: string): StoredRecord | undefined {
    let survivor = this.#absorbed.get(id);
    while (survivor !== undefined && this.#absorbed.has(survivor)) survivor = this.#absorbed.get(survivor);
    return survivor === undefined ? undefined : this.getLive(survivor);
  }

  holder(property: string, value: string): StoredRecord | undefined {
    const id = this.#holders.get(property)?.get(uniqueKey(property, value));
    return id === undefined ? undefined : this.#records.get(id);
  }

  claim(snapshot: Snapshot, uniqueProperties: readonly string[]): void {
    for (const property of uniqueProperties) {
      for (const value of uniqueValues(snapshot, property)) {
        let holders = this.#holders.get(property);
        if (holders === undefined) this.#holders.set(property, (holders = new Map()));
        holders.set(uniqueKey(property, value), snapshot.id);
      }
    }
  }

  release(snapshot: Snapshot, uniqueProperties: readonly string[]): void {
    for (const property of uniqueProperties) {
      const holders = this.#holders.get(property);
      for (const value of uniqueValues(snapshot, property)) {
        const key = uniqueKey(property, value);
        if (holders?.get(key) === snapshot.id) holders.delete(key);
      }
    }
  }
}

export function uniqueKey(property: string, value: string): string {
  return property === 'email' ? value.toLowerCase() : value;
}

/** A contact answers to its additional e-mails too. */
function uniqueValues(snapshot: Snapshot, property: string): string[] {
  const values = [snapshot.values.get(property) ?? ''];
  if (property === 'email') values.push(...(snapshot.values.get('hs_additional_emails') ?? '').split(';'));
  return values.filter((value) => value !== '');
}
