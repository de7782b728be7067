import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { expect, it } from 'vitest';
import { parseByShape } from '../../../src/sandbox/salesforce/soql/shapes.ts';

const from = (stamp: string, id: string) =>
  `SELECT Id, Title FROM Lead WHERE SystemModstamp >= ${stamp} AND (SystemModstamp > ${stamp} OR Id > '${id}') ORDER BY Id LIMIT 10`;

it.each([
  ['two pages of one pull', [from('2026-11-21T00:00:00Z', '00Qa'), from('2026-11-21T09:30:05Z', '00Qb')]],
  [
    'two lists of ids of one length',
    ["SELECT Id FROM Task WHERE WhoId IN ('a', 'b')", "SELECT Id FROM Task WHERE WhoId IN ('c', 'd')"],
  ],
  [
    'texts with quotes and backslashes',
    ["SELECT Id FROM Lead WHERE Name = 'O\\'Hara'", "SELECT Id FROM Lead WHERE Name = 'C:\\\\'"],
  ],
  [
    'a text that looks like a stand-in',
    ["SELECT Id FROM Lead WHERE Name = '~1~' OR Title = 'a'", "SELECT Id FROM Lead WHERE Name = 'a' OR Title = '~0~'"],
  ],
  [
    'an instant inside a text',
    ["SELECT Id FROM Lead WHERE Title = '2026-11-21T00:00:00Z' AND CreatedDate > 2026-11-21T00:00:00Z"],
  ],
  [
    'a subquery with a condition',
    ["SELECT Id, (SELECT Id FROM Contacts WHERE Email = 'a') FROM Account WHERE Name = 'b'"],
  ],
])('%s are parsed as the grammar itself does', (_, soqls) => {
  for (const soql of soqls) expect(parseByShape(soql)).toEqual(parseQuery(soql));
});

it('what is no query is refused in the words of its own text', () => {
  expect(() => parseByShape("SELECT Id FROM Lead WHERE Name = 'a' ODER 'b'")).toThrow(/'b'/);
});
