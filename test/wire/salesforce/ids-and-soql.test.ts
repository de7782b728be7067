import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSalesforceId, recordsNamedIn, to18 } from '../../../src/connectors/salesforce/ids.ts';
import { chunksForUrl, instantLiteral, quoted } from '../../../src/connectors/salesforce/soql.ts';

test('the 18-character form follows the case of the first fifteen', () => {
  expect(to18('003xx000004TmiQ')).toBe('003xx000004TmiQAAS');
  expect(to18('003xx000004TmiQAAS')).toBe('003xx000004TmiQAAS');
  expect(to18('001D000000IRFma')).toBe('001D000000IRFmaIAH');
});

test('ids that differ only in case differ in their last three characters, whatever the case these are compared in', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9]{15}$/);
  fc.assert(
    fc.property(id, id, (one, other) => {
      const same = to18(one).toLowerCase() === to18(other).toLowerCase();
      expect(same).toBe(one === other);
      expect(isSalesforceId(to18(one))).toBe(true);
    }),
  );
  expect(to18('00Q5g00000aaaaa').toLowerCase()).not.toBe(to18('00Q5g00000AAAAA').toLowerCase());
});

test('a record is recognised in a message of any language, and only records that we know are', () => {
  const lead = { object: 'Lead', id: '00Q5g00000AAAAAEA5' };
  expect(recordsNamedIn('duplicates value on record with id: 00Q5g00000AAAAA')).toEqual([lead]);
  expect(recordsNamedIn('レコードID 00Q5g00000AAAAAの値と重複しています')).toEqual([lead]);
  expect(recordsNamedIn('duplicates value on record with id: 0065g00000AAAAA')).toMatchObject([
    { object: 'Opportunity' },
  ]);
  expect(recordsNamedIn('case 5005g00000AAAAA, too long: abcdefghijklmnop')).toEqual([]);
});

test('a text in a query cannot end its own literal', () => {
  expect(quoted("O'Neill \\")).toBe("'O\\'Neill \\\\'");
  expect(quoted('二行\nの値')).toBe("'二行\\nの値'");
});

test('an instant in a query is whole seconds, as stamps are', () => {
  expect(instantLiteral(Date.UTC(2026, 10, 21, 7, 3, 5, 999))).toBe('2026-11-21T07:03:05Z');
});

test('a list is cut before the URL bursts, by number or by its bytes once encoded', () => {
  const plain = chunksForUrl(
    Array.from({ length: 450 }, (_, i) => `'${i}'`),
    400,
  );
  expect(plain.map((chunk) => chunk.length)).toEqual([400, 50]);
  const japanese = chunksForUrl(
    Array.from({ length: 200 }, () => quoted('株式会社襷'.repeat(12))),
    200,
  );
  expect(japanese.flat()).toHaveLength(200);
  expect(Math.max(...japanese.map((chunk) => encodeURIComponent(chunk.join(',')).length))).toBeLessThan(12_000);
});
