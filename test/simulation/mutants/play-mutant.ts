import { MUTANTS } from './mutants.ts';
import { plant } from './plant.ts';

/**
 * Run in a process of its own: plants one mutant, plays seeds until an oracle sees it, and tells as one line of JSON how many that took
 * and which oracles were red. Seeds that are red without any mutant (`open`, parted by commas) are left out. Without a mutant (`none`)
 * it tells which these are.
 */
const [name = 'none', most = '300', open = ''] = process.argv.slice(2);
const mutant = MUTANTS.find((each) => each.name === name);
if (mutant !== undefined) plant(mutant);
else if (name !== 'none') throw new Error(`There is no mutant ${name}.`);
// Only now, or the product would be loaded as it is.
const [{ runSeed }, { tierOf }] = await Promise.all([import('../driver/seed-run.ts'), import('../driver/tiers.ts')]);
const options = await tierOf('a');
const leftOut = new Set(open.split(','));
const red: number[] = [];
let caught: { readonly seeds: number; readonly oracles: readonly number[]; readonly line: string } | null = null;
for (let seed = 1; seed <= Number(most) && caught === null; seed++) {
  if (leftOut.has(String(seed))) continue;
  const { broken } = await runSeed(seed, options);
  if (broken.length === 0) continue;
  red.push(seed);
  if (mutant !== undefined)
    caught = { seeds: seed, oracles: [...new Set(broken.map(({ oracle }) => oracle))], line: broken[0]!.line };
}
process.stdout.write(`${JSON.stringify({ name, caught, red })}\n`);
