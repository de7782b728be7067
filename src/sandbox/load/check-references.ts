import type { FieldObject, FieldSpec } from './field-schema.ts';
import type { LoadPlanText, RecordSetSpec } from './plan-schema.ts';
import type { CsvFile } from './read-csv.ts';
import { columnsInTemplate } from './row.ts';
import type { Path } from './yaml-places.ts';

export type Fault = { path: Path; message: string };

/** What only the whole plan together with the headers of its files can tell: names that nothing answers to. */
export function checkReferences(plan: LoadPlanText, tables: ReadonlyMap<string, CsvFile>): Fault[] {
  return [
    ...Object.entries(plan.files).flatMap(([name, { key }]) =>
      key === undefined ? [] : missingColumn(tables, name, key, ['files', name, 'key']),
    ),
    ...Object.entries(plan.users).flatMap(([name, { column }]) => {
      const dot = column.indexOf('.');
      const file = column.slice(0, dot);
      const path = ['users', name, 'column'];
      if (!tables.has(file)) return [unknown(path, 'file', file, tables.keys())];
      return missingColumn(tables, file, column.slice(dot + 1), path);
    }),
    ...plan.records.flatMap((set, index) => checkSet(plan, tables, set, index)),
  ];
}

function checkSet(
  plan: LoadPlanText,
  tables: ReadonlyMap<string, CsvFile>,
  set: RecordSetSpec,
  index: number,
): Fault[] {
  const here = ['records', index];
  if (!tables.has(set.from)) return [unknown([...here, 'from'], 'file', set.from, tables.keys())];
  const faults: Fault[] = [];
  const known = new Set(tables.get(set.from)?.columns);
  for (const [file, column] of Object.entries(set.join)) {
    const path = [...here, 'join', file];
    if (!tables.has(file)) faults.push(unknown(path, 'file', file, tables.keys()));
    else if (plan.files[file]?.key === undefined)
      faults.push({ path, message: `the file "${file}" has no key to join on` });
    if (!known.has(column)) faults.push(unknown(path, 'column', column, known));
  }
  const joined = Object.keys(set.join).flatMap((file) =>
    (tables.get(file)?.columns ?? []).map((name) => `${file}.${name}`),
  );
  const columns = new Set([...known, ...joined]);
  const wants = (path: Path, names: readonly string[]): void => {
    for (const name of names) if (!columns.has(name)) faults.push(unknown(path, 'column', name, columns));
  };
  const at = typeof set.at === 'object' ? set.at.column : set.at;
  if (at !== undefined) wants([...here, 'at'], [at]);
  for (const column of Object.keys(set.where ?? {})) wants([...here, 'where', column], [column]);
  if (set.by !== undefined) wants([...here, 'by'], [set.by]);
  const system = systemOf(set);
  // Ids of the other system mean nothing here.
  const before = plan.records.slice(0, index).filter((other) => systemOf(other) === system);
  const earlier = before.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (set.author !== undefined) {
    const path = [...here, 'author'];
    wants([...path, 'column'], [set.author.column]);
    if (!(set.author.user in plan.users)) {
      faults.push(unknown([...path, 'user'], 'set of users', set.author.user, Object.keys(plan.users)));
    }
    if (system === 'hubspot')
      faults.push({ path, message: 'HubSpot shows what is loaded as an import, without author' });
  }
  for (const [nth, { record, column }] of set.associate.entries()) {
    const path = [...here, 'associate', nth];
    wants([...path, 'column'], [column]);
    if (system === 'salesforce') faults.push({ path, message: 'Salesforce associates by fields, such as AccountId' });
    else if (!earlier.includes(record)) {
      faults.push(unknown([...path, 'record'], 'earlier set of HubSpot records', record, earlier));
    }
  }
  for (const [name, spec] of Object.entries(set.fields)) {
    checkField(spec, { path: [...here, 'fields', name], plan, earlier, faults, wants });
  }
  return faults;
}

type FieldCheck = {
  path: Path;
  plan: LoadPlanText;
  earlier: readonly string[];
  faults: Fault[];
  wants: (path: Path, names: readonly string[]) => void;
};

function checkField(spec: FieldSpec, check: FieldCheck): void {
  if (Array.isArray(spec)) {
    spec.forEach((one, index) => checkField(one, { ...check, path: [...check.path, index] }));
  } else if (typeof spec === 'string') {
    check.wants(check.path, columnsInTemplate(spec));
  } else if (spec !== null && typeof spec === 'object') {
    checkFieldObject(spec, check);
  }
}

function checkFieldObject(spec: FieldObject, { path, plan, earlier, faults, wants }: FieldCheck): void {
  if (spec.column !== undefined) wants([...path, 'column'], [spec.column]);
  if (spec.from !== undefined) wants([...path, 'from'], [spec.from]);
  if (typeof spec.value === 'string') wants([...path, 'value'], columnsInTemplate(spec.value));
  for (const column of Object.keys(spec.when ?? {})) wants([...path, 'when', column], [column]);
  if (spec.map !== undefined && !(spec.map in plan.maps)) {
    faults.push(unknown([...path, 'map'], 'map', spec.map, Object.keys(plan.maps)));
  }
  if (spec.user !== undefined && !(spec.user in plan.users)) {
    faults.push(unknown([...path, 'user'], 'set of users', spec.user, Object.keys(plan.users)));
  }
  if (spec.record !== undefined && !earlier.includes(spec.record)) {
    faults.push(unknown([...path, 'record'], 'earlier set of records in the same system', spec.record, earlier));
  }
  if ((spec.staff ?? spec.queue) !== undefined && plan.staff !== 'default') {
    faults.push({ path, message: 'names one of the default staff; that needs "staff: default"' });
  }
}

function systemOf({ into }: RecordSetSpec): string {
  return into.slice(0, into.indexOf('.'));
}

function missingColumn(tables: ReadonlyMap<string, CsvFile>, file: string, column: string, path: Path): Fault[] {
  const columns = tables.get(file)?.columns ?? [];
  return columns.includes(column) ? [] : [unknown(path, 'column', column, columns)];
}

function unknown(path: Path, kind: string, name: string, known: Iterable<string>): Fault {
  return { path, message: `there is no ${kind} "${name}"; there are: ${[...known].join(', ') || 'none'}` };
}
