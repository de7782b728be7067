import type { Locale } from '../domain/policy.ts';
import type { Block } from '../domain/texts/document.ts';
import { htmlOf } from '../domain/texts/document-html.ts';
import type { ReplayDocument, Section } from './replay-document.ts';

/** A replay as a page of the same kind as the agreement's own. */
export function replayHtml({ title, lead, sections }: ReplayDocument, locale: Locale): string {
  const paragraphs = lead.map((paragraph) => ({ paragraph }));
  return htmlOf({ title, blocks: [...paragraphs, ...sections.flatMap(blocksOf)] }, locale);
}

function blocksOf({ heading, table, notes }: Section): readonly Block[] {
  return [
    { heading, level: 2 },
    ...(table === undefined ? [] : [{ table }]),
    ...notes.map((paragraph) => ({ paragraph })),
  ];
}
