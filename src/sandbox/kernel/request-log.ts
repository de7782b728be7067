import type { System } from './faults.ts';

export type LoggedRequest = {
  /** Virtual epoch milliseconds at which the request arrived. */
  at: number;
  system: System;
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, string | string[]>;
  /** 0 where no answer was ever given (a stall or a cut connection). */
  status: number;
  ms: number;
  body?: unknown;
  user?: string;
};

export type RequestFilter = { system?: string; method?: string; path?: string };

const KEPT = 50_000;

/** What was asked of both systems. The newest requests are kept whole, all of them are counted. */
export class RequestLog {
  readonly #kept: number;
  #requests: LoggedRequest[] = [];
  #counts = new Map<string, number>();

  constructor(kept: number = KEPT) {
    this.#kept = kept;
  }

  note(request: LoggedRequest): void {
    this.#requests.push(request);
    // Dropping half at once keeps the cost of a note constant.
    if (this.#requests.length > this.#kept * 2) this.#requests = this.#requests.slice(-this.#kept);
    const kind = `${request.system} ${request.method} ${withoutIds(request.path)}`;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  list(filter: RequestFilter = {}): LoggedRequest[] {
    const { system, method, path } = filter;
    return this.#requests
      .slice(-this.#kept)
      .filter(
        (request) =>
          (system === undefined || request.system === system) &&
          (method === undefined || request.method === method.toUpperCase()) &&
          (path === undefined || request.path.includes(path)),
      );
  }

  clear(): void {
    this.#requests = [];
    this.#counts.clear();
  }

  /** How often each kind of request came, keyed `system METHOD path` with `:id` in the place of record ids. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}

function withoutIds(path: string): string {
  return path
    .split('/')
    .map((part) => (/^\d+$/.test(part) || /^(?=\D*\d)[a-zA-Z0-9]{15}([A-Z0-5]{3})?$/.test(part) ? ':id' : part))
    .join('/');
}
