/**
 * Does `.dockerignore` keep this file from the builder? The last line that speaks of a path, or of a folder above it, decides.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function ignoring(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ pattern: expression(line.replace(/^!/u, '')), keeps: line.startsWith('!') }));
  return (path) => {
    const speaks = rules.findLast(({ pattern }) => withParents(path).some((part) => pattern.test(part)));
    return speaks !== undefined && !speaks.keeps;
  };
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function withParents(path: string): readonly string[] {
  return path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
}

/** As Go's `filepath.Match` has it, a star also stands for a leading dot; two stars and a slash for any folders, or none. */
function expression(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/u).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    return part === '*' ? '[^/]*' : RegExp.escape(part);
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}
