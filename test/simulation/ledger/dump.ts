import type { DirectoryEntry } from '../../../src/domain/people/record.ts';
import type { Tie } from '../../../src/domain/people/tie.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { stateOf } from './memory-ledger.ts';
import { byColumns } from './order.ts';
import { type Picture, pictureOf, type TableName } from './picture.ts';
import type { State } from './state.ts';

/** What a ledger in memory holds; see `dumpSql` for the same of one on a database. */
export function dump(ledger: Ledger): Picture {
  const state = stateOf(ledger);
  return pictureOf((name) => TABLES[name](state));
}

const TABLES: Readonly<Record<TableName, (state: State) => readonly object[]>> = {
  entity: ({ entities }) => numbered(entities.all()),
  link: ({ links }) => links.all(),
  rival: ({ rivals }) => rivals.all(),
  sighting: ({ sightings }) => sightings.all(),
  tie: ({ ties }) => ties.all().map(tieColumns),
  base: ({ bases }) => bases.all(),
  activity: ({ activities }) => activities.all(),
  fact: ({ facts }) => numbered(facts.all()),
  change: ({ changes }) => numbered(changes.all()),
  stage_entry: ({ stages }) => numbered(stages.all()),
  scope_move: ({ scopes }) => numbered(scopes.all()),
  clock: ({ clocks }) => clocks.all(),
  message: ({ messages }) => messages.all(),
  finding: ({ findings }) => numbered(findings.all()),
  rotation: ({ settings }) => [{ handed_out: settings.get('rotation')?.value ?? {} }],
  shown_write: ({ shown }) => numbered(shown.all()),
  directory: ({ directory }) => directory.all().map(directoryColumns),
  schema_snapshot: ({ schemas }) => schemas.all(),
  cursor: ({ cursors }) => cursors.all(),
  agreement_version: (state) => versions(state, 'agreement'),
  config_version: (state) => versions(state, 'config'),
  agreement_text: ({ agreements }) => numbered(agreements.all()),
  signature: ({ signatures }) => numbered(signatures.all()),
  acknowledgement: ({ acknowledgements }) => numbered(acknowledgements.all()),
  spending: ({ calls }) => calls.all(),
  call_limit: ({ callLimits }) => callLimits.all(),
  run: ({ runs }) => runs.all(),
  audit: ({ audits }) => numbered(audits.all()),
  setting: ({ settings }) => settings.all().filter(({ name }) => name !== 'rotation'),
};

function numbered<Row extends { readonly number: number }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(byColumns(({ number }) => number));
}

function versions(state: State, kind: 'agreement' | 'config'): readonly object[] {
  return state.versions.by('kind', kind).toSorted(byColumns(({ order }) => order));
}

function tieColumns({ source, from, to, kind, primary }: Tie): object {
  return {
    system: source.system,
    source_object: source.object,
    source_id: source.id,
    from_object: from.object,
    from_id: from.id,
    to_object: to.object,
    to_id: to.id,
    kind,
    is_primary: primary,
  };
}

function directoryColumns({
  managerId,
  apiName,
  timeZone,
  goneAt,
  ...entry
}: DirectoryEntry & { readonly goneAt: number | null }) {
  return {
    ...entry,
    manager_id: managerId ?? null,
    api_name: apiName ?? null,
    time_zone: timeZone ?? null,
    gone_at: goneAt,
  };
}
