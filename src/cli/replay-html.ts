import type { Locale } from '../domain/policy.ts';
import type { ReplayDocument, Section, Table } from './replay-document.ts';

/** A replay as one page that needs nothing else: no script, no picture, no address. Names come from the CRMs, so every text is escaped. */
export function replayHtml({ title, lead, sections }: ReplayDocument, locale: Locale): string {
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...lead.map(paragraph),
    ...sections.flatMap(sectionLines),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const STYLE =
  'body{font-family:system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;line-height:1.6}' +
  'table{border-collapse:collapse;margin:.5rem 0}th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:left;vertical-align:top}' +
  'th{background:#f2f2f2}@media print{body{margin:0}}';

function sectionLines({ heading, table, notes }: Section): readonly string[] {
  return [`<h2>${escaped(heading)}</h2>`, ...(table === undefined ? [] : tableLines(table)), ...notes.map(paragraph)];
}

function tableLines({ head, rows }: Table): readonly string[] {
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return ['<table>', row(head, 'th'), ...rows.map((cells) => row(cells, 'td')), '</table>'];
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? '');
}
