import { to18 } from './ids.ts';

/** A record as Salesforce sends it. */
export type Row = Readonly<Record<string, unknown>>;

export function idOf(row: Row): string {
  return to18(String(row['Id']));
}
