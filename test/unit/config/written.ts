import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadMappings, type Mappings, restoreMappings } from '../../../src/config/load.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';

export const ROOT = join(import.meta.dirname, '..', '..', '..');
export const MAPPINGS = join(ROOT, 'mappings');
const FILES = ['agreement.yaml', 'contact.yaml', 'company.yaml', 'deal.yaml', 'owners.yaml', 'calendar.yaml'] as const;
type FileName = (typeof FILES)[number];

/** In one of the default files this text becomes that text. A text that is not there is a mistake in the test. */
export type Replacement = readonly [file: FileName, from: string | RegExp, to: string];
/** A replacement, or a file that is not there. */
export type Edit = Replacement | readonly [file: FileName, gone: null];

/** The default mappings with some edits, read as the loader reads them. */
export function edited(...edits: readonly Edit[]): Mappings {
  const files: Partial<Record<FileName, string>> = Object.fromEntries(
    FILES.map((name) => [name, readFileSync(join(MAPPINGS, name), 'utf8')]),
  );
  for (const [file, from, to] of edits) {
    if (from === null) {
      delete files[file];
      continue;
    }
    const before = files[file] ?? '';
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file} has no text "${from}"`);
    files[file] = after;
  }
  return restoreMappings(JSON.stringify({ label: 'mappings', files }));
}

function whole(file: FileName, text: string): Edit {
  return [file, /^[\s\S]*$/u, text.replaceAll('$', '$$$$')];
}

/** The default mappings with an example's agreement in the place of the shipped one, and the owners that go with it, if any do. */
export function exampleNamed(name: string): Mappings {
  const agreement = readFileSync(join(MAPPINGS, 'examples', name), 'utf8');
  const owners = join(MAPPINGS, 'examples', name.replace('agreement', 'owners'));
  const beside: readonly Edit[] = existsSync(owners) ? [whole('owners.yaml', readFileSync(owners, 'utf8'))] : [];
  return edited(whole('agreement.yaml', agreement), ...beside);
}

/** What is said of these edits, line by line; empty when nothing is wrong. */
export function faultsOf(...edits: readonly Edit[]): readonly string[] {
  try {
    edited(...edits);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.message.split('\n');
    throw error;
  }
}

export function defaults(): Mappings {
  return loadMappings(MAPPINGS);
}
