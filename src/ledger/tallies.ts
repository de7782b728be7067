import { type RawBuilder, sql } from 'kysely';
import type { EntityKind, System } from '../domain/people/record.ts';
import type { Ledger, LedgerCounts } from '../ports/ledger.ts';
import { heldNow } from './approval-gate.ts';
import { firstRow, rows, type Session } from './session.ts';
import { FUNNEL_RANK } from './stages.ts';

type Waiting = Awaited<ReturnType<Ledger['waiting']>>;

/** See `Ledger.waiting`. */
export async function waiting(on: Session): Promise<Waiting> {
  const row = await firstRow(
    on,
    sql<{ unmatched: number; dirty: number; parked: number; unjudged: number }>`
      select (select count(*) from tasuki.sighting where match_due) as unmatched,
        (select count(*) from tasuki.entity where dirty_version > planned_version) as dirty,
        (select count(*) from tasuki.change where state = 'planned' and held is null) as unjudged,
        (select count(*) from tasuki.change where state = 'parked' and rests_until is null) as parked`,
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
    unmatched: row?.unmatched ?? 0,
    dirty: row?.dirty ?? 0,
    parked: row?.parked ?? 0,
    held: { ...(await heldNow(on)), unjudged: row?.unjudged ?? 0 },
    approved: bySystem('approved'),
    unconfirmed: bySystem('unconfirmed'),
  };
}

/** See `Ledger.counts`. A person's stage is the one entered last. */
export async function counts(on: Session): Promise<LedgerCounts> {
  const entities = await countEntities(on);
  const tasks = await firstRow(
    on,
    sql<{ opened: number; closed: number }>`
      select count(*) filter (where task_state in ('open', 'closed', 'removed')) as opened,
        count(*) filter (where task_state = 'closed') as closed from tasuki.clock`,
  );
  const { both, total } = entities.person;
  return {
    people: total,
    linkedOnBothSides: both,
    deals: sidesOf(entities.deal),
    companies: sidesOf(entities.company),
    stages: await tally(
      on,
      sql`
        select distinct on (s.entity) s.stage as what from tasuki.stage_entry s join tasuki.entity e on e.id = s.entity
        where e.merged_into is null order by s.entity, s.entered_at desc, ${FUNNEL_RANK} desc, s.number desc`,
    ),
    changes: await tally(on, sql`select state as what from tasuki.change`),
    clocks: await tally(on, sql`select state as what from tasuki.clock`),
    tasks: { opened: tasks?.opened ?? 0, closed: tasks?.closed ?? 0 },
    findings: await tally(on, sql`select code as what from tasuki.finding where closed_at is null`),
  };
}

type Sides = LedgerCounts['deals'] & { readonly total: number };

/** By the systems that hold a current record of them. */
async function countEntities(on: Session): Promise<Readonly<Record<EntityKind, Sides>>> {
  const found = await rows(
    on,
    sql<Sides & { kind: EntityKind }>`
      select e.kind, count(*) as total, count(*) filter (where l.hubspot and l.salesforce) as both,
        count(*) filter (where l.hubspot and not l.salesforce) as hubspot, count(*) filter (where l.salesforce and not l.hubspot) as salesforce
      from tasuki.entity e left join (
        select entity, bool_or(system = 'hubspot') as hubspot, bool_or(system = 'salesforce') as salesforce
        from tasuki.link where role = 'current' group by entity
      ) l on l.entity = e.id
      where e.merged_into is null group by e.kind`,
  );
  const of = (kind: EntityKind) =>
    found.find((row) => row.kind === kind) ?? { total: 0, both: 0, hubspot: 0, salesforce: 0 };
  return { person: of('person'), deal: of('deal'), company: of('company') };
}

function sidesOf({ both, hubspot, salesforce }: Sides): LedgerCounts['deals'] {
  return { both, hubspot, salesforce };
}

async function tally(on: Session, whats: RawBuilder<unknown>): Promise<Readonly<Record<string, number>>> {
  const found = await rows(
    on,
    sql<{ what: string; times: number }>`select what, count(*) as times from (${whats}) w group by what order by what`,
  );
  return Object.fromEntries(found.map(({ what, times }) => [what, times]));
}
