import type { Cell, Field, Row } from '../schema/field.ts';
import { printInstant } from '../stamps.ts';
import type { OrgState } from '../state.ts';

const HISTORIES: Readonly<Record<string, { table: string; parent: string }>> = {
  Lead: { table: 'LeadHistory', parent: 'LeadId' },
  Contact: { table: 'ContactHistory', parent: 'ContactId' },
  Opportunity: { table: 'OpportunityFieldHistory', parent: 'OpportunityId' },
};

/** Changes of any of these add a picture to OpportunityHistory. */
const PICTURED = ['StageName', 'Amount', 'Probability', 'CloseDate', 'ForecastCategory'];

/** Writes down what a change of `before` to `after` did to the tracked fields. */
export function noteHistory(state: OrgState, object: string, before: Row | undefined, after: Row, by: string): void {
  const id = after['Id'] as string;
  if (before === undefined) noteEntry(state, object, id, { field: 'created', by });
  else
    for (const name of state.switches.trackedFields[object] ?? []) noteChange(state, object, name, before, after, by);
  if (object === 'Opportunity') notePicture(state, before, after, by);
}

type Entry = { field: string; by: string; type?: string; from?: Cell; to?: Cell };

/** One line of history, for objects that keep any: Salesforce also notes deeds there, such as `leadConverted`. */
export function noteEntry(state: OrgState, object: string, id: string, entry: Entry): void {
  const history = HISTORIES[object];
  if (history === undefined || state.switches.trackedFields[object] === undefined) return;
  const { field, by, type = 'Text', from = null, to = null } = entry;
  plant(state, history.table, by, { [history.parent]: id, Field: field, DataType: type, OldValue: from, NewValue: to });
}

function noteChange(state: OrgState, object: string, name: string, before: Row, after: Row, by: string): void {
  const field = state.object(object)?.field(name);
  const [from, to] = [before[name] ?? null, after[name] ?? null];
  if (field === undefined || from === to) return;
  const id = after['Id'] as string;
  if (field.type !== 'reference') {
    noteEntry(state, object, id, {
      field: name,
      by,
      type: dataType(field),
      from: shown(field, from),
      to: shown(field, to),
    });
    return;
  }
  // A lookup leaves two lines, one with names and one with ids, under the name of the relationship.
  const label = field.custom ? name : (field.relationshipName ?? name);
  const names = { from: nameOf(state, from), to: nameOf(state, to) };
  noteEntry(state, object, id, { field: label, by, type: 'Text', ...names });
  noteEntry(state, object, id, { field: label, by, type: 'EntityId', from, to });
}

function notePicture(state: OrgState, before: Row | undefined, after: Row, by: string): void {
  if (before !== undefined && PICTURED.every((name) => (before[name] ?? null) === (after[name] ?? null))) return;
  const copied = ['StageName', 'Amount', 'ExpectedRevenue', 'CloseDate', 'Probability', 'ForecastCategory'];
  plant(state, 'OpportunityHistory', by, {
    ...Object.fromEntries(copied.map((name) => [name, after[name] ?? null])),
    OpportunityId: after['Id'] as string,
    PrevAmount: before?.['Amount'] ?? null,
    PrevCloseDate: before?.['CloseDate'] ?? null,
    SystemModstamp: state.now(),
  });
}

function plant(state: OrgState, name: string, by: string, cells: Row): void {
  const table = state.tables.get(name);
  const id = state.tables.mint.mint(table.object.traits.prefix);
  table.put({ ...cells, Id: id, IsDeleted: false, CreatedById: by, CreatedDate: state.now() });
}

function shown(field: Field, value: Cell): Cell {
  return field.type === 'datetime' && typeof value === 'number' ? printInstant(value) : value;
}

function nameOf(state: OrgState, id: Cell): Cell {
  return typeof id === 'string' ? (state.tables.row(id)?.['Name'] ?? null) : null;
}

const DATA_TYPES: Partial<Record<Field['type'], string>> = {
  boolean: 'Boolean',
  int: 'Double',
  double: 'Double',
  percent: 'Percent',
  currency: 'Currency',
  date: 'DateOnly',
  datetime: 'DateTime',
  picklist: 'DynamicEnum',
};

function dataType(field: Field): string {
  return DATA_TYPES[field.type] ?? 'Text';
}
