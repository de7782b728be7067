import { describe, expect, test } from 'vitest';
import { isSharedMailbox } from '../../../src/domain/people/shared-mailbox.ts';
import { defaults, edited, faultsOf } from './written.ts';

const LIST = /shared-mailboxes:\n[^\]]*\]/u;

describe('how people are told apart', () => {
  test.each(['info', 'sales', 'contact', 'soumu', 'eigyo', 'saiyo', 'toiawase'])(
    'by default %s@ is a mailbox that several people read',
    (local) => {
      const { sharedMailboxes } = defaults().policy.person.matching;
      expect(isSharedMailbox(`${local}@example.co.jp`, sharedMailboxes)).toBe(true);
    },
  );

  test('by default a person’s own address is none, and a rule chooses among several records', () => {
    const { sharedMailboxes, several } = defaults().policy.person.matching;
    expect(isSharedMailbox('taro.suzuki@example.co.jp', sharedMailboxes)).toBe(false);
    expect(several).toBe('rule');
  });

  test('a mailbox may be written with its @, in any width and case, or as a whole address', () => {
    const { policy } = edited(['contact.yaml', LIST, 'shared-mailboxes: [Info@, ＳＡＬＥＳ, Desk@Example.co.jp]']);
    expect(policy.person.matching.sharedMailboxes).toEqual(['info', 'sales', 'desk@example.co.jp']);
  });

  test('an older file without a word about it follows the rule, and knows no shared mailbox', () => {
    const { policy } = edited(['contact.yaml', / {2}matching:\n[\s\S]*several: rule\n/u, '']);
    expect(policy.person.matching).toEqual({ sharedMailboxes: [], several: 'rule' });
  });

  test('to be left alone is a word of its own', () => {
    expect(edited(['contact.yaml', 'several: rule', 'several: leave']).policy.person.matching.several).toBe('leave');
  });

  test.each([
    ['several: rule', 'several: newest', 'must be one of rule, leave'],
    [LIST, 'shared-mailboxes: [in fo]', 'must be a mailbox: info, or support@example.co.jp.'],
    [LIST, 'shared-mailboxes: info', 'must be a list of mailboxes'],
    [
      'match: [link, key, native-link, email]',
      'match: [link, key, email]',
      'write match: [link, key, native-link, email]',
    ],
  ])('what cannot be meant is refused: %s → %s', (from, to, message) => {
    const faults = faultsOf(['contact.yaml', from, to]);
    expect(faults.join('\n')).toContain(message);
    expect(faults[0]).toMatch(/^mappings\/contact\.yaml:\d+:\d+: /u);
  });
});
