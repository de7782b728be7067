import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueBy } from '../../src/ledger/entities.ts';
import { COLUMNS, LEFT_OUT, ORDER } from '../simulation/ledger/picture.ts';
import { contact, NOON } from '../support/ledger-cast.ts';
import type { OpenTestLedger, TestLedger } from '../support/ledgers.ts';
import { DUE_ONE_IN, openClocks } from '../support/open-clocks.ts';

const CLOCKS = 100_000;

/** A way to ask how a statement would be answered. */
const EXPLAIN = `create function tasuki_explain(statement text) returns setof text language plpgsql as
  $$ begin return query execute 'explain ' || statement; end $$`;

/** The statement as the database gets it, with its parameters written into it. */
function planned(statement: RawBuilder<unknown>): string {
  const { sql, parameters } = statement.compile(COMPILER);
  return parameters.reduceRight<string>(
    (text, value, nth) => text.replaceAll(`$${nth + 1}`, literal(String(value))),
    sql,
  );
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const COMPILER = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (on) => new PostgresIntrospector(on),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** What only a ledger with a database under it can get wrong: rules that the schema holds, and what a statement costs the process. */
export function sqlContract(open: OpenTestLedger): void {
  describe('the database under it', () => {
    let book: TestLedger;
    beforeEach(async () => {
      book = await open();
    });
    afterEach(() => book.close());

    it('nobody can rewrite what people did', async () => {
      await book.ledger.audit({ at: NOON, who: '佐藤', deed: 'setup', detail: { fields: 4 } });
      for (const rewrite of [
        `update tasuki.audit set who = '誰か'`,
        'delete from tasuki.audit',
        'truncate tasuki.audit',
      ]) {
        await expect(book.sql(rewrite)).rejects.toThrow('append-only');
      }
    });

    it('a signature stays as it was made, and so does the text that was signed', async () => {
      const signature = {
        role: 'sales-head',
        who: 'ken@example.co.jp',
        how: 'command line',
        user: 'ken',
        at: 0,
      } as const;
      const agreement = { hash: 'a1', version: '2026-11', effective: '2026-11-01', text: '{}' };
      await book.ledger.signAgreement(agreement, signature);
      await book.ledger.acknowledgeAgreement('a1', { who: 'aya@example.co.jp', user: 'aya', at: 0 });
      for (const rewrite of [
        `update tasuki.signature set who = 'nobody'`,
        'delete from tasuki.signature',
        `update tasuki.agreement_text set text = ''`,
        'delete from tasuki.agreement_text',
        'truncate tasuki.acknowledgement',
      ]) {
        await expect(book.sql(rewrite)).rejects.toThrow('append-only');
      }
    });

    it('every table says what it holds', async () => {
      const bare = `select string_agg(c.relname, ', ') as silent from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'tasuki' and c.relkind = 'r' and obj_description(c.oid) is null`;
      expect((await book.sql(bare))['silent']).toBeNull();
    });

    it('a tick over a hundred thousand open clocks looks them up by an index, and wakes the few whose time has come', async () => {
      await openClocks(book.sql, CLOCKS, NOON);
      await book.sql(EXPLAIN);
      const plan = await book.sql(
        `select string_agg(line, chr(10)) as plan from tasuki_explain(${literal(planned(dueBy(NOON)))}) as line`,
      );
      expect(plan['plan']).toMatch(/clock_wake/u);
      expect(plan['plan']).toMatch(/clock_unhandled/u);
      expect(plan['plan']).not.toMatch(/Seq Scan on clock/u);
      expect(await book.ledger.wakeClocks(NOON)).toBe(CLOCKS / DUE_ONE_IN);
    });

    it('pages of sightings are noted without holding up the event loop', async () => {
      let turns = 0;
      const timer = setInterval(() => (turns += 1), 5);
      const people = Array.from({ length: 4_000 }, (_, nth) => contact(`${nth}`, { email: `p${nth}@example.co.jp` }));
      for (let from = 0; from < people.length; from += 400)
        await book.ledger.noteSightings(people.slice(from, from + 400), []);
      clearInterval(timer);
      expect((await book.ledger.waiting()).unmatched).toBe(4_000);
      expect(turns).toBeGreaterThan(5);
    });

    it('every column is in the picture by which ledgers are compared, or is left out by name', async () => {
      const known = Object.entries(COLUMNS).flatMap(([table, columns]) =>
        columns.map((column) => `${table}.${column}`),
      );
      const ordering = Object.entries(ORDER).map(([table, column]) => `${table}.${column}`);
      const told = await book.sql(`select string_agg(table_name || '.' || column_name, ' ') as columns
        from information_schema.columns where table_schema = 'tasuki' and table_name <> 'migration'`);
      const columns = String(told['columns']).split(' ');
      expect(columns.toSorted()).toEqual([...new Set([...known, ...ordering, ...LEFT_OUT])].toSorted());
    });
  });
}
