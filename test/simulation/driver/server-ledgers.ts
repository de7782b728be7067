import pg from 'pg';
import { openPostgres } from '../../../src/ledger/open-postgres.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { freshLedgers } from './fresh-ledgers.ts';
import { PreparingClient } from './preparing-client.ts';

/** Ledgers one after another on a PostgreSQL server, in a database of their own, so that several can play on one server. */
export async function serverLedgers(server: string): Promise<() => Promise<Ledger>> {
  const name = `simulation_${crypto.randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = server.replace('/postgres?', `/${name}?`);
  return freshLedgers(await openPostgres(url, { Client: PreparingClient }));
}
