import { parseArgs } from 'node:util';

/**
 * Measures Tasuki at the size of a real company, and its calls beside the fewest that the two APIs allow. Exit 1 when an idle pass
 * costs a call more than it must, at any size: the one figure here that does not depend on the machine.
 *
 * `--as` is for its own child processes: the company with both systems, and the bare client libraries.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    /** 300 people: the code of the bench, in seconds. */
    small: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Only the planner: how many people it plans in a second of one core, and whether it keeps any of them. */
    planning: { type: 'boolean', default: false },
    /** Only score, criteria, stages and clocks: how much of one core 100,000 people take. */
    judging: { type: 'boolean', default: false },
    /** Only the tick: how long the ledger takes to find those of 100,000 open clocks whose time has come. */
    ticking: { type: 'boolean', default: false },
    /** The ledger on a PostgreSQL server of our own, in a temporary folder. */
    postgres: { type: 'boolean', default: false },
    /** The ledger on this server, in databases that are made and dropped. */
    'database-url': { type: 'string' },
    /** Both systems keep their allowances, and the worker its pace. */
    limits: { type: 'boolean', default: false },
    /** A folder for one CPU profile of each step; the times are then those of a profiled process. */
    profile: { type: 'string' },
    as: { type: 'string' },
    tape: { type: 'string', default: '' },
    urls: { type: 'string', default: '' },
  },
});
const { small, json, postgres, limits, profile = null, 'database-url': databaseUrl = null } = values;
const people = Number(
  values.people ?? (values.planning ? 200_000 : values.judging || values.ticking ? 100_000 : small ? 300 : 20_000),
);

if (values.planning) {
  const { benchPlanning, planningText } = await import('./planning.ts');
  const report = benchPlanning(people);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : planningText(report));
} else if (values.judging) {
  const { benchJudging, judgingText } = await import('./judging.ts');
  const report = benchJudging(people);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : judgingText(report));
} else if (values.ticking) {
  const { benchTicking, tickingText } = await import('./ticking.ts');
  const report = await benchTicking(people);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : tickingText(report));
} else if (values.as === 'company') {
  const { runCompany } = await import('./company.ts');
  await runCompany({ people, limits });
} else if (values.as === 'bare') {
  const { runBare } = await import('./bare.ts');
  process.send?.(await runBare(values.tape, JSON.parse(values.urls)));
  process.exit(0);
} else {
  const { runBench } = await import('./run-bench.ts');
  const { reportText } = await import('./report-text.ts');
  const server = postgres || databaseUrl !== null ? { databaseUrl } : null;
  const report = await runBench({ people, limits, profile, server });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report));
  process.exit(report.idleIsLeast ? 0 : 1);
}
