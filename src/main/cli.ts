import { Command, InvalidArgumentError, Option } from 'commander';
import { agreementVerb } from '../cli/agreement.ts';
import { approveVerb } from '../cli/approve.ts';
import { checkVerb } from '../cli/check-mappings.ts';
import { disputedVerb } from '../cli/disputed.ts';
import { doctorVerb } from '../cli/doctor.ts';
import { dueVerb } from '../cli/due.ts';
import { errorText } from '../cli/error-text.ts';
import { explainVerb } from '../cli/explain.ts';
import { healthVerb } from '../cli/health.ts';
import { messagesVerb } from '../cli/messages.ts';
import { migrateVerb } from '../cli/migrate.ts';
import { onceVerb } from '../cli/once.ts';
import { pauseVerb, resumeVerb } from '../cli/pause.ts';
import { planVerb } from '../cli/plan.ts';
import { rejectVerb } from '../cli/reject.ts';
import { replayVerb } from '../cli/replay.ts';
import { retryVerb } from '../cli/retry.ts';
import { setupVerb } from '../cli/setup.ts';
import { startVerb } from '../cli/start.ts';
import { undoVerb } from '../cli/undo.ts';
import { EX_USAGE, type Verb, type VerbContext, type VerbOption } from '../cli/verb.ts';
import { OPTIONS } from '../config/option-table.ts';
import { readOptions } from '../config/options.ts';
import { TasukiError } from '../errors/errors.ts';
import { SandboxNotReady } from './sandbox-process.ts';
import { sandboxVerbs } from './sandbox-verbs.ts';
import { localeAskedFor, openTerminal, tolerateClosedPipes } from './terminal.ts';
import { openLedgerDesk, openWorkshop } from './wire.ts';

const VERBS: readonly Verb[] = [
  startVerb,
  onceVerb,
  planVerb,
  agreementVerb,
  approveVerb,
  rejectVerb,
  explainVerb,
  dueVerb,
  replayVerb,
  disputedVerb,
  pauseVerb,
  resumeVerb,
  undoVerb,
  messagesVerb,
  retryVerb,
  setupVerb,
  checkVerb,
  doctorVerb,
  migrateVerb,
  healthVerb,
];

/** Our bug, as sysexits.h has it. */
const EX_SOFTWARE = 70;
const LAST_CALL_MS = 10_000;

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('tasuki')
    .description('Holds HubSpot and Salesforce to the one agreement that marketing and sales signed.')
    .configureOutput({ writeErr: (text) => void process.stderr.write(text) })
    .showHelpAfterError('(add --help to see what there is)')
    .exitOverride();
  let exitCode = 0;
  for (const verb of [...VERBS, ...(await sandboxVerbs())]) {
    addVerb(program, verb, (code) => {
      exitCode = code;
    });
  }
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    return failed(error, argv);
  }
}

function addVerb(program: Command, verb: Verb, ends: (code: number) => void): void {
  const command = program
    .command(verb.argument === undefined ? verb.name : `${verb.name} ${verb.argument}`)
    .description(verb.summary);
  command.option('--json', 'print the result as one JSON value on standard output');
  for (const option of verb.options ?? []) command.addOption(verbOption(option));
  for (const option of sharedOptions()) command.addOption(option);
  const examples = verb.examples.map((example) => `  ${example}`).join('\n');
  command.addHelpText('after', `\n${fromEnvironment()}\n\nExamples:\n${examples}`);
  command.action(async (...given: readonly unknown[]) => {
    const [argument, ...more] = given.filter((word) => typeof word === 'string');
    const flags = command.opts<Record<string, unknown>>();
    ends(await verb.run(contextFor(verb, flags), { ...(argument === undefined ? {} : { argument }), more, flags }));
  });
}

function verbOption({ flags, help, whole }: VerbOption): Option {
  const option = new Option(flags, help);
  return whole === true ? option.argParser(wholeNumber) : option;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/u.test(text)) throw new InvalidArgumentError('It wants a whole number.');
  return Number(text);
}

/** What commander knows of the table: no default, or the environment would never be asked. It is shown all the same. */
function sharedOptions(): readonly Option[] {
  return Object.values(OPTIONS).flatMap((option) => {
    if (!('flag' in option)) return [];
    const known = option.default === null || option === OPTIONS.logLevel ? '' : ` (default: ${option.default})`;
    return [new Option(option.flag, `${option.help} [${option.env}]${known}`).helpGroup('Options of every verb:')];
  });
}

function fromEnvironment(): string {
  const names = Object.values(OPTIONS).flatMap((option) => ('flag' in option ? [] : [option.env]));
  return `From the environment only, since they are secrets or hold one (see .env.example):\n  ${names.join(', ')}`;
}

function contextFor(verb: Verb, flags: Readonly<Record<string, unknown>>): VerbContext {
  const read = readOptions(process.env, flags);
  const isAsked = Boolean(flags['logLevel'] ?? process.env[OPTIONS.logLevel.env]);
  const options = isAsked || verb.unattended ? read : { ...read, logLevel: 'warn' as const };
  return {
    options,
    terminal: openTerminal(flags['json'] === true, options.locale),
    open: (how, use) => openWorkshop(options, how, use),
    openLedger: () => openLedgerDesk(options),
    stopAsked,
  };
}

/** The first signal asks; a second one ends the process at once, as signals do. */
function stopAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

/** Says what happened in one breath; a stack is for our own bugs only. */
function failed(error: unknown, argv: readonly string[]): number {
  if (isUsage(error)) return error.exitCode === 0 ? 0 : EX_USAGE;
  if (error instanceof TasukiError) {
    process.stderr.write(`${errorText(error, localeAskedFor(argv, process.env))}\n`);
    return error.exitCode;
  }
  if (error instanceof SandboxNotReady) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EX_SOFTWARE;
}

/** commander's own way to end: help, version, unknown option; it has already said why. */
function isUsage(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}

tolerateClosedPipes();
process.exitCode = await main(process.argv);
// A finished command ends, whatever a library has forgotten to let go of.
setTimeout(() => process.exit(), LAST_CALL_MS).unref();
