import type { Locale } from '../policy.ts';
import type { Block, Cell, Document, Item, Table } from './document.ts';
import { printable } from './words.ts';

/**
 * One page that needs nothing but itself: no script, no network, no font to fetch, and its own policy says so to the browser. It is laid out
 * for a screen and for A4.
 */
export function htmlOf({ title, blocks }: Document, locale: Locale): string {
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${plain(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${plain(title)}</h1>`,
    ...blocks.map(blockText),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockText(block: Block): string {
  if ('heading' in block) return `<h${block.level}>${plain(block.heading)}</h${block.level}>`;
  if ('paragraph' in block) return `<p>${plain(block.paragraph)}</p>`;
  if ('list' in block) return listText(block.list);
  return tableText(block.table);
}

function listText(items: readonly Item[]): string {
  const lines = items.map(
    ({ text, parts = [] }) => `<li>${plain(text)}${parts.length === 0 ? '' : listText(parts)}</li>`,
  );
  return `<ul>${lines.join('')}</ul>`;
}

function tableText({ head, rows, columns }: Table): string {
  const titles = head.map((title) => `<th scope="col">${plain(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cellText).join('')}</tr>`).join('\n');
  return `<table${columns === undefined ? '' : ` class="${columns}"`}>\n<thead><tr>${titles}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

function cellText(cell: Cell, nth: number): string {
  const lines = cell.map(plain).join('<br>');
  return nth === 0 ? `<th scope="row">${lines}</th>` : `<td>${lines}</td>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function plain(text: string): string {
  return printable(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
}

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1c1e21; font: 15px/1.75 "Hiragino Kaku Gothic ProN", "Hiragino Sans", "Yu Gothic Medium", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, system-ui, sans-serif; line-break: strict; overflow-wrap: anywhere; }
main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.35; margin: 0 0 1rem; padding-bottom: .6rem; border-bottom: 3px solid #b3261e; }
h2 { font-size: 1.2rem; line-height: 1.4; margin: 2.4rem 0 .7rem; padding-left: .6rem; border-left: 4px solid #b3261e; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { margin: .5rem 0; }
ul { margin: .4rem 0; padding-left: 1.4rem; }
table { width: 100%; table-layout: fixed; margin: .7rem 0; border-collapse: collapse; font-size: .93em; }
th, td { border: 1px solid #c4c7cc; padding: .45rem .6rem; text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #f1f2f4; font-weight: bold; }
thead th:first-child { width: 10em; }
.by-content { table-layout: auto; }
.by-content thead th { min-width: 5.5em; width: auto; }
tbody th { background: #fafafa; font-weight: bold; }
h1, h2, h3, thead { break-after: avoid; }
tr, li { break-inside: avoid; }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  body { font-size: 10pt; line-height: 1.6; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 1.6rem; }
  thead { display: table-header-group; }
  thead th, tbody th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
