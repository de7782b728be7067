import { describe, expect, test } from 'vitest';
import type { FieldChange, TrackedChange } from '../../../src/domain/people/change.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { UndoLine } from '../../../src/domain/people/undo.ts';
import { NOT_UNDONE, notUndoneText } from '../../../src/domain/texts/undo.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { type EntityUndo, planUndo } from '../../../src/reconcile/plan-undo.ts';
import {
  aChange,
  aContact,
  aContext,
  aLead,
  aPerson,
  CONTACT_ID,
  LEAD_ID,
  mappedOtherwise,
  NOW,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, stored, writes } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const UNDO = { run: 'run-1', since: null, who: 'hanako', as: 'undo-1' } as const;
const reason = { code: 'copied', detail: {} } as const;
const field = (name: string, before: Value | undefined, after: Value): FieldChange => ({
  field: name,
  ...(before === undefined ? {} : { before }),
  after,
  reason,
});
const write = (id: string, steps: readonly FieldChange[], rest: Partial<TrackedChange> = {}) =>
  aChange({ id, state: 'confirmed', steps: [steps], run: 'run-1', ...rest });
const undo = (facts: PersonFacts, changes: readonly TrackedChange[], context = aContext()): EntityUndo =>
  planUndo({ facts, changes }, UNDO, context);
const verdicts = ({ lines }: EntityUndo) => lines.map(({ field: name, verdict }) => [name, verdict] as const);
const steps = ({ changes }: EntityUndo) =>
  changes.map((change) =>
    change.steps.map((fields) => fields.map(({ field: name, before, after }) => [name, before, after])),
  );

describe('law R14: undoing', () => {
  const lead = aLead({ Phone: '03-2', Title: '部長' });
  const facts = aPerson([aContact(), lead]);

  test('restores what was there before, where our value still stands', () => {
    const undone = undo(facts, [write('c1', [field('Phone', '03-1', '03-2')])]);
    expect(verdicts(undone)).toEqual([['Phone', { kind: 'restored', from: '03-2', to: '03-1' }]]);
    expect(steps(undone)).toEqual([[[['Phone', '03-2', '03-1']]]]);
    expect(undone.changes).toMatchObject([
      { target: { id: LEAD_ID }, readBack: true, marks: { undoes: ['c1'] }, kind: 'update' },
    ]);
    expect(undone.changes[0]?.steps[0]?.[0]?.reason).toEqual({
      code: 'undone',
      detail: { run: 'run-1', who: 'hanako' },
    });
  });

  test('of two writes in a row restores what was there before the first', () => {
    const undone = undo(facts, [
      write('c1', [field('Phone', '03-0', '03-1')]),
      write('c2', [field('Phone', '03-1', '03-2')]),
    ]);
    expect(steps(undone)).toEqual([[[['Phone', '03-2', '03-0']]]]);
    expect(undone.changes[0]?.marks.undoes).toEqual(['c1', 'c2']);
  });

  test('of two writes with another run’s in between restores what that one had left', () => {
    const undone = undo(facts, [
      write('c1', [field('Phone', '03-0', '03-1')]),
      write('c2', [field('Phone', '03-1', '03-5')], { run: 'run-2' }),
      write('c3', [field('Phone', '03-5', '03-2')]),
    ]);
    expect(steps(undone)).toEqual([[[['Phone', '03-2', '03-5']]]]);
    expect(undone.changes[0]?.marks.undoes).toEqual(['c3']);
  });

  test.each<readonly [string, PersonFacts, readonly TrackedChange[], UndoLine['verdict']]>([
    [
      'was edited since',
      aPerson([aContact(), aLead({ Phone: '090-9' })]),
      [write('c1', [field('Phone', '03-1', '03-2')])],
      { kind: 'kept', because: 'edited-since', found: '090-9' },
    ],
    [
      'was written anew by a later run',
      facts,
      [write('c1', [field('Phone', '03-1', '03-2')]), write('c2', [field('Phone', '03-2', '03-2')], { run: 'run-2' })],
      { kind: 'kept', because: 'later-run', run: 'run-2' },
    ],
    [
      'is about to be written anew',
      facts,
      [
        write('c1', [field('Phone', '03-1', '03-2')]),
        write('c2', [field('Phone', '03-2', '03-3')], { run: 'run-2', state: 'approved' }),
      ],
      { kind: 'kept', because: 'later-run', run: 'run-2' },
    ],
    [
      'stands on a record that is deleted',
      aPerson([aContact(), aLead({ Phone: '03-2' }, { deleted: true })]),
      [write('c1', [field('Phone', '03-1', '03-2')])],
      { kind: 'kept', because: 'record-gone' },
    ],
    [
      'stands on a Lead that was converted',
      aPerson([aContact(), aLead({ Phone: '03-2', IsConverted: true })]),
      [write('c1', [field('Phone', '03-1', '03-2')])],
      { kind: 'kept', because: 'converted' },
    ],
    [
      'has no before-image',
      facts,
      [write('c1', [field('Phone', undefined, '03-2')])],
      { kind: 'kept', because: 'no-image' },
    ],
    [
      'is our key',
      aPerson([aContact(), aLead({ Tasuki_Key__c: 'hubspot-501' })]),
      [write('c1', [field('Tasuki_Key__c', null, 'hubspot-501')])],
      { kind: 'kept', because: 'key' },
    ],
    ['is not read any more', facts, [write('c1', [field('Fax', '1', '2')])], { kind: 'kept', because: 'not-read' }],
  ])('leaves alone what %s, and says so', (_, known, changes, verdict) => {
    const undone = undo(known, changes);
    expect(undone.changes).toEqual([]);
    expect(undone.lines.map((line) => line.verdict)).toEqual([verdict]);
  });

  test('never lifts an opt-out', () => {
    const policy = mappedOtherwise('phone', { policy: 'stricter' });
    const undone = undo(facts, [write('c1', [field('Phone', '03-1', '03-2')])], aContext({ policy }));
    expect(verdicts(undone)).toEqual([['Phone', { kind: 'kept', because: 'opt-out' }]]);
  });

  test.each([
    ['created', write('c1', [field('LastName', undefined, '鈴木')], { kind: 'create' })],
    ['not-settled', write('c1', [field('Phone', '03-1', '03-2')], { state: 'approved' })],
    ['already-undone', write('c1', [field('Phone', '03-1', '03-2')], { state: 'undone' })],
  ])('lists what is %s as a whole', (because, change) => {
    const undone = undo(facts, [change]);
    expect([undone.changes, undone.lines.map(({ verdict }) => verdict)]).toEqual([[], [{ kind: 'kept', because }]]);
  });

  test('of a worker takes back what was planned since, and no more', () => {
    const changes = [
      write('c1', [field('Phone', '03-1', '03-2')], { plannedAt: NOW - 5 }),
      write('c2', [field('Title', '課長', '部長')], { plannedAt: NOW }),
    ];
    const undone = planUndo({ facts, changes }, { ...UNDO, since: NOW }, aContext());
    expect(steps(undone)).toEqual([[[['Title', '部長', '課長']]]]);
  });

  test('a lifecycle stage goes back in two steps, since HubSpot takes no earlier one', () => {
    const known = aPerson([aContact({ lifecyclestage: 'marketingqualifiedlead', phone: '03-2' }), aLead()]);
    const target = { system: 'hubspot', object: 'contacts', id: CONTACT_ID } as const;
    const changes = [
      write('c1', [field('lifecyclestage', 'lead', 'marketingqualifiedlead'), field('phone', '03-1', '03-2')], {
        target,
      }),
    ];
    expect(steps(undo(known, changes))).toEqual([
      [
        [
          ['lifecyclestage', 'marketingqualifiedlead', null],
          ['phone', '03-2', '03-1'],
        ],
        [['lifecyclestage', null, 'lead']],
      ],
    ]);
  });

  test('ticks off a Task that is open, and leaves one that somebody has closed', () => {
    const task = { system: 'salesforce', object: 'Task', id: '00T1' } as const;
    const opened = write('c1', [field('Subject', undefined, '初回接触')], { kind: 'create', target: task });
    const lapsed = (state: 'open' | 'closed') =>
      aPerson([aContact(), aLead()], {
        clocks: [
          {
            id: 'k1',
            person: 'hubspot-501',
            kind: 'first-contact',
            pass: 1,
            startedAt: NOW,
            dueAt: NOW,
            arithmetic: [],
            state: 'lapsed',
            task: { id: '00T1', state },
            agreementVersion: '2026-10',
          },
        ],
      });
    const undone = undo(lapsed('open'), [opened]);
    expect(undone.changes).toMatchObject([
      { target: task, marks: { task: { clock: 'k1', act: 'close' }, undoes: ['c1'] } },
    ]);
    expect(undo(lapsed('closed'), [opened]).lines).toMatchObject([{ verdict: { because: 'task-done' } }]);
  });
});

describe('after an undo', () => {
  /** HubSpot's title was carried over, and the run that did it is taken back. */
  const start = quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]));
  const typed = edited(start, CONTACT_ID, { jobtitle: '次長' }, LATER);
  const made = plan(typed);
  const carried = settled(typed, made, LATER);
  const changes = made.changes.map(
    (change): TrackedChange => ({
      ...change,
      run: 'run-1',
      state: 'confirmed',
      step: 0,
      attempts: 1,
      plannedAt: LATER,
    }),
  );
  const undone = planUndo({ facts: carried, changes }, UNDO, aContext());
  const asPlan = {
    ...made,
    changes: undone.changes,
    bases: [],
    openFindings: undone.findings,
    closeFindings: [],
    confirm: [],
    supersede: [],
    stages: [],
    clocks: [],
  };
  const after = settled(carried, asPlan, LATER);

  test('both sides differ by agreement, and the planner has nothing to say', () => {
    expect(after.sightings.map(({ values }) => values['Title'] ?? values['jobtitle'])).toEqual(['次長', '課長']);
    expect(isNothing(plan(after))).toBe(true);
  });

  test('the undo is kept while it waits, and taken back when somebody is quicker', () => {
    const waiting = stored(carried, asPlan, LATER);
    expect(isNothing(plan(waiting))).toBe(true);
    const overtaken = plan(edited(waiting, LEAD_ID, { Title: '室長' }, LATER + 1));
    expect(overtaken.supersede).toEqual([{ change: undone.changes[0]?.id, because: 'planned-anew' }]);
  });

  test('the next edit of either side travels as ever, and the finding closes', () => {
    const next = edited(after, CONTACT_ID, { jobtitle: '部長' }, LATER + 1);
    expect(writes(plan(next))['salesforce:Lead']).toMatchObject({ Title: '部長' });
    const done = settled(next, plan(next), LATER + 1);
    expect(plan(done).closeFindings).toMatchObject([{ code: 'WRITE_UNDONE' }]);
  });
});

describe('a derived field that was taken back', () => {
  const shown = { tasuki_stage: 'lead', lifecyclestage: 'lead' };
  const start = quiet(aPerson([aContact({ ...shown, hubspot_owner_id: '71' }), aLead()]));
  const finding = (wanted: Record<string, Value>) => ({
    code: 'WRITE_UNDONE' as const,
    subject: `salesforce:Lead:${LEAD_ID}`,
    entity: start.id,
    detail: {
      run: 'run-1',
      who: 'hanako',
      system: 'salesforce',
      wanted: JSON.stringify(wanted),
      bases: '{}',
      fields: '',
    },
  });
  const emptied = edited(start, LEAD_ID, { Tasuki_Stage__c: null }, LATER);

  test('is not written again while we would write the same', () => {
    expect(writes(plan(emptied))['salesforce:Lead']).toMatchObject({ Tasuki_Stage__c: 'lead' });
    const held = { ...emptied, findings: [finding({ Tasuki_Stage__c: 'lead' })] };
    expect(plan(held).changes).toEqual([]);
    expect(plan(held).closeFindings).toEqual([]);
  });

  test('is written when what we want has changed, and the finding closes', () => {
    const held = { ...emptied, findings: [finding({ Tasuki_Stage__c: 'MQL' })] };
    expect(writes(plan(held))['salesforce:Lead']).toMatchObject({ Tasuki_Stage__c: 'lead' });
    expect(plan(held).closeFindings).toMatchObject([{ code: 'WRITE_UNDONE' }]);
  });

  test('leaves the finding smaller when only some of it still holds', () => {
    const held = { ...emptied, findings: [finding({ Tasuki_Stage__c: 'lead', Tasuki_Next_Due__c: 'x' })] };
    expect(plan(held).openFindings).toMatchObject([
      { code: 'WRITE_UNDONE', detail: { wanted: '{"Tasuki_Stage__c":"lead"}', who: 'hanako' } },
    ]);
  });
});

test.each(Object.keys(NOT_UNDONE) as (keyof typeof NOT_UNDONE)[])('%s is said in both languages', (because) => {
  const said = (['ja', 'en'] as const).map((locale) =>
    notUndoneText({ kind: 'kept', because, found: '090', run: 'run-2' }, locale),
  );
  expect(said.every((text) => text.length > 3 && !text.includes('undefined'))).toBe(true);
});
