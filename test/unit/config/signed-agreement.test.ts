import { describe, expect, test } from 'vitest';
import { restoreMappings, underAgreement } from '../../../src/config/load.ts';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';
import { defaults, type Edit, edited } from './written.ts';

const SINCE = Date.UTC(2026, 10, 1);
const NEW_VERSION: Edit = ['agreement.yaml', 'version: "2026-11"', 'version: "2026-12"'];
const OTHER_TEAM: Edit = ['owners.yaml', '  inside-sales:', '  field-sales:'];
const LOWER: Edit = ['agreement.yaml', 'at-least: 80', 'at-least: 70'];
const thresholdOf = ({ policy }: ReturnType<typeof defaults>) =>
  policy.agreement.stages.find(({ stage }) => stage === 'MQL')?.when;
const byName = (deadlines: readonly DeadlineRule[] = []) =>
  deadlines.toSorted((one, other) => one.name.localeCompare(other.name));
const signed = { version: defaults().agreement, since: SINCE };

describe('what is signed', () => {
  test('is the agreement as it is written, by its name, its date and a SHA-256 in full', () => {
    expect(defaults().agreement).toMatchObject({ version: '2026-11', effective: '2026-11-01' });
    expect(defaults().agreement.hash).toMatch(/^[0-9a-f]{64}$/u);
  });

  test.each<[string, Edit]>([
    ['a comment in it', ['agreement.yaml', 'stages:\n', '# 段階\nstages:\n']],
    ['another file', ['contact.yaml', 'policy: two-way, first: newest', 'policy: two-way, first: ask']],
    ['the calendar', ['calendar.yaml', '09:00-18:00', '10:00-17:00']],
  ])('stays the same when somebody edits %s', (_, edit) => {
    expect(edited(edit).agreement.hash).toBe(defaults().agreement.hash);
  });

  test.each<[string, Edit]>([
    ['a number', LOWER],
    ['its name', NEW_VERSION],
    ['who is to sign', ['agreement.yaml', 'ken.takahashi', 'ken.suzuki']],
  ])('is another when somebody edits %s', (_, edit) => {
    expect(edited(edit).agreement.hash).not.toBe(defaults().agreement.hash);
  });
});

describe('the mappings under a signed agreement', () => {
  test('bind nobody by themselves: who only writes a file has signed nothing', () => {
    expect(defaults().policy.agreedSince).toBeNull();
    expect(underAgreement(edited(LOWER), null).policy.agreedSince).toBeNull();
  });

  test('are held to it while another one is only proposed, and the other files count as they are', () => {
    const proposed = edited(NEW_VERSION, LOWER, ['calendar.yaml', '09:00-18:00', '10:00-17:00']);
    const inForce = underAgreement(proposed, signed);
    expect(inForce.policy).toMatchObject({ agreedSince: SINCE, agreement: { version: '2026-11' } });
    expect(thresholdOf(inForce)).toEqual(thresholdOf(defaults()));
    expect(inForce.policy.calendar).toEqual(proposed.policy.calendar);
    expect(inForce.agreement.hash).toBe(defaults().agreement.hash);
  });

  test('mean the same after the ledger has kept them', () => {
    const inForce = underAgreement(edited(NEW_VERSION, LOWER), signed);
    expect(restoreMappings(inForce.text)).toEqual(inForce);
    expect(underAgreement(inForce, signed)).toEqual(inForce);
  });

  test('are told for another date as if they had been read anew', () => {
    const later = underAgreement(underAgreement(defaults(), signed), { ...signed, since: SINCE + 1 });
    expect(later.policy.agreedSince).toBe(SINCE + 1);
    expect(restoreMappings(later.text)).toEqual(later);
    expect(underAgreement(later, null)).toEqual(defaults());
  });

  test('know the agreements that were in force before, also where the other files no longer fit those', () => {
    const before = [defaults().agreement];
    const version = edited(NEW_VERSION, LOWER, ['agreement.yaml', /inside-sales/gu, 'field-sales'], OTHER_TEAM);
    const inForce = underAgreement(version, { version: version.agreement, since: SINCE, before });
    expect(inForce.policy.earlier?.map(({ version: name }) => name)).toEqual(['2026-11']);
    expect(byName(inForce.policy.earlier?.[0]?.deadlines)).toEqual(byName(defaults().policy.agreement.deadlines));
    expect(restoreMappings(inForce.text)).toEqual(inForce);
    expect(version.policy.earlier).toBeUndefined();
  });

  test('are another version of the mappings than the same files unsigned', () => {
    expect(underAgreement(defaults(), signed).hash).not.toBe(defaults().hash);
  });

  test('that no longer fit it are refused, and it is said that the signed text is meant', () => {
    const lost = edited(
      ['owners.yaml', '  inside-sales:', '  field-sales:'],
      ['agreement.yaml', /inside-sales/gu, 'field-sales'],
    );
    const hold = () => underAgreement(lost, signed);
    expect(hold).toThrow(ConfigInvalid);
    expect(hold).toThrow(/mappings\/agreement\.yaml as signed \(2026-11\): owners\.yaml has no team "inside-sales"/u);
  });
});
