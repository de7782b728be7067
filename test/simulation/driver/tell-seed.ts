import { runSeed, type SeedOptions } from './seed-run.ts';
import { shrink } from './shrink.ts';

/** One seed as it is told to whoever asked for it; plain, since it comes from another thread. */
export type ToldSeed = {
  readonly seed: number;
  readonly failed: boolean;
  readonly events: number;
  readonly coverage: ReadonlyMap<string, number>;
  /** The trace, where that was asked for, and what broke. */
  readonly text: string;
};

/** Which seeds are played, and how they are told. */
export type Telling = {
  /** `a`, `b` or `p`. */
  readonly tier: string;
  /** Line by line, with the digest of the trace. */
  readonly tell: boolean;
};

/**
 * Plays one seed. One that breaks an oracle is shrunk, and told with the command that replays it; shrinking plays it hundreds of times, so
 * `onBroken` is told before.
 */
export async function tellSeed(
  seed: number,
  options: SeedOptions,
  { tier, tell }: Telling,
  onBroken: (told: ToldSeed) => void = () => undefined,
): Promise<ToldSeed> {
  const report = await runSeed(seed, options);
  const { events, broken, climate, trace, parts } = report;
  const lines = tell ? [...trace.lines, `trace ${trace.digest()}`] : [];
  if (broken.length > 0) {
    const unshrunk = [`seed ${seed} (${climate}):`, ...broken.map(({ oracle, line }) => `  oracle ${oracle}: ${line}`)];
    const coverage = report.coverage.counts;
    onBroken({ seed, failed: true, events, coverage, text: unshrunk.map((line) => `${line}\n`).join('') });
    const shrunk = await shrink(seed, report, options);
    lines.push(
      `seed ${seed} (${climate}):`,
      ...shrunk.broken.map(({ oracle, line }) => `  oracle ${oracle}: ${line}`),
      `  left of its ${parts.length} parts: ${shrunk.kept.parts.join(', ')}`,
      ...shrunk.kept.trace.lines.map((line) => `    ${line}`),
      `  replay: npm run simulate -- --tier ${tier} --from ${seed} --tell`,
    );
  }
  const text = lines.map((line) => `${line}\n`).join('');
  return { seed, failed: broken.length > 0, events, coverage: report.coverage.counts, text };
}
