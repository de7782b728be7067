import { describe, expect, test } from 'vitest';
import { fieldText } from '../../../src/cli/explain-field.ts';
import { countsOf, runsText, undoText } from '../../../src/cli/undo-text.ts';
import type { UndoLine } from '../../../src/domain/people/undo.ts';
import { findField } from '../../../src/reconcile/find-field.ts';
import { storyOf } from '../../../src/reconcile/why-field.ts';
import { aChange, aContact, aContext, aLead, aPerson, aPolicy, CALENDAR, LEAD_ID, NOW } from '../../support/people.ts';
import { quiet } from '../../support/settle.ts';

const ja = { locale: 'ja', calendar: CALENDAR } as const;
const en = { locale: 'en', calendar: CALENDAR } as const;
const target = { system: 'salesforce', object: 'Lead', id: LEAD_ID } as const;
const LINES: readonly UndoLine[] = [
  { target, field: 'Title', verdict: { kind: 'restored', from: '部長', to: null } },
  { target, field: 'Phone', verdict: { kind: 'kept', because: 'edited-since', found: '090-1' } },
  { target, field: null, verdict: { kind: 'kept', because: 'created' } },
];

describe('what an undo says', () => {
  test('is what is restored, and of the rest why not, with what was found', () => {
    const text = undoText({ run: 'run-1', lines: LINES }, en);
    expect(text).toContain('1 field to restore, 2 left as they are');
    expect(text).toContain(`~ Salesforce lead ${LEAD_ID} Title: “部長” → (empty)`);
    expect(text).toContain('Phone: edited since: now “090-1”');
    expect(undoText({ run: 'run-1', lines: LINES }, ja)).toContain(
      'その後、人またはほかの連携が変更した(現在「090-1」)',
    );
  });

  test('counts by why', () => {
    expect(countsOf(LINES)).toEqual({ restored: 1, kept: { 'edited-since': 1, created: 1 } });
  });

  test('names the runs there are, or that there are none', () => {
    const run = { run: 'run-1', kind: 'once', from: NOW, until: NOW, changes: 3, standing: 2 };
    expect(runsText([run], en)).toContain('3 changes, 2 standing');
    expect(runsText([], ja)).toContain('まだありません');
  });
});

test('the story of a field has both sides, base, rule, the newest write and why it is not written', () => {
  const facts = quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]));
  const context = aContext();
  const found = findField('Title', 'person', context);
  if (found.kind === 'unknown') throw new Error('Title is mapped');
  const write = {
    field: 'Title',
    before: null,
    after: '課長',
    reason: { code: 'filled-blank', detail: { from: 'hubspot' } },
  } as const;
  const story = storyOf(
    found.field,
    facts,
    [aChange({ state: 'confirmed', steps: [[write]], confirmedAt: NOW })],
    context,
  );
  const text = fieldText(story, facts, { ...aPolicy(), locale: 'ja' });
  expect(text.split('\n')).toEqual([
    'hubspot-501  jobtitle',
    '  HubSpot コンタクト 501 jobtitle = 「課長」',
    `  Salesforce リード ${LEAD_ID} Title = 「課長」`,
    expect.stringContaining('ベース値: HubSpot 「課長」 / Salesforce 「課長」'),
    expect.stringContaining('mappings/contact.yaml:18'),
    expect.stringMatching(
      /最後の書き込み: .*「課長」 {2}空欄だったため、HubSpot の値で補完.*確認済み、run-1、合意 2026-10、/u,
    ),
    '  現在: 両方がそろっているため、書き込むものがない',
  ]);
});
