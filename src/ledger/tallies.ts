import { type RawBuilder, sql } from 'kysely';
import type { System } from '../domain/people/record.ts';
import type { Ledger, LedgerCounts } from '../ports/ledger.ts';
import { firstRow, rows, type Session } from './session.ts';

type Waiting = Awaited<ReturnType<Ledger['waiting']>>;

/** See `Ledger.waiting`. */
export async function waiting(on: Session): Promise<Waiting> {
  const row = await firstRow(
    on,
    sql<{ unmatched: number; dirty: number; parked: number }>`
      select (select count(*) from tasuki.sighting where match_due) as unmatched,
        (select count(*) from tasuki.person where dirty_version > planned_version) as dirty,
        (select count(*) from tasuki.change where state = 'parked') as parked`,
  );
  const under = await rows(
    on,
    sql<{ system: System; approved: number; unconfirmed: number }>`
      select system, count(*) filter (where state = 'approved') as approved,
        count(*) filter (where state in ('sending', 'unsure') or (state = 'acknowledged' and read_back)) as unconfirmed
      from tasuki.change where state in ('approved', 'sending', 'unsure', 'acknowledged') group by system`,
  );
  const bySystem = (what: 'approved' | 'unconfirmed') => ({
    hubspot: under.find(({ system }) => system === 'hubspot')?.[what] ?? 0,
    salesforce: under.find(({ system }) => system === 'salesforce')?.[what] ?? 0,
  });
  return {
    unmatched: 0,
    dirty: 0,
    parked: 0,
    ...row,
    approved: bySystem('approved'),
    unconfirmed: bySystem('unconfirmed'),
  };
}

/** See `Ledger.counts`. A person's stage is the one entered last. */
export async function counts(on: Session): Promise<LedgerCounts> {
  const people = await firstRow(
    on,
    sql<{ people: number; both: number; opened: number; closed: number }>`
      select (select count(*) from tasuki.person) as people,
        (select count(*) from tasuki.link h join tasuki.link s using (person)
          where h.system = 'hubspot' and s.system = 'salesforce' and h.role = 'current' and s.role = 'current') as both,
        (select count(*) from tasuki.clock where task_state in ('open', 'closed', 'removed')) as opened,
        (select count(*) from tasuki.clock where task_state = 'closed') as closed`,
  );
  return {
    people: people?.people ?? 0,
    linkedOnBothSides: people?.both ?? 0,
    stages: await tally(
      on,
      sql`select distinct on (person) stage as what from tasuki.stage_entry order by person, entered_at desc, number desc`,
    ),
    changes: await tally(on, sql`select state as what from tasuki.change`),
    clocks: await tally(on, sql`select state as what from tasuki.clock`),
    tasks: { opened: people?.opened ?? 0, closed: people?.closed ?? 0 },
    findings: await tally(on, sql`select code as what from tasuki.finding where closed_at is null`),
  };
}

async function tally(on: Session, whats: RawBuilder<unknown>): Promise<Readonly<Record<string, number>>> {
  const found = await rows(
    on,
    sql<{ what: string; times: number }>`select what, count(*) as times from (${whats}) w group by what order by what`,
  );
  return Object.fromEntries(found.map(({ what, times }) => [what, times]));
}
