import { describe, expect, test } from 'vitest';
import {
  type AgreementVersion,
  inForceFrom,
  missingRoles,
  otherUnderThisName,
  type Signature,
  type SigningRole,
  standingAt,
} from '../../../../src/domain/agreement/signatures.ts';
import { inTokyo, tokyo } from '../sample-calendars.ts';

const signature = (role: SigningRole, at: string): Signature => ({
  role,
  who: `${role}@example.co.jp`,
  how: 'command line',
  user: 'hanako',
  at: inTokyo(at),
});
const byBoth = (marketing: string, sales: string) => [
  signature('marketing-head', marketing),
  signature('sales-head', sales),
];
const aVersion = (rest: Partial<AgreementVersion> = {}): AgreementVersion => ({
  hash: 'h1',
  version: '2026-11',
  effective: '2026-11-01',
  text: '{}\n',
  signatures: byBoth('2026-10-20T10:00', '2026-10-21T10:00'),
  acknowledged: [],
  ...rest,
});

describe('a version of the agreement', () => {
  test.each<[string, Partial<AgreementVersion>, string | null]>([
    ['from the first minute of its effective date at the office', {}, '2026-11-01T00:00'],
    [
      'from the second signature, where that comes later',
      { signatures: byBoth('2026-11-05T09:00', '2026-11-04T17:30') },
      '2026-11-05T09:00',
    ],
    ['not at all on one signature', { signatures: [signature('sales-head', '2026-10-20T10:00')] }, null],
    [
      'not at all on two signatures of one role',
      { signatures: [signature('sales-head', '2026-10-20T10:00'), signature('sales-head', '2026-10-21T10:00')] },
      null,
    ],
    ['not at all unsigned', { signatures: [] }, null],
  ])('holds %s', (_, rest, expected) => {
    expect(inForceFrom(aVersion(rest), tokyo)).toBe(expected === null ? null : inTokyo(expected));
  });

  test('says whose signature is missing', () => {
    expect(missingRoles(aVersion({ signatures: [] }))).toEqual(['marketing-head', 'sales-head']);
    expect(missingRoles(aVersion({ signatures: [signature('marketing-head', '2026-10-20T10:00')] }))).toEqual([
      'sales-head',
    ]);
    expect(missingRoles(aVersion())).toEqual([]);
  });
});

describe('of several versions', () => {
  const first = aVersion();
  const second = aVersion({
    hash: 'h2',
    version: '2026-12',
    effective: '2026-12-01',
    signatures: byBoth('2026-11-20T10:00', '2026-11-20T11:00'),
  });
  const proposed = aVersion({ hash: 'h3', version: '2027-01', signatures: [] });
  const at = (wall: string) => {
    const { inForce, since, coming } = standingAt(inTokyo(wall), [proposed, second, first], tokyo);
    return [inForce?.version.version ?? null, since, coming.map(({ version }) => version.version)];
  };
  const since = inTokyo('2026-11-01T00:00');

  test.each<[string, string, readonly unknown[]]>([
    ['nothing, before the first is effective', '2026-10-31T23:59', [null, null, ['2026-11', '2026-12']]],
    ['the first, though a proposal lies beside it', '2026-11-10T12:00', ['2026-11', since, ['2026-12']]],
    ['the first, though the second is signed', '2026-11-30T23:59', ['2026-11', since, ['2026-12']]],
    ['the second, from its effective date', '2026-12-01T00:00', ['2026-12', since, []]],
  ])('there holds %s', (_, wall, expected) => {
    expect(at(wall)).toEqual(expected);
  });

  test('a signature counts though our clock has been set back since: nothing is unsigned by that', () => {
    const late = aVersion({ signatures: byBoth('2026-11-05T09:00', '2026-11-05T10:00') });
    expect(standingAt(inTokyo('2026-11-05T09:59'), [late], tokyo).inForce?.version).toBe(late);
  });

  test('the order in which they are known changes nothing', () => {
    expect(standingAt(inTokyo('2026-12-05T12:00'), [first, second, proposed], tokyo).inForce?.version).toBe(second);
  });

  test('a name belongs to the text that was signed under it', () => {
    expect(otherUnderThisName({ version: '2026-11', hash: 'h9' }, [first, second])).toBe(first);
    expect(otherUnderThisName({ version: '2026-11', hash: 'h1' }, [first, second])).toBeUndefined();
    expect(otherUnderThisName({ version: '2027-01', hash: 'h9' }, [proposed])).toBeUndefined();
  });
});
