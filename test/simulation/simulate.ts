import { parseArgs } from 'node:util';
import { addCoverage } from './driver/coverage.ts';
import { runSeed, type SeedOptions } from './driver/seed-run.ts';
import { shrink } from './driver/shrink.ts';
import { tierOf } from './driver/tiers.ts';
import { huntMutants } from './mutants/hunt.ts';

/**
 * `npm run simulate -- --seeds N --from S [--tier a|b]`: plays N histories and holds every oracle against each. The first that
 * breaks one is shrunk and told, with the command that replays it; the exit code is 1 then.
 *
 *     npm run simulate -- --seeds 1000
 *     npm run simulate -- --from 4711 --tell     one seed, line by line
 *     npm run simulate -- --mutants --seeds 300  plants every known bug and waits that long for an oracle to see it
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    tier: { type: 'string', default: 'a' },
    tell: { type: 'boolean', default: false },
    'keep-going': { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
});

if (values.mutants) {
  let alive = 0;
  for await (const { name, caught } of huntMutants(Number(values.seeds))) {
    if (caught === null) alive += 1;
    const fate =
      caught === null
        ? `ALIVE   ${name} after ${values.seeds} seeds`
        : `caught  ${name} by oracle ${caught.oracles.join(', ')} after ${caught.seeds} seeds: ${caught.line}`;
    process.stdout.write(`${fate}\n`);
  }
  process.exit(alive === 0 ? 0 : 1);
}

const from = Number(values.from);
const seeds = Number(values.seeds);
const options: SeedOptions = await tierOf(values.tier);
const sum = new Map<string, number>();
const startedAt = performance.now();
let failed = 0;
let events = 0;
for (let seed = from; seed < from + seeds; seed++) {
  const report = await runSeed(seed, options);
  addCoverage(sum, report.coverage.counts);
  events += report.events;
  if (values.tell) process.stdout.write(`${report.trace.lines.join('\n')}\ntrace ${report.trace.digest()}\n`);
  if (report.broken.length === 0) continue;
  failed += 1;
  const { kept, broken } = await shrink(seed, report, options);
  process.stdout.write(`seed ${seed} (${report.climate}):\n`);
  for (const { oracle, line } of broken) process.stdout.write(`  oracle ${oracle}: ${line}\n`);
  process.stdout.write(`  left of its ${report.parts.length} parts: ${kept.parts.join(', ')}\n`);
  for (const line of kept.trace.lines) process.stdout.write(`    ${line}\n`);
  process.stdout.write(`  replay: npm run simulate -- --tier ${values.tier} --from ${seed} --tell\n`);
  if (!values['keep-going']) break;
}
const seconds = (performance.now() - startedAt) / 1000;
if (values.coverage)
  for (const [key, count] of [...sum].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    process.stdout.write(`${String(count).padStart(8)}  ${key}\n`);
process.stdout.write(
  `${seeds} seeds from ${from}, tier ${values.tier}: ${failed} failed; ${Math.round(events / seeds)} events each; ` +
    `${Math.round((seeds / seconds) * 60)} seeds a minute on one core\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
