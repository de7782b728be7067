import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { importsOf, packageOf, pathOf } from '../architecture/imports.ts';
import { type SourceFile, sourcesIn } from '../architecture/sources.ts';
import { ROOT } from './build-image.ts';

/** Imports that lead to nothing in this folder: a file that was not copied, a package that was not installed. */
export function deadImports(app: string, files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const path = pathOf(specifier, file);
      const name = packageOf(specifier);
      const target = path ?? (name === null ? null : posix.join('node_modules', name));
      return target === null || existsSync(join(app, target)) ? [] : [`${file.path} imports ${specifier}`];
    }),
  );
}

/** Packages that only the sandbox and the tests import, of those that are installed for the product. */
export function sandboxPackages(): readonly string[] {
  const product = packagesOf(sourcesIn('src', 'jobs').filter(({ path }) => !path.startsWith('src/sandbox/')));
  return Object.keys(manifest().dependencies)
    .filter((name) => packagesOf(sourcesIn('src/sandbox')).has(name) && !product.has(name))
    .sort();
}

function packagesOf(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(files.flatMap((file) => importsOf(file).flatMap((specifier) => packageOf(specifier) ?? [])));
}

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
}

/** Paths in node_modules that the lock file keeps for development alone. */
export function developmentPaths(): readonly string[] {
  return Object.entries(locked()).flatMap(([path, { dev }]) => (dev === true ? [path] : []));
}

/** Where these packages would lie, but for those that a package of the product brings along anyway. */
export function unneededByOthers(names: readonly string[]): readonly string[] {
  const brought = new Set(
    Object.entries(locked()).flatMap(([path, { dev, dependencies = {} }]) =>
      path === '' || dev === true ? [] : Object.keys(dependencies),
    ),
  );
  return names.filter((name) => !brought.has(name)).map((name) => posix.join('node_modules', name));
}

type Locked = { readonly dev?: boolean; readonly dependencies?: Readonly<Record<string, string>> };

function locked(): Readonly<Record<string, Locked>> {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return lock.packages;
}
