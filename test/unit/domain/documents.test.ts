import { describe, expect, test } from 'vitest';
import type { Block, Document } from '../../../src/domain/texts/document.ts';
import { htmlOf } from '../../../src/domain/texts/document-html.ts';
import { markdownOf } from '../../../src/domain/texts/document-markdown.ts';

const of = (...blocks: readonly Block[]): Document => ({ title: 'T', blocks });

describe('a document as Markdown', () => {
  test('has a table whose cells may have lines, and a list whose lines may have lines below', () => {
    const table = { head: ['a', 'b'], rows: [[['x'], ['1', '2']]] };
    const list = [{ text: 'one', parts: [{ text: 'two' }] }];
    expect(markdownOf(of({ heading: 'H', level: 2 }, { table }, { list }, { paragraph: 'p' }))).toBe(
      '# T\n\n## H\n\n| a | b |\n| --- | --- |\n| x | 1<br>2 |\n\n- one\n  - two\n\np\n',
    );
  });

  test.each([
    ['# no heading', '\\# no heading'],
    ['- no list', '\\- no list'],
    ['12. no list', '12\\. no list'],
    ['=== no heading', '\\=== no heading'],
    ['a - b + c # d 1. e', 'a - b + c # d 1. e'],
    ['www.example.com', 'www\\.example.com'],
    ['two\nlines', 'two lines'],
    ['~~a~~ _b_ &copy; $c$', '\\~\\~a\\~\\~ \\_b\\_ \\&copy; \\$c\\$'],
  ])('%s stays what it is', (text, written) => {
    expect(markdownOf(of({ paragraph: text }))).toBe(`# T\n\n${written}\n`);
  });
});

describe('a document as a page', () => {
  const page = htmlOf(of({ table: { head: ["it's"], rows: [[['"a" & <b>', 'c']]] } }, { list: [{ text: 'x' }] }), 'ja');

  test('needs nothing but itself, and says so to the browser', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/https?:|<script|<link|@import|url\(/u);
    expect(page).toContain('<html lang="ja">');
  });

  test('is laid out for A4', () => {
    expect(page).toContain('@page { size: A4;');
  });

  test('names each row by its first cell, and escapes every word', () => {
    expect(page).toContain('<th scope="col">it&#39;s</th>');
    expect(page).toContain('<th scope="row">&quot;a&quot; &amp; &lt;b&gt;<br>c</th>');
    expect(page).toContain('<ul><li>x</li></ul>');
  });
});
