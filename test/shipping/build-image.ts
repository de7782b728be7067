import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { type Instruction, readDockerfile, type Target } from './dockerfile.ts';
import { ignoring } from './ignored.ts';

const run = promisify(execFile);
export const ROOT = join(import.meta.dirname, '..', '..');

/** What `docker build` would be given: the Dockerfile's targets, and which file of the clone reaches it. */
export type Recipe = { readonly targets: readonly Target[]; readonly isIgnored: (path: string) => boolean };

export function readRecipe(): Recipe {
  const text = (name: string) => readFileSync(join(ROOT, name), 'utf8');
  return { targets: readDockerfile(text('Dockerfile')), isIgnored: ignoring(text('.dockerignore')) };
}

/**
 * Makes /app of a target as `docker build` does, under a folder, without Docker: the same files are copied, and the same commands are
 * run in it. Returns the path of that /app.
 *
 * A command that names a path of the machine is not run, since here it would be this machine's; such lines prepare what lies outside
 * of /app, and only the target `base` has them.
 */
export async function buildApp(recipe: Recipe, name: string, folder: string): Promise<string> {
  const app = join(folder, name);
  rmSync(app, { recursive: true, force: true }); // what the last use of it has left
  const target = recipe.targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`The Dockerfile has no target ${name}.`);
  const isLocal = recipe.targets.some((one) => one.name === target.from);
  mkdirSync(app, { recursive: true });
  if (isLocal) move(await buildApp(recipe, target.from, folder), app);
  for (const line of target.lines) {
    if (line.word === 'COPY') await copyInto(app, line, recipe, folder);
    if (line.word === 'RUN') await runIn(app, line, name);
  }
  return app;
}

async function copyInto(app: string, { rest }: Instruction, recipe: Recipe, folder: string): Promise<void> {
  const from = /^--from=(\S+) (\S+) (\.\/\S*)$/u.exec(rest);
  if (from !== null) {
    const source = await buildApp(recipe, from[1]!, folder);
    return move(join(source, relative('/app', from[2]!)), join(app, from[3]!));
  }
  const words = rest.split(' ');
  const sources = words.slice(0, -1);
  if (sources.length === 0 || rest.includes('*') || rest.startsWith('--'))
    throw new Error(`COPY ${rest} is not known.`);
  for (const source of sources) copyFromClone(source, join(app, words.at(-1)!), recipe);
}

/** A file goes into the folder, a folder's contents go into the folder. */
function copyFromClone(source: string, to: string, { isIgnored }: Recipe): void {
  const isFolder = statSync(join(ROOT, source)).isDirectory();
  const isWanted = (path: string) => {
    const name = relative(ROOT, path);
    return statSync(path).isDirectory() || !isIgnored(name);
  };
  if (!isFolder && isIgnored(source)) throw new Error(`${source} is kept from the builder by .dockerignore.`);
  cpSync(join(ROOT, source), isFolder ? to : join(to, source), { recursive: true, filter: isWanted });
}

/**
 * Tens of thousands of files are moved, not copied, since nearly always nobody needs them where they were. A target that is needed again
 * is made again.
 */
function move(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) renameSync(join(from, name), join(to, name));
}

/** With the Node that runs this test first on the PATH, as it is in the image, and without asking the registry what is at hand. */
async function runIn(app: string, { rest }: Instruction, name: string): Promise<void> {
  if (/(^|[\s'"=>])[/~]/u.test(rest)) {
    if (name === 'base') return;
    throw new Error(`The target ${name} names a path of the machine: RUN ${rest}`);
  }
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const env = { ...process.env, NODE_ENV: '', PATH: path, npm_config_prefer_offline: 'true' };
  await run('sh', ['-ec', rest], { cwd: app, env, maxBuffer: 16 * 1024 * 1024 });
}
