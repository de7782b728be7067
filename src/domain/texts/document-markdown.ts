import type { Block, Cell, Document, Item, Table } from './document.ts';
import { printable } from './words.ts';

/** As GitHub, GitLab and Notion read Markdown. */
export function markdownOf({ title, blocks }: Document): string {
  return `${[`# ${plain(title)}`, ...blocks.map(blockText)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  if ('heading' in block) return `${'#'.repeat(block.level)} ${plain(block.heading)}`;
  if ('paragraph' in block) return plain(block.paragraph);
  if ('list' in block) return block.list.flatMap((item) => itemLines(item)).join('\n');
  return tableText(block.table);
}

function itemLines({ text, parts = [] }: Item): readonly string[] {
  return [`- ${plain(text)}`, ...parts.flatMap(itemLines).map((line) => `  ${line}`)];
}

function tableText({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head.map(plain)), line(head.map(() => '---')), ...rows.map((row) => line(row.map(cellText)))].join('\n');
}

function cellText(cell: Cell): string {
  return cell.map(plain).join('<br>');
}

/**
 * Text that is nothing but text: no emphasis, link, tag, code, cell or heading comes of it, and no address becomes a link by itself. What
 * begins a block counts at the beginning only.
 */
function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>|~&$]/gu, '\\$&')
    .replace(/:(?=\/\/)/gu, '\\:')
    .replace(/\bwww\./giu, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^(\s*)([#+=-])/u, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/u, '$1\\$2');
}
