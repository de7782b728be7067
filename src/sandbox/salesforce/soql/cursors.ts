import { refuse } from '../failure.ts';
import { DAY_MS } from '../stamps.ts';
import type { OrgState } from '../state.ts';
import type { Answer } from './query.ts';

export type Rows = Extract<Answer, { kind: 'rows' }>;
type Cursor = { answer: Rows; pageSize: number; openedAt: number };

const LIFETIME_MS = 2 * DAY_MS;
const LOCATOR = /^(01g[A-Za-z0-9]{15})-(\d+)$/;

/** Open query results. A page may be read again as often as needed until two days have passed. */
export class Cursors {
  readonly #state: OrgState;
  #open = new Map<string, Cursor>();

  constructor(state: OrgState) {
    this.#state = state;
  }

  open(answer: Rows, pageSize: number): string {
    for (const [old, cursor] of this.#open) if (this.#isExpired(cursor)) this.#open.delete(old);
    const id = this.#state.tables.mint.mint('01g');
    this.#open.set(id, { answer, pageSize, openedAt: this.#state.now() });
    return id;
  }

  find(locator: string): Cursor & { id: string; offset: number } {
    const [, id = '', offset = '0'] = LOCATOR.exec(locator) ?? [];
    const cursor = this.#open.get(id);
    if (cursor === undefined || this.#isExpired(cursor)) {
      throw refuse(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return { ...cursor, id, offset: Number(offset) };
  }

  clear(): void {
    this.#open.clear();
  }

  #isExpired(cursor: Cursor): boolean {
    return cursor.openedAt + LIFETIME_MS <= this.#state.now();
  }
}
