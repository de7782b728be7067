import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { SourceFile } from './sources.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NOT_OURS = new Set(['node_modules', 'test-results', 'coverage']);

/** Every Markdown page of the project, with its path from the root. */
export function pages(folder = ROOT): readonly SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : pages(path);
    if (!entry.name.endsWith('.md')) return [];
    return [{ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }];
  });
}

/** Links that lead nowhere: to a file that is not there, or to a heading that its page does not have. */
export function deadLinks(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    linksOf(text).flatMap((link) => {
      const [target = '', heading = ''] = link.split('#');
      const file = target === '' ? path : posix.join(dirname(path), target);
      if (!existsSync(join(ROOT, file))) return [`${path} links to ${link}, which is not there.`];
      const isPage = heading !== '' && statSync(join(ROOT, file)).isFile();
      const there = isPage ? headingsOf(target === '' ? text : readFileSync(join(ROOT, file), 'utf8')) : [heading];
      return there.includes(heading) ? [] : [`${path} links to ${link}, a heading that is not there.`];
    }),
  );
}

/** The folders of `src/` that its page does not name in its table. */
export function unnamedRooms(page: string): readonly string[] {
  return rooms().filter((room) => !page.includes(`\`${room}/\``));
}

/** READMEs of the folders of `src/` that its page has no link to. */
export function unlinkedReadmes(page: string): readonly string[] {
  const links = linksOf(page);
  return rooms()
    .map((room) => `${room}/README.md`)
    .filter((readme) => existsSync(join(ROOT, 'src', readme)) && !links.includes(readme));
}

/** An empty folder is nobody's: a clone would not have it. */
function rooms(): readonly string[] {
  return readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(ROOT, 'src', entry.name)).length > 0)
    .map(({ name }) => name);
}

/** Where the page's own words point to; code in fences and in backticks is not its own words, the web is not ours. */
function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^( *)```.*?^\1```/gmsu, '').replace(/`[^`\n]*`/gu, '');
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/gu)]
    .map(([, link = '']) => decodeURI(link))
    .filter((link) => !/^[a-z][a-z+.-]*:/iu.test(link));
}

/** Headings as the anchors that a Git host makes of them. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ +(.+?) *$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
