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

type Finished = { readonly title: string; readonly status: string; readonly failureMessages: readonly string[] };

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
      env: { ...process.env, CI: '', TASUKI_BARE: bare ? '1' : '0' }, // in CI the configuration would write its own report
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
function judge(
  trap: Trap,
  finished: readonly Finished[],
): { readonly good: boolean; readonly mark: string; readonly how?: string } {
  const found = finished.find(({ title }) => title === trap.test);
  if (found === undefined) return { good: false, mark: 'NO TEST OF THIS NAME' };
  const passed = found.status === 'passed';
  if (!bare) return { good: passed, mark: passed ? 'holds' : 'BROKEN' };
  const how = found.failureMessages[0]?.split('\n')[0];
  const mark = passed ? 'NO LONGER A TRAP' : 'fails bare, as it must';
  return { good: found.status === 'failed', mark, ...(how === undefined ? {} : { how }) };
}

let allGood = true;
for (const { system, traps } of tables) {
  const finished = run(system);
  console.log(`\n${system}${bare ? ', without our gateway' : ''}`);
  for (const trap of traps) {
    const { good, mark, how } = judge(trap, finished);
    allGood &&= good;
    const lines = [
      `\n  ${good ? ' ' : '!'} ${trap.id}: ${mark}`,
      `trap    ${trap.trap}`,
      `remedy  ${trap.remedy}`,
      `test    ${trap.test}`,
    ];
    console.log((how === undefined ? lines : [...lines, `bare    ${how}`]).join('\n      '));
  }
  for (const { title } of finished.filter(({ title }) => !traps.some(({ test }) => test === title))) {
    allGood = false;
    console.log(`\n  ! a test without a row in ${system}.ts: ${title}`);
  }
}
console.log(allGood ? '\nAll well.' : '\nSee the rows marked with "!".');
process.exitCode = allGood ? 0 : 1;
