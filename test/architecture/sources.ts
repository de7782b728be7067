import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One file of the project, with its path from the root: `src/domain/policy.ts`. */
export type SourceFile = { readonly path: string; readonly text: string };

const ROOT = join(import.meta.dirname, '..', '..');

/** The TypeScript files under these folders. */
export function sourcesIn(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return { path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') };
      }),
  );
}

export function readRoot(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
