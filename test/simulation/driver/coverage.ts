import { FAULTS, STEPS, stagesFor, whyNever, whyNeverAt } from './cells.ts';

/** How often each combination was met: fault × job step, event × stage; and how long histories were, and how disputed. */
export type Coverage = {
  hit(kind: CoverageKind, name: string): void;
  readonly counts: ReadonlyMap<string, number>;
};

/** `fault` and `event` are tables (`row × column`), the others lists. */
export type CoverageKind = 'fault' | 'event' | 'conflicts' | 'length' | 'finding';

const ENOUGH = 100;
const TABLES: readonly CoverageKind[] = ['fault', 'event'];
const LISTS: readonly CoverageKind[] = ['length', 'conflicts', 'finding'];

export function openCoverage(): Coverage {
  const counts = new Map<string, number>();
  return {
    hit(kind, name) {
      const key = `${kind}: ${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    counts,
  };
}

/** Adds one seed's counts to the sum of all. */
export function addCoverage(sum: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
}

/** The report, for reading: two tables, the cells that were met too seldom, and the lists. */
export function coverageText(sum: ReadonlyMap<string, number>): string {
  return [...TABLES.flatMap((kind) => tableOf(kind, sum)), ...LISTS.flatMap((kind) => listOf(kind, sum))].join('\n');
}

function entriesOf(kind: CoverageKind, sum: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  const named = [...sum].flatMap(([key, count]) =>
    key.startsWith(`${kind}: `) ? [[key.slice(kind.length + 2), count] as const] : [],
  );
  return named.toSorted(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
}

/** Every cell there is, met or not, and why it is never met where it cannot be. */
function universeOf(
  kind: CoverageKind,
  rows: readonly string[],
): readonly { readonly cell: string; readonly never: string | null }[] {
  if (kind === 'fault')
    return FAULTS.flatMap((fault) =>
      STEPS.map((step) => ({ cell: `${fault} × ${step}`, never: whyNever(fault, step) })),
    );
  return rows.flatMap((event) => {
    const stages = stagesFor(event);
    if (stages.length === 0) return [{ cell: `${event} × no stage`, never: null }];
    return stages.map((stage) => ({ cell: `${event} × ${stage}`, never: whyNeverAt(event, stage) }));
  });
}

function tableOf(kind: CoverageKind, sum: ReadonlyMap<string, number>): readonly string[] {
  const cells = new Map(entriesOf(kind, sum));
  const [rows, columns] = [0, 1].map((part) => [...new Set([...cells.keys()].map((cell) => cell.split(' × ')[part]!))]);
  const wide = Math.max(kind.length, ...rows!.map((row) => row.length));
  const line = (name: string, texts: readonly string[]) =>
    `${name.padEnd(wide)}  ${texts.map((text, nth) => text.padStart(Math.max(7, columns![nth]!.length))).join('  ')}`;
  const wanted = universeOf(kind, rows!);
  const possible = wanted.filter(({ never }) => never === null).map(({ cell }) => cell);
  const thin = possible.flatMap((cell) =>
    (cells.get(cell) ?? 0) < ENOUGH ? [[cell, cells.get(cell) ?? 0] as const] : [],
  );
  const never = Map.groupBy(
    wanted.filter((each) => each.never !== null),
    (each) => each.never,
  );
  return [
    line(kind, columns!),
    ...rows!.map((row) =>
      line(
        row,
        columns!.map((column) => String(cells.get(`${row} × ${column}`) ?? '·')),
      ),
    ),
    `${possible.length - thin.length} of ${possible.length} cells that can be met were met ${ENOUGH} times and more; fewer: ${thin.length}`,
    ...thin.map(([cell, count]) => `  ${String(count).padStart(3)}  ${cell}`),
    ...[...never].map(([why, all]) => `  never, for ${why}: ${all.map(({ cell }) => cell).join(', ')}`),
    '',
  ];
}

function listOf(kind: CoverageKind, sum: ReadonlyMap<string, number>): readonly string[] {
  return [kind, ...entriesOf(kind, sum).map(([name, count]) => `${String(count).padStart(8)}  ${name}`), ''];
}
