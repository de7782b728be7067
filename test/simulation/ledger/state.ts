import type { ObjectSchema } from '../../../src/domain/people/record.ts';
import type { Tie } from '../../../src/domain/people/tie.ts';
import type { ActivityRow } from '../../../src/ledger/activities.ts';
import type { ClockRow } from '../../../src/ledger/clocks.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import type { MessageRow } from '../../../src/ledger/messages.ts';
import type {
  AcknowledgementRow,
  AgreementRow,
  AuditRow,
  BaseRow,
  CallLimitRow,
  CallsRow,
  ChangeRowState,
  CursorRow,
  DirectoryState,
  EntityState,
  FactState,
  FindingState,
  RivalRow,
  RunRow,
  ScopeState,
  SettingRow,
  ShownRow,
  SightingState,
  SignatureRow,
  StageState,
  VersionRow,
} from './rows.ts';
import { SHAPES } from './shapes.ts';
import { type Table, table, type Undo } from './table.ts';

/**
 * Everything the ledger in memory knows: the tables of `src/ledger/migrations`, by their names and columns. Only this room reads it.
 * Every move is told to `journal`, so that a method that fails leaves nothing behind.
 */
export type State = {
  readonly journal: Undo[];
  readonly entities: Table<EntityState, 'dirty' | 'mergedInto'>;
  readonly links: Table<LinkRow, 'entity' | 'seat' | 'id'>;
  readonly rivals: Table<RivalRow, 'entity' | 'record'>;
  readonly sightings: Table<SightingState, 'email' | 'alias' | 'key' | 'domain' | 'name' | 'due'>;
  readonly ties: Table<Tie, 'source' | 'from' | 'to'>;
  readonly bases: Table<BaseRow, 'entity'>;
  readonly activities: Table<ActivityRow, 'about' | 'unresolved' | 'disowns'>;
  readonly facts: Table<FactState, 'record' | 'source'>;
  readonly changes: Table<ChangeRowState, 'entity' | 'record' | 'state' | 'standing' | 'run'>;
  readonly stages: Table<StageState, 'entity'>;
  readonly scopes: Table<ScopeState, 'entity'>;
  readonly shown: Table<ShownRow, never>;
  readonly clocks: Table<ClockRow, 'entity' | 'state'>;
  readonly messages: Table<MessageRow, 'clock'>;
  readonly findings: Table<FindingState, 'open' | 'standing' | 'entity' | 'code' | 'thawed'>;
  readonly directory: Table<DirectoryState, 'system'>;
  readonly schemas: Table<ObjectSchema, never>;
  readonly cursors: Table<CursorRow, 'system'>;
  readonly versions: Table<VersionRow, 'kind'>;
  readonly agreements: Table<AgreementRow, never>;
  readonly signatures: Table<SignatureRow, 'agreement'>;
  readonly acknowledgements: Table<AcknowledgementRow, 'agreement'>;
  readonly runs: Table<RunRow, never>;
  readonly audits: Table<AuditRow, never>;
  readonly calls: Table<CallsRow, 'system'>;
  readonly callLimits: Table<CallLimitRow, never>;
  /** Single values: bound accounts, the go-live line, whether writing is paused, whose turn it is. */
  readonly settings: Table<SettingRow, never>;
  /** The next number of any row that has one. Like a sequence it only grows, also when a method fails. */
  readonly next: () => number;
};

export function emptyState(): State {
  const journal: Undo[] = [];
  let last = 0;
  return {
    journal,
    entities: table(SHAPES.entities, journal),
    links: table(SHAPES.links, journal),
    rivals: table(SHAPES.rivals, journal),
    sightings: table(SHAPES.sightings, journal),
    ties: table(SHAPES.ties, journal),
    bases: table(SHAPES.bases, journal),
    activities: table(SHAPES.activities, journal),
    facts: table(SHAPES.facts, journal),
    changes: table(SHAPES.changes, journal),
    stages: table(SHAPES.stages, journal),
    scopes: table(SHAPES.scopes, journal),
    shown: table(SHAPES.shown, journal),
    clocks: table(SHAPES.clocks, journal),
    messages: table(SHAPES.messages, journal),
    findings: table(SHAPES.findings, journal),
    directory: table(SHAPES.directory, journal),
    schemas: table(SHAPES.schemas, journal),
    cursors: table(SHAPES.cursors, journal),
    versions: table(SHAPES.versions, journal),
    agreements: table(SHAPES.agreements, journal),
    signatures: table(SHAPES.signatures, journal),
    acknowledgements: table(SHAPES.acknowledgements, journal),
    runs: table(SHAPES.runs, journal),
    audits: table(SHAPES.audits, journal),
    calls: table(SHAPES.calls, journal),
    callLimits: table(SHAPES.callLimits, journal),
    settings: table(SHAPES.settings, journal),
    next: () => ++last,
  };
}

/** The same rows in tables of their own: what is done there is seen here by nobody. */
export function copyOf(state: State): State {
  const journal: Undo[] = [];
  const copied: State = {
    journal,
    entities: state.entities.copy(journal),
    links: state.links.copy(journal),
    rivals: state.rivals.copy(journal),
    sightings: state.sightings.copy(journal),
    ties: state.ties.copy(journal),
    bases: state.bases.copy(journal),
    activities: state.activities.copy(journal),
    facts: state.facts.copy(journal),
    changes: state.changes.copy(journal),
    stages: state.stages.copy(journal),
    scopes: state.scopes.copy(journal),
    shown: state.shown.copy(journal),
    clocks: state.clocks.copy(journal),
    messages: state.messages.copy(journal),
    findings: state.findings.copy(journal),
    directory: state.directory.copy(journal),
    schemas: state.schemas.copy(journal),
    cursors: state.cursors.copy(journal),
    versions: state.versions.copy(journal),
    agreements: state.agreements.copy(journal),
    signatures: state.signatures.copy(journal),
    acknowledgements: state.acknowledgements.copy(journal),
    runs: state.runs.copy(journal),
    audits: state.audits.copy(journal),
    calls: state.calls.copy(journal),
    callLimits: state.callLimits.copy(journal),
    settings: state.settings.copy(journal),
    next: state.next,
  };
  journal.length = 0;
  return copied;
}
