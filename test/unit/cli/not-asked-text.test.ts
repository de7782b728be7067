import { expect, test } from 'vitest';
import { notAskedLine } from '../../../src/cli/not-asked-text.ts';
import { aPolicy, tokyo } from '../../support/people.ts';

const { calendar } = aPolicy();

test.each([
  ['hubspot', tokyo('2026-11-26 18:00'), 'ja', ['HubSpot には問い合わせていません', '2026年11月26日(木) 18:00 までに']],
  ['salesforce', null, 'ja', ['Salesforce には問い合わせていません', 'まだ一度も読み取っていません']],
  ['salesforce', tokyo('2026-11-26 18:00'), 'en', ['Salesforce was not asked', 'read until Thu 26 Nov 2026, 18:00']],
  ['hubspot', null, 'en', ['HubSpot was not asked', 'never been read']],
] as const)('a plan for which %s was not asked says so, and until when was read (%#)', (system, at, locale, said) => {
  const line = notAskedLine({ system, level: 'spent', readUntil: at }, { locale, calendar });
  for (const words of said) expect(line).toContain(words);
});
