/**
 * `npm run traps`: the table trap → remedy → test, with the state of each test.
 * `npm run traps -- --bare`: the same tests against the libraries as they come. Each must fail; one that passes guards against
 * a trap that is no longer there, and the remedy can go.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trap } from './trap.ts';

type Finished = { readonly title: string; readonly status: string };

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const bare = process.argv.includes('--bare');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const tables: readonly { readonly system: string; readonly traps: readonly Trap[] }[] = await Promise.all(
  ['hubspot', 'salesforce']
    .filter((system) => only.length === 0 || only.includes(system))
    .map(async (system) => {
      const table: Record<string, readonly Trap[]> = await import(`./${system}.ts`);
      return { system, traps: table[`${system}Traps`] ?? [] };
    }),
);

/** Runs one system's trap tests and returns how each ended. */
function run(system: string): readonly Finished[] {
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-traps-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const options = ['run', '--project', 'traps', '--reporter=json', `--outputFile=${report}`];
    const { stderr } = spawnSync(process.execPath, [vitest, ...options, join(here, `${system}.traps.test.ts`)], {
      cwd: root,
      env: { ...process.env, TASUKI_BARE: bare ? '1' : '0' },
      encoding: 'utf8',
    });
    const files = readReport(report, stderr);
    return files.flatMap(({ assertionResults }) => assertionResults);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(report: string, stderr: string): readonly { readonly assertionResults: readonly Finished[] }[] {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch (error) {
    throw new Error(`The trap tests did not report. They said:\n${stderr}`, { cause: error });
  }
}

/** What a row says at its end, and whether all is well. */
function judge(trap: Trap, finished: readonly Finished[]): { readonly good: boolean; readonly mark: string } {
  const found = finished.find(({ title }) => title === trap.test);
  if (found === undefined) return { good: false, mark: 'NO TEST OF THIS NAME' };
  const passed = found.status === 'passed';
  if (!bare) return { good: passed, mark: passed ? 'holds' : 'BROKEN' };
  return { good: found.status === 'failed', mark: passed ? 'NO LONGER A TRAP' : 'fails bare, as it must' };
}

let allGood = true;
for (const { system, traps } of tables) {
  const finished = run(system);
  console.log(`\n${system}${bare ? ', without our gateway' : ''}`);
  for (const trap of traps) {
    const { good, mark } = judge(trap, finished);
    allGood &&= good;
    console.log(
      `\n  ${good ? ' ' : '!'} ${trap.id}: ${mark}\n      trap    ${trap.trap}\n      remedy  ${trap.remedy}\n      test    ${trap.test}`,
    );
  }
  for (const { title } of finished.filter(({ title }) => !traps.some(({ test }) => test === title))) {
    allGood = false;
    console.log(`\n  ! a test without a row in ${system}.ts: ${title}`);
  }
}
console.log(allGood ? '\nAll well.' : '\nSee the rows marked with "!".');
process.exitCode = allGood ? 0 : 1;
