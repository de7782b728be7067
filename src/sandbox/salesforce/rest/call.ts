import type { Actor } from '../dml/actor.ts';
import type { Body } from '../dml/prepare.ts';
import { notFound, refuse } from '../failure.ts';
import type { Cursors } from '../soql/cursors.ts';
import type { OrgState } from '../state.ts';
import type { Table } from '../store/table.ts';

/** One REST call, whether it came by HTTP or as a part of a composite request. */
export type Call = {
  state: OrgState;
  cursors: Cursors;
  userId: string;
  /** `/services/data/v68.0` */
  base: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string | undefined>>;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
  /** Runs another call of the same user; composite uses it for its parts. */
  dispatch: Dispatch;
};

export type Dispatch = (part: { method: string; url: string; body: unknown; headers: Call['headers'] }) => Reply;
export type Reply = { status: number; body?: unknown; headers?: Record<string, string> };
export type Route = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; run: (call: Call) => Reply };

export function actorOf({ state, userId, headers }: Call): Actor {
  const assign = String(headers['sforce-auto-assign'] ?? 'TRUE').toUpperCase();
  const duplicates = String(headers['sforce-duplicate-rule-header'] ?? '');
  return {
    userId,
    access: state.access(userId),
    autoAssign: assign !== 'FALSE',
    allowSave: /allowSave\s*=\s*true/i.test(duplicates),
    screen: false,
    past: false,
  };
}

/** The table of `/sobjects/{type}`; objects of the tooling side are not found on the data side. */
export function tableOf({ state, params, base }: Call): Table {
  const table = state.tables.find(params['type'] ?? '');
  const isTooling = base.endsWith('/tooling');
  const isThere = table !== undefined && state.has(table.object);
  if (!isThere || (table.object.traits.tooling === true) !== isTooling) throw notFound();
  return table;
}

export function bodyOf(call: Call): Body {
  if (typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body)) return call.body as Body;
  throw refuse(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, but this request has no entity body.');
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const noContent = (): Reply => ({ status: 204 });
