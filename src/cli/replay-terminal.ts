import type { Table } from '../domain/texts/document.ts';
import type { ReplayDocument, Section } from './replay-document.ts';

/** A replay as lines on a terminal, columns under each other. */
export function replayText({ title, lead, sections }: ReplayDocument): string {
  return [title, ...lead, ...sections.flatMap(sectionLines)].join('\n');
}

function sectionLines({ heading, table, notes }: Section): readonly string[] {
  return ['', heading, ...(table === undefined ? [] : tableLines(table)), ...notes.map((note) => `  ${note}`)];
}

function tableLines({ head, rows }: Table): readonly string[] {
  const all = [head, ...rows.map((row) => row.map((lines) => lines.join(' / ')))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all.map((row) => `  ${row.map((cell, column) => padded(cell, widths[column]!)).join('  ')}`.trimEnd());
}

function padded(cell: string, width: number): string {
  return `${cell}${' '.repeat(width - widthOf(cell))}`;
}

/** Kana, Chinese characters and full-width forms take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;

/** One character in two UTF-16 units. */
const PAIRED = /[\u{10000}-\u{10ffff}]/gu;

function widthOf(text: string): number {
  return text.length - (text.match(PAIRED)?.length ?? 0) + (text.match(WIDE)?.length ?? 0);
}
