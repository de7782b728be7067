import { createHash } from 'node:crypto';
import pg from 'pg';

const NAMES = new Map<string, string>();

type Query = (text: unknown, values?: unknown, ...rest: readonly unknown[]) => unknown;

/** A connection on which the server reads and plans each statement once: thousands of short histories ask the same ones. */
export class PreparingClient extends pg.Client {
  override query = ((text, values, ...rest) => {
    const query = super.query.bind(this) as Query;
    if (typeof text !== 'string' || !Array.isArray(values)) return query(text, values, ...rest);
    return query({ name: nameOf(text), text, values }, ...rest);
  }) as Query as pg.Client['query'];
}

/** PostgreSQL cuts names after 63 bytes. */
function nameOf(text: string): string {
  const name = NAMES.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
  NAMES.set(text, name);
  return name;
}
