import { sql } from 'kysely';
import type { Ledger } from '../ports/ledger.ts';
import { stamp } from './json.ts';
import { affect, firstRow, type Session } from './session.ts';

type Kind = 'agreement' | 'config';
type Version = { readonly hash: string; readonly label: string; readonly text: string };

const TABLES = { agreement: sql.raw('tasuki.agreement_version'), config: sql.raw('tasuki.config_version') } as const;

/** See `Ledger.rememberConfig`. Going back to an old version puts it in force again; the one in force stays without a trace. */
export async function rememberConfig(on: Session, version: Parameters<Ledger['rememberConfig']>[0]): Promise<void> {
  const { kind, hash, label, text, at } = version;
  if ((await configInForce(on, kind))?.hash === hash) return;
  await affect(
    on,
    sql`
      insert into ${TABLES[kind]} (hash, label, text, first_seen_at, in_force_at, in_force_order)
      values (${hash}, ${label}, ${text}, ${stamp(at)}, ${stamp(at)}, nextval('tasuki.version_order'))
      on conflict (hash) do update set label = excluded.label, in_force_at = excluded.in_force_at, in_force_order = excluded.in_force_order`,
  );
}

export async function configInForce(on: Session, kind: Kind): Promise<Version | null> {
  const row = await firstRow(
    on,
    sql<Version>`select hash, label, text from ${TABLES[kind]} order by in_force_order desc limit 1`,
  );
  return row ?? null;
}
