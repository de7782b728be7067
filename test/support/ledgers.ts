import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { ledgerIn, type OpenLedger, openLedger } from '../../src/ledger/open.ts';
import { type EmbeddedDatabase, openPglite } from '../../src/ledger/open-pglite.ts';
import { dumpSql } from '../simulation/ledger/dump-sql.ts';
import type { Picture } from '../simulation/ledger/picture.ts';

/** A ledger for a suite, with ways to look under it. `sql` answers with the first row; the ledger in memory has none. */
export type TestLedger = OpenLedger & {
  sql(text: string): Promise<Record<string, unknown>>;
  /** All that it holds. */
  tables(): Promise<Picture>;
  close(): Promise<void>;
};

export type OpenTestLedger = () => Promise<TestLedger>;

let shared: Promise<EmbeddedDatabase> | null = null;

/** A new embedded ledger: a fresh schema in the one instance of this file, since copying an instance takes a hundred times longer. */
export async function embeddedLedger(): Promise<TestLedger> {
  shared ??= ledgerSnapshot().then((snapshot) => openPglite({ folder: null, snapshot }));
  const database = await shared;
  await database.exclusively((on) => on.script('drop schema if exists tasuki cascade'));
  return withSql(await ledgerIn({ ...database, close: async () => {} }));
}

export async function ledgerSnapshot(): Promise<Blob> {
  return new Blob([await readFile(inject('ledgerSnapshot'))]);
}

/** A new database on the test server. */
export async function serverLedger(): Promise<TestLedger> {
  return withSql(await openLedger({ url: await newDatabase() }));
}

export async function newDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  if (server === null) throw new Error('There is no PostgreSQL server on this machine.');
  const name = `t${crypto.randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.replace('/postgres?', `/${name}?`);
}

async function withSql(open: OpenLedger): Promise<TestLedger> {
  const pool = await open.engine.openPool('public');
  const sql = async (text: string) => (await pool.query(text)).rows[0] ?? {};
  return {
    ...open,
    sql,
    tables: () => dumpSql(sql),
    async close() {
      await pool.end();
      await open.ledger.close();
    },
  };
}
