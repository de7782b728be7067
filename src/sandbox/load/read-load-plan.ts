import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkReferences } from './check-references.ts';
import { LoadPlanInvalid } from './plan-invalid.ts';
import { type LoadPlanText, planSchema } from './plan-schema.ts';
import { type CsvFile, readCsv } from './read-csv.ts';
import { PlacedYaml } from './yaml-places.ts';

/** A plan that can be followed, and the files that it speaks of. */
export type LoadPlan = LoadPlanText & { tables: ReadonlyMap<string, CsvFile>; source: PlacedYaml };

/** Reads a plan and its files. Throws `LoadPlanInvalid` with every fault and its place. */
export async function readLoadPlan(load: { folder: string; plan?: string }): Promise<LoadPlan> {
  const file = load.plan ?? join(load.folder, 'load.yaml');
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new LoadPlanInvalid([`${file}: cannot be read (${error.message})`]);
  });
  const source = new PlacedYaml(file, text);
  if (source.slips.length > 0) throw new LoadPlanInvalid(source.slips);
  const parsed = planSchema.safeParse(source.value());
  if (!parsed.success) throw new LoadPlanInvalid(source.problems(parsed.error));
  const plan = parsed.data;
  const tables = await readTables(plan, load.folder, source);
  const problems = checkReferences(plan, tables).map(({ path, message }) => source.problem(path, message));
  if (problems.length > 0) throw new LoadPlanInvalid(problems);
  return { ...plan, tables, source };
}

async function readTables(plan: LoadPlanText, folder: string, source: PlacedYaml): Promise<Map<string, CsvFile>> {
  const tables = new Map<string, CsvFile>();
  const problems: string[] = [];
  for (const [name, spec] of Object.entries(plan.files)) {
    try {
      tables.set(name, await readCsv(join(folder, spec.path), spec));
    } catch (error) {
      const { message } = error as Error;
      problems.push(source.problem(['files', name, 'path'], `the file cannot be read (${message})`));
    }
  }
  if (problems.length > 0) throw new LoadPlanInvalid(problems);
  return tables;
}
