import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { SourceFile } from './sources.ts';

/** What a file names in `import`, `export … from` and `import()`, type-only imports included. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const { module } = parseSync(path, text);
  const reExported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  // The parser gives the place of a dynamic import's argument; only a plain text can be judged, and nothing else is allowed.
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/^['"`]|['"`]$/gu, ''),
  );
  return [
    ...new Set([...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...reExported, ...dynamic]),
  ];
}

/** The room a file lives in: `domain`, `connectors`, `jobs`, `test` … */
export function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' && path.split('/').length > 2 ? second : first;
}

/** The path of a file's import from the root, or `null` for a package. */
export function pathOf(specifier: string, from: SourceFile): string | null {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from.path), specifier)) : null;
}

/** `zod`, `@scope/name`: the package behind a specifier; `null` for files and for Node's own modules. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return null;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
