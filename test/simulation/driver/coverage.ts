/** How often each combination was met: fault × job step, event × stage, and how long histories were. */
export type Coverage = {
  hit(kind: CoverageKind, name: string): void;
  readonly counts: ReadonlyMap<string, number>;
};

export type CoverageKind = 'fault' | 'kill' | 'event' | 'conflict' | 'length' | 'finding';

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
