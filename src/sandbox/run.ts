import { parseArgs } from 'node:util';
import { readInstant } from './kernel/instant-text.ts';
import { LoadPlanInvalid } from './load/plan-invalid.ts';
import type { LoadReport } from './load/report.ts';
import { type SandboxOptions, startSandbox } from './sandbox.ts';

const USAGE = `Usage: node src/sandbox/run.ts [options]

  --people N           how many people marketing knows (300)
  --seed N             another world for every number (1)
  --start ISO          when the virtual clock begins (now)
  --hubspot-port N     fixed ports in the place of free ones
  --salesforce-port N
  --control-port N
  --load DIR           CSV files in the place of the generated world
  --with FILE          how to read them (DIR/load.yaml)
`;

const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;

function readOptions(): SandboxOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      people: text,
      seed: text,
      start: text,
      'hubspot-port': text,
      'salesforce-port': text,
      'control-port': text,
      load: text,
      with: text,
    },
  });
  const hubspot = count('hubspot-port', values['hubspot-port']);
  const salesforce = count('salesforce-port', values['salesforce-port']);
  const control = count('control-port', values['control-port']);
  const people = count('people', values.people);
  const seed = count('seed', values.seed);
  if (values.with !== undefined && values.load === undefined) throw new RangeError('--with FILE needs --load DIR');
  return {
    ...(people === undefined ? {} : { people }),
    ...(seed === undefined ? {} : { seed }),
    ...(values.start === undefined ? {} : { start: instant(values.start) }),
    ports: {
      ...(hubspot === undefined ? {} : { hubspot }),
      ...(salesforce === undefined ? {} : { salesforce }),
      ...(control === undefined ? {} : { control }),
    },
    ...(values.load === undefined
      ? {}
      : { load: { folder: values.load, ...(values.with === undefined ? {} : { plan: values.with }) } }),
  };
}

function count(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} wants a whole number, not "${text}"`);
  return Number(text);
}

function instant(text: string): number {
  const ms = readInstant(text);
  if (ms === undefined) {
    throw new RangeError(`--start wants an instant such as 2026-04-01T09:00+09:00, not "${text}"`);
  }
  return ms;
}

function tellBadRows({ bad }: LoadReport): void {
  for (const { file, line, reason } of bad) process.stderr.write(`${file}:${line}: ${reason}\n`);
}

async function run(): Promise<void> {
  const sandbox = await startSandbox(readOptions());
  const { hubspot, salesforce, control, loaded } = sandbox;
  if (loaded !== undefined) tellBadRows(loaded);
  const counts = loaded === undefined ? {} : { loaded: loaded.loaded, rows: loaded.rows, badRows: loaded.bad.length };
  process.stdout.write(`${JSON.stringify({ hubspot, salesforce, control, ...counts })}\n`);
  const end = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end); // whoever started us as a child is gone
}

try {
  await run();
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  process.stderr.write(`${message}\n`);
  const isUsage = error instanceof RangeError || (code ?? '').startsWith('ERR_PARSE_ARGS');
  if (isUsage) process.stderr.write(`\n${USAGE}`);
  process.exitCode = isUsage ? EXIT_USAGE : error instanceof LoadPlanInvalid ? EXIT_CONFIG : 1;
}
