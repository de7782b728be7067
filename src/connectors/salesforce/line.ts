import type { Headed } from '../http/remote-clock.ts';
import type { CallKind } from './gateway.ts';

/** The requests we make. jsforce's `Connection` has these, and so has an org in the same process. */
export type Rest = {
  readonly version: string;
  requestGet<T = unknown>(path: string): PromiseLike<T>;
  requestPost<T = unknown>(path: string, body: object): PromiseLike<T>;
  request<T = unknown>(request: RestRequest): PromiseLike<T>;
};

export type RestRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** What carries calls: a login, and one exchange at a time (`http-line.ts`). Failures are `NoAnswer` and `BadAnswer`, or a login's own. */
export type Line = {
  /** The token in use, by which a caller later says which one was refused. */
  token(): Promise<string>;
  renew(refused: string): Promise<void>;
  /** The 18-character id of the user we are. */
  user(): Promise<string>;
  exchange<T>(kind: CallKind, work: (rest: Rest) => PromiseLike<T>): Promise<T>;
};

/** What a line tells whoever keeps count: each call as it leaves, and what an answer says of the day's allowance. */
export type Told = {
  readonly counted: (kind: CallKind) => void;
  readonly limitInfo: (header: string | undefined) => void;
  /** The headers of an answer, for the `Date` in them. */
  readonly dated: (headers: Headed) => void;
};

export type LineOver = (told: Told) => Line;
