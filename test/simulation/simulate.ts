import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { addCoverage, coverageText } from './driver/coverage.ts';
import { playAll } from './driver/play-all.ts';
import { huntMutants } from './mutants/hunt.ts';

/**
 * `npm run simulate -- --seeds N --from S [--tier a|b|p] [--workers K]`: plays N histories on K threads (one per core, where nothing is
 * said) and holds every oracle against each. The first that breaks one is shrunk and told, with the command that replays it; the exit
 * code is 1 then. What is told does not depend on K.
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
    workers: { type: 'string' },
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
const workers = Math.max(1, Number(values.workers ?? availableParallelism()));
const sum = new Map<string, number>();
const startedAt = performance.now();
let played = 0;
let failed = 0;
let events = 0;
for await (const told of playAll({ from, seeds, workers, tier: values.tier, tell: values.tell })) {
  played += 1;
  events += told.events;
  addCoverage(sum, told.coverage);
  process.stdout.write(told.text);
  if (told.failed) failed += 1;
  if (told.failed && !values['keep-going']) break;
}
const minutes = (performance.now() - startedAt) / 60_000;
const { user, system } = process.cpuUsage();
if (values.coverage) process.stdout.write(`${coverageText(sum)}\n`);
process.stdout.write(
  `${played} seeds from ${from}, tier ${values.tier}: ${failed} failed; ${Math.round(events / played)} events each\n`,
);
// How fast is no part of what was found, and the same twice only by chance.
process.stderr.write(
  `${Math.round(played / minutes)} seeds a minute on ${workers} threads; ` +
    `${Math.round(played / ((user + system) / 60_000_000))} for a minute of one core\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
