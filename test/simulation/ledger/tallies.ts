import { type EntityKind, SYSTEMS, type System } from '../../../src/domain/people/record.ts';
import type { Ledger, LedgerCounts } from '../../../src/ports/ledger.ts';
import { changesIn } from './changes.ts';
import { heldNow } from './gate.ts';
import { byColumns } from './order.ts';
import { seatOf } from './rows.ts';
import { placeOf } from './stages.ts';
import type { State } from './state.ts';

type Waiting = Awaited<ReturnType<Ledger['waiting']>>;
type Sides = LedgerCounts['deals'] & { readonly total: number };

/** See `Ledger.waiting`. */
export function waiting(state: State): Waiting {
  const under = changesIn(state, 'sending', 'unsure', 'acknowledged');
  const unconfirmed = (system: System) =>
    under.filter((row) => row.system === system && (row.state !== 'acknowledged' || row.read_back)).length;
  const approved = (system: System) => state.changes.by('state', `${system} approved`).length;
  return {
    unmatched: state.sightings.by('due', 'yes').length,
    dirty: state.entities.by('dirty', 'yes').length,
    approved: { hubspot: approved('hubspot'), salesforce: approved('salesforce') },
    unconfirmed: { hubspot: unconfirmed('hubspot'), salesforce: unconfirmed('salesforce') },
    parked: changesIn(state, 'parked').filter((row) => row.rests_until === null).length,
    held: { ...heldNow(state), unjudged: changesIn(state, 'planned').filter(({ held }) => held === null).length },
  };
}

/** See `Ledger.counts`. A person's stage is the one entered last. */
export function counts(state: State): LedgerCounts {
  const { total, both } = countEntities(state, 'person');
  const tasks = state.clocks.all().flatMap((clock) => clock.task_state ?? []);
  return {
    people: total,
    linkedOnBothSides: both,
    deals: sidesOf(countEntities(state, 'deal')),
    companies: sidesOf(countEntities(state, 'company')),
    stages: tally(lastStages(state)),
    changes: tally(state.changes.all().map((change) => change.state)),
    clocks: tally(state.clocks.all().map((clock) => clock.state)),
    tasks: {
      opened: tasks.filter((task) => task !== 'planned' && task !== 'queued').length,
      closed: tasks.filter((task) => task === 'closed').length,
    },
    findings: tally(state.findings.all().flatMap((row) => (row.closed_at === null ? [row.code] : []))),
  };
}

function lastStages(state: State): readonly string[] {
  return standing(state).flatMap(({ id }) => {
    const [last] = state.stages.by('entity', id).toSorted(
      byColumns(
        (row) => -row.entered_at,
        ({ stage }) => -placeOf(stage),
        ({ number }) => -number,
      ),
    );
    return last === undefined ? [] : [last.stage];
  });
}

/** Whoever has not become another. */
function standing(state: State) {
  return state.entities.all().filter((entity) => entity.merged_into === null);
}

/** By the systems that hold a current record of them. */
function countEntities(state: State, kind: EntityKind): Sides {
  const entities = standing(state).filter((entity) => entity.kind === kind);
  const held = entities.map(({ id }) =>
    SYSTEMS.filter((system) => state.links.by('seat', seatOf(id, system)).length > 0).join(' '),
  );
  const count = (systems: string) => held.filter((each) => each === systems).length;
  return {
    total: entities.length,
    both: count(SYSTEMS.join(' ')),
    hubspot: count('hubspot'),
    salesforce: count('salesforce'),
  };
}

function sidesOf({ both, hubspot, salesforce }: Sides): LedgerCounts['deals'] {
  return { both, hubspot, salesforce };
}

function tally(whats: readonly string[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(whats.toSorted(), (what) => what);
  return Object.fromEntries([...groups].map(([what, each]) => [what, each.length]));
}
