import pg from 'pg';
import { startPostgres } from '../support/postgres-server.ts';

/** Where the ledgers of a bench are: `next` gives each company a new one. */
export type Databases = {
  /** `null`: embedded, in the worker's process. */
  next(): Promise<string | null>;
  close(): Promise<void>;
};

export const EMBEDDED: Databases = { next: async () => null, close: async () => {} };

/** New databases on this server, dropped in the end; `null` starts a server of our own in a temporary folder. */
export async function onServer(given: string | null): Promise<Databases> {
  const own = given === null ? await startPostgres() : null;
  const url = given ?? own?.url ?? '';
  const made: string[] = [];
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    async next() {
      const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`;
      await run(`create database ${name}`);
      made.push(name);
      return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/u, `$1${name}`);
    },
    async close() {
      for (const name of made) await run(`drop database if exists ${name} with (force)`);
      await own?.stop();
    },
  };
}
