import type { Verb } from '../cli/verb.ts';
import { type SandboxUrls, startSandboxProcess } from './sandbox-process.ts';

/** Options that the sandbox's own process understands, handed on as they are. */
export const SANDBOX_OPTIONS = [
  { flags: '--people <n>', help: 'how many people the made-up company knows (default 300)', whole: true },
  { flags: '--seed <n>', help: 'the same seed makes the same company (default 1)', whole: true },
  { flags: '--start <iso>', help: 'where the virtual clock starts' },
  { flags: '--load <dir>', help: 'load CSV files from this folder instead' },
  { flags: '--with <file>', help: 'the YAML that says which column becomes what (default: load.yaml in the folder)' },
  { flags: '--hubspot-port <n>', help: 'listen here (default: a free port)', whole: true },
  { flags: '--salesforce-port <n>', help: 'listen here (default: a free port)', whole: true },
  { flags: '--control-port <n>', help: 'listen here (default: a free port)', whole: true },
] as const;

const EX_SOFTWARE = 70;

export const sandboxVerb: Verb = {
  name: 'sandbox',
  summary: 'Run both emulated CRMs until told to stop; prints their addresses.',
  examples: ['tasuki sandbox --people 300', 'tasuki sandbox --load ./export --with ./export/load.yaml --json'],
  options: SANDBOX_OPTIONS,

  async run({ terminal, stopAsked }, { flags }) {
    const asked = stopAsked();
    const sandbox = await startSandboxProcess(sandboxArguments(flags));
    terminal.result(sandbox.ready, environmentLines(sandbox.urls).join('\n'));
    const ending = await Promise.race([asked, sandbox.gone.then(() => 'gone' as const)]);
    await sandbox.stop();
    return ending === 'gone' ? EX_SOFTWARE : 0;
  },
};

/** What a person puts into the environment to point Tasuki at this sandbox. */
export function environmentLines({ hubspot, salesforce, control }: SandboxUrls): readonly string[] {
  return [
    `HUBSPOT_BASE_URL=${hubspot}`,
    'HUBSPOT_ACCESS_TOKEN=pat-na1-sandbox',
    `SALESFORCE_LOGIN_URL=${salesforce}`,
    'SALESFORCE_CLIENT_ID=tasuki-sandbox',
    'SALESFORCE_CLIENT_SECRET=sandbox-secret',
    `TASUKI_CLOCK_URL=${control}`,
  ];
}

/** `{ hubspotPort: '1' }` → `['--hubspot-port', '1']`, for the options the sandbox knows. */
export function sandboxArguments(flags: Readonly<Record<string, unknown>>): readonly string[] {
  return SANDBOX_OPTIONS.flatMap((option) => {
    const name = option.flags.split(' ')[0]!;
    const key = name.slice(2).replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
    const value = flags[key];
    return typeof value === 'string' || typeof value === 'number' ? [name, String(value)] : [];
  });
}
