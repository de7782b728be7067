import { describe, expect, test } from 'vitest';
import { deadLinks, pages, unlinkedReadmes, unnamedRooms } from './documents.ts';
import { readRoot } from './sources.ts';

/** A page that does not exist, to show that a rule sees what it is there for. */
function planted(path: string, text: string) {
  return [{ path, text }];
}

describe('a link in a page leads somewhere', () => {
  test('in every page of the project', () => {
    expect(pages().length).toBeGreaterThan(15);
    expect(deadLinks(pages())).toEqual([]);
  });

  test.each([
    ['README.md', 'see [jobs](jobs/READ.md)'],
    ['src/cli/README.md', 'see [errors](errors/README.md), from the wrong folder'],
    ['src/README.md', '| [`steps/`](step/README.md) | a link in a table |'],
    ['src/README.md', 'see [the words](#wordz)'],
    ['README.md', 'see [the words](src/README.md#wordz)'],
  ])('in %s, %s is caught', (path, text) => {
    expect(deadLinks(planted(path, text))).toHaveLength(1);
  });

  test.each([
    ['src/cli/README.md', 'see [errors](../errors/README.md)'],
    ['README.md', 'see [the words](src/README.md#words) and [the code](src)'],
    ['README.md', 'the web is not ours: [HubSpot](https://developers.hubspot.com)'],
    ['README.md', 'an example in code, `[x](nowhere.md)`, is no link'],
  ])('in %s, %s is fine', (path, text) => {
    expect(deadLinks(planted(path, text))).toEqual([]);
  });
});

describe('whoever opens src finds every folder', () => {
  test('named in its page, and linked where it has a page of its own', () => {
    expect(unnamedRooms(readRoot('src/README.md'))).toEqual([]);
    expect(unlinkedReadmes(readRoot('src/README.md'))).toEqual([]);
  });

  test('a page that forgets one is caught', () => {
    const forgetful = readRoot('src/README.md').replaceAll('ledger/', 'elsewhere/');
    expect(unnamedRooms(forgetful)).toEqual(['ledger']);
    expect(unlinkedReadmes(forgetful)).toEqual(['ledger/README.md']);
  });
});
