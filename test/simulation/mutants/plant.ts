import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mutant } from './mutants.ts';

/** Plants a bug into the product as this process loads it; nothing on disk changes. Throws when its text does not stand there exactly once. */
export function plant({ name, file, find, replace }: Mutant): void {
  const url = pathToFileURL(file).href;
  const source = readFileSync(fileURLToPath(url), 'utf8');
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`The mutant ${name} is stale: its text stands ${places} times in ${file}.`);
  registerHooks({
    load(asked, context, next) {
      if (asked !== url) return next(asked, context);
      return { format: 'module-typescript', shortCircuit: true, source: source.replace(find, () => replace) };
    },
  });
}
