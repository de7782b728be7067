import type { Clock } from '../../../src/domain/people/person.ts';
import { type ObjectSchema, recordName } from '../../../src/domain/people/record.ts';
import type { Tie } from '../../../src/domain/people/tie.ts';
import type { ActivityRow } from '../../../src/ledger/activities.ts';
import type { ClockRow } from '../../../src/ledger/clocks.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import type { MessageRow } from '../../../src/ledger/messages.ts';
import {
  type AcknowledgementRow,
  type AgreementRow,
  type AuditRow,
  type BaseRow,
  type CallLimitRow,
  type CallsRow,
  type ChangeRowState,
  type CursorRow,
  type DirectoryState,
  type EntityState,
  type FactState,
  type FindingState,
  isFallen,
  nameIn,
  type RivalRow,
  type RunRow,
  type ScopeState,
  type SettingRow,
  type ShownRow,
  type SightingState,
  type SignatureRow,
  type StageState,
  seatOf,
  type VersionRow,
} from './rows.ts';
import type { Shape } from './table.ts';

/** By what the rows of each table are told apart and found. */
export const SHAPES = {
  entities: {
    key: ({ id }) => id,
    indexes: {
      dirty: (row) => (row.dirty_version > row.planned_version ? 'yes' : null),
      mergedInto: (row) => row.merged_into,
    },
  } satisfies Shape<EntityState, 'dirty' | 'mergedInto'>,
  links: {
    key: nameIn,
    indexes: {
      entity: ({ entity }) => entity,
      seat: ({ entity, system, role }) => (role === 'current' ? seatOf(entity, system) : null),
      id: ({ record_id: id }) => id,
    },
  } satisfies Shape<LinkRow, 'entity' | 'seat' | 'id'>,
  rivals: {
    key: (row) => `${row.entity} ${nameIn(row)}`,
    indexes: { entity: ({ entity }) => entity, record: nameIn },
  } satisfies Shape<RivalRow, 'entity' | 'record'>,
  sightings: {
    key: nameIn,
    indexes: {
      email: ({ email }) => email,
      alias: ({ aliases }) => aliases,
      key: (row) => row.entity_key,
      domain: ({ domain }) => domain,
      name: (row) => row.company_name,
      due: (row) => (row.match_due ? 'yes' : null),
    },
  } satisfies Shape<SightingState, 'email' | 'alias' | 'key' | 'domain' | 'name' | 'due'>,
  ties: {
    key: ({ source, kind, to }) => `${recordName(source)} ${kind} ${to.object} ${to.id}`,
    indexes: {
      source: ({ source }) => recordName(source),
      from: ({ from }) => recordName(from),
      to: ({ to }) => recordName(to),
    },
  } satisfies Shape<Tie, 'source' | 'from' | 'to'>,
  bases: {
    key: ({ entity, field }) => `${entity} ${field}`,
    indexes: { entity: ({ entity }) => entity },
  } satisfies Shape<BaseRow, 'entity'>,
  activities: {
    key: (row) => `${row.system}:${row.object}:${row.source_id}`,
    indexes: {
      about: (row) => (row.about_id === null ? null : `${row.about_system}:${row.about_object}:${row.about_id}`),
      unresolved: (row) => (row.about_id === null ? row.about_email : null),
      disowns: ({ system, disowns }) => (disowns === null ? null : `${system}:${disowns}`),
    },
  } satisfies Shape<ActivityRow, 'about' | 'unresolved' | 'disowns'>,
  facts: {
    key: ({ number }) => `${number}`,
    indexes: {
      // Only what the systems' own histories told is looked up by its record.
      record: (row) => (row.source === null || row.observer === null ? null : nameIn(row)),
      source: ({ system, source }) => (source === null ? null : `${system} ${source}`),
    },
  } satisfies Shape<FactState, 'record' | 'source'>,
  changes: {
    key: ({ id }) => id,
    indexes: {
      entity: ({ entity }) => entity,
      record: ({ system, object, record_id: id }) => (id === null ? null : `${system}:${object}:${id}`),
      state: ({ system, state }) => `${system} ${state}`,
      standing: (row) => (isFallen(row) ? null : row.write_key),
      run: ({ run }) => run,
    },
  } satisfies Shape<ChangeRowState, 'entity' | 'record' | 'state' | 'standing' | 'run'>,
  stages: {
    key: ({ number }) => `${number}`,
    indexes: { entity: ({ entity }) => entity },
  } satisfies Shape<StageState, 'entity'>,
  scopes: {
    key: ({ number }) => `${number}`,
    indexes: { entity: ({ entity }) => entity },
  } satisfies Shape<ScopeState, 'entity'>,
  shown: { key: ({ number }) => `${number}`, indexes: {} } satisfies Shape<ShownRow, never>,
  clocks: {
    key: ({ id }) => id,
    indexes: { entity: ({ entity }) => entity, state: ({ state }): Clock['state'] => state },
  } satisfies Shape<ClockRow, 'entity' | 'state'>,
  messages: {
    key: ({ id }) => id,
    indexes: { clock: ({ clock }) => clock },
  } satisfies Shape<MessageRow, 'clock'>,
  findings: {
    key: ({ number }) => `${number}`,
    indexes: {
      open: (row) => (row.closed_at === null ? `${row.code} ${row.subject}` : null),
      standing: (row) => (row.closed_at === null ? 'yes' : null),
      entity: (row) => (row.closed_at === null ? row.entity : null),
      code: (row) => (row.closed_at === null ? row.code : null),
      thawed: (row) => (row.closed_at !== null && row.code === 'FIELD_FROZEN' ? row.entity : null),
    },
  } satisfies Shape<FindingState, 'open' | 'standing' | 'entity' | 'code' | 'thawed'>,
  directory: {
    key: ({ system, id }) => `${system} ${id}`,
    indexes: { system: ({ system }) => system },
  } satisfies Shape<DirectoryState, 'system'>,
  schemas: { key: ({ system, object }) => `${system} ${object}`, indexes: {} } satisfies Shape<ObjectSchema, never>,
  cursors: {
    key: ({ system, stream }) => `${system} ${stream}`,
    indexes: { system: ({ system }) => system },
  } satisfies Shape<CursorRow, 'system'>,
  versions: {
    key: ({ kind, hash }) => `${kind} ${hash}`,
    indexes: { kind: ({ kind }) => kind },
  } satisfies Shape<VersionRow, 'kind'>,
  agreements: { key: ({ hash }) => hash, indexes: {} } satisfies Shape<AgreementRow, never>,
  signatures: {
    key: ({ agreement, role }) => `${agreement} ${role}`,
    indexes: { agreement: ({ agreement }) => agreement },
  } satisfies Shape<SignatureRow, 'agreement'>,
  acknowledgements: {
    key: ({ agreement, who }) => `${agreement} ${who}`,
    indexes: { agreement: ({ agreement }) => agreement },
  } satisfies Shape<AcknowledgementRow, 'agreement'>,
  runs: { key: ({ id }) => id, indexes: {} } satisfies Shape<RunRow, never>,
  audits: { key: ({ number }) => `${number}`, indexes: {} } satisfies Shape<AuditRow, never>,
  calls: {
    key: ({ system, since, purpose, kind }) => `${system} ${since} ${purpose} ${kind}`,
    indexes: { system: ({ system }) => system },
  } satisfies Shape<CallsRow, 'system'>,
  callLimits: { key: ({ system }) => system, indexes: {} } satisfies Shape<CallLimitRow, never>,
  settings: { key: ({ name }) => name, indexes: {} } satisfies Shape<SettingRow, never>,
};
