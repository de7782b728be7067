import type { Snapshot } from '../records/record.ts';

type Document = { snapshot: Snapshot; isMoved: boolean; isGone: boolean };
type Pending = { readonly snapshot: Snapshot; readonly dueAt: number; readonly sequence: number };

/**
 * What search can see: each record as it stood some seconds ago. A write becomes visible when its own delay is over, so
 * search trails behind reads, and two records may show up in another order than they were written.
 */
export class SearchIndex {
  readonly #documents = new Map<string, Document>();
  readonly #shown = new Map<string, number>();
  #pending: Pending[] = [];
  #nextDue = Infinity;
  #sequence = 0;
  #lastDue = 0;
  #byModified: Document[] = [];
  #moved: Document[] = [];
  #byCreation: Document[] | undefined;
  /** Changes whenever an answer could. */
  generation = 0;

  /** A version of a record, to be seen at `dueAt`; not before an earlier write if the order is to be kept. */
  note(snapshot: Snapshot, dueAt: number, inOrder: boolean): void {
    const due = inOrder ? Math.max(dueAt, this.#lastDue) : dueAt;
    this.#lastDue = Math.max(this.#lastDue, due);
    this.#sequence += 1;
    this.#pending.push({ snapshot, dueAt: due, sequence: this.#sequence });
    this.#nextDue = Math.min(this.#nextDue, due);
  }

  /** At once, as for records that were there before the story begins. */
  show(snapshot: Snapshot): void {
    this.#sequence += 1;
    this.#apply({ snapshot, dueAt: 0, sequence: this.#sequence });
  }

  forget(id: string): void {
    this.#pending = this.#pending.filter((pending) => pending.snapshot.id !== id);
    this.#remove(id);
  }

  settle(now: number): void {
    if (this.#nextDue > now) return;
    const due = this.#pending.filter((pending) => pending.dueAt <= now);
    this.#pending = this.#pending.filter((pending) => pending.dueAt > now);
    this.#nextDue = this.#pending.reduce((least, pending) => Math.min(least, pending.dueAt), Infinity);
    for (const pending of due) this.#apply(pending);
  }

  /** By modified date, oldest first; equal dates in an order that has nothing to do with ids. */
  byModified(): readonly { readonly snapshot: Snapshot }[] {
    if (this.#moved.length > 0) {
      const fresh = [...new Set(this.#moved)].filter((document) => !document.isGone).sort(compareModified);
      const settled = this.#byModified.filter((document) => !document.isMoved && !document.isGone);
      this.#byModified = merged(settled, fresh);
      for (const document of this.#moved) document.isMoved = false;
      this.#moved = [];
    }
    return this.#byModified;
  }

  byCreation(): readonly { readonly snapshot: Snapshot }[] {
    this.#byCreation ??= [...this.#documents.values()].sort(
      (left, right) =>
        left.snapshot.createdAt - right.snapshot.createdAt || left.snapshot.number - right.snapshot.number,
    );
    return this.#byCreation;
  }

  #apply({ snapshot, sequence }: Pending): void {
    // A slow older version must not overwrite a quick newer one.
    if ((this.#shown.get(snapshot.id) ?? 0) > sequence) return;
    this.#shown.set(snapshot.id, sequence);
    if (snapshot.archivedAt !== undefined) return this.#remove(snapshot.id);
    this.generation += 1;
    let document = this.#documents.get(snapshot.id);
    if (document === undefined) {
      document = { snapshot, isMoved: true, isGone: false };
      this.#documents.set(snapshot.id, document);
      this.#byCreation = undefined;
    } else {
      document.snapshot = snapshot;
      document.isMoved = true;
    }
    this.#moved.push(document);
  }

  #remove(id: string): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    this.generation += 1;
    document.isGone = true;
    this.#documents.delete(id);
    this.#moved.push(document);
    this.#byCreation = undefined;
  }
}

function compareModified(left: Document, right: Document): number {
  return (
    left.snapshot.modifiedAt - right.snapshot.modifiedAt ||
    scattered(left.snapshot.number) - scattered(right.snapshot.number)
  );
}

function scattered(number: number): number {
  return Math.imul(number, 2_654_435_761) >>> 0;
}

function merged(left: Document[], right: Document[]): Document[] {
  if (right.length === 0) return left;
  const result: Document[] = [];
  let next = 0;
  for (const document of left) {
    while (next < right.length && compareModified(right[next] as Document, document) < 0) {
      result.push(right[next] as Document);
      next += 1;
    }
    result.push(document);
  }
  for (; next < right.length; next += 1) result.push(right[next] as Document);
  return result;
}
