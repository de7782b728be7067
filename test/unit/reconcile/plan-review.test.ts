import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { AgreementFacts, Clock } from '../../../src/domain/people/person.ts';
import { planBatch } from '../../../src/reconcile/plan-batch.ts';
import { AGREEMENT, aContext, aPolicy, tokyo } from '../../support/people.ts';

const REVIEWED: Agreement = {
  ...AGREEMENT,
  roles: { 'marketing-head': 'aoi.mori@example.co.jp', 'sales-head': 'yui.ono@example.co.jp' },
  review: { every: 'quarter', next: '2026-12-15', tasksFor: ['marketing-head', 'sales-head'] },
};
const FIRST = ['agreement:review:2026-12-15:marketing-head', 'agreement:review:2026-12-15:sales-head'];
const SECOND = FIRST.map((id) => id.replace('2026-12', '2027-03'));
const BEFORE = tokyo('2026-12-15 08:59');
const DUE = tokyo('2026-12-15 09:00');

const NOTHING_YET: AgreementFacts = {
  kind: 'agreement',
  id: 'agreement',
  version: 1,
  createdAt: 0,
  links: [],
  sightings: [],
  bases: [],
  open: [],
  findings: [],
  rivals: [],
  clocks: [],
};

function look(facts: AgreementFacts, now: number, agreement = REVIEWED) {
  const [made] = planBatch([facts], {}, aContext({ now, policy: aPolicy({ agreement }) })).plans;
  return made!;
}

/** As the ledger stores it; `written`: the Tasks are made, or ticked off. */
function after(facts: AgreementFacts, made: ReturnType<typeof look>, isWritten = true): AgreementFacts {
  const clocks = new Map([...facts.clocks, ...made.clocks].map((clock) => [clock.id, clock]));
  for (const { marks, target } of isWritten ? made.changes : []) {
    const clock = clocks.get(marks.task?.clock ?? '');
    if (clock === undefined) continue;
    const state = marks.task?.act === 'open' ? 'open' : 'closed';
    clocks.set(clock.id, { ...clock, task: { id: target.id ?? `00T-${clock.id}`, state } });
  }
  const tracked = made.changes.map(
    (change): TrackedChange => ({ ...change, run: 'r', state: 'sending', step: 0, attempts: 1, plannedAt: 0 }),
  );
  const open = isWritten ? [] : [...facts.open, ...tracked];
  return { ...facts, version: facts.version + 1, clocks: [...clocks.values()], open };
}

const waiting = () => after(NOTHING_YET, look(NOTHING_YET, BEFORE));
const due = () => after(waiting(), look(waiting(), DUE));
const states = (clocks: readonly Clock[]) => Object.fromEntries(clocks.map(({ id, state }) => [id, state]));
const tasks = ({ changes }: ReturnType<typeof look>) =>
  changes.map(({ kind, marks, key }) => `${kind} ${marks.task?.act} ${key?.value ?? marks.task?.clock}`);

describe('the review of the agreement', () => {
  test('waits until it is due: the office opens on that day', () => {
    const made = look(NOTHING_YET, BEFORE);
    expect(made.changes).toEqual([]);
    expect(made.clocks).toMatchObject(FIRST.map((id) => ({ id, state: 'running', dueAt: DUE })));
    expect(look(waiting(), BEFORE)).toMatchObject({ changes: [], clocks: [] });
  });

  test('gives one Task to each head then, on nobody’s record, and says what to look at', () => {
    const made = look(waiting(), DUE);
    expect(tasks(made)).toEqual(FIRST.map((id) => `create open ${id}`));
    const written = made.changes.map(({ steps }) =>
      Object.fromEntries(steps.flat().map(({ field, after: value }) => [field, value])),
    );
    expect(written).toMatchObject([
      { OwnerId: '005000000000001AAA', ActivityDate: '2026-12-15' },
      { OwnerId: '005000000000003AAA', ActivityDate: '2026-12-15' },
    ]);
    expect(Object.keys(written[0]!)).toEqual(['Subject', 'Description', 'OwnerId', 'ActivityDate']);
    expect(written[0]?.['Description']).toContain('tasuki replay');
    expect(made.clocks.map(({ id }) => id)).toEqual([...FIRST, ...SECOND]);
  });

  test('gives none a second time, whether or not the first is written', () => {
    expect(look(due(), DUE + 1)).toMatchObject({ changes: [], clocks: [] });
    const sending = after(waiting(), look(waiting(), DUE), false);
    expect(look(sending, DUE + 1)).toMatchObject({ changes: [], supersede: [] });
  });

  test('is over with the next version that is signed', () => {
    const next = { ...REVIEWED, version: '2027-01', review: { ...REVIEWED.review!, next: '2027-06-15' } };
    const made = look(due(), DUE + 1, next);
    expect(tasks(made)).toEqual(FIRST.map((id) => `update close ${id}`));
    expect(states(made.clocks)).toMatchObject({ [FIRST[0]!]: 'closed', [SECOND[0]!]: 'closed' });
    const rest = after(due(), made);
    expect(look(rest, DUE + 2, next)).toMatchObject({ changes: [], clocks: [] });
    expect(rest.clocks.filter(({ state }) => state === 'running').map(({ id }) => id)).toEqual(
      FIRST.map((id) => id.replace('2026-12', '2027-06')),
    );
  });

  test('stays where a new version keeps its date, and is then due under that one', () => {
    const next = { ...REVIEWED, version: '2027-01' };
    const kept = after(waiting(), look(waiting(), BEFORE, next));
    expect(kept.clocks).toMatchObject(FIRST.map((id) => ({ id, state: 'running', agreementVersion: '2027-01' })));
    const made = look(kept, DUE, next);
    expect(tasks(made)).toEqual(FIRST.map((id) => `create open ${id}`));
    expect(look(after(kept, made), DUE + 1, next).changes).toEqual([]);
  });

  test('is over when the next one is due: nobody has two', () => {
    const later = tokyo('2027-03-15 09:00');
    const made = look(due(), later);
    expect(tasks(made).toSorted()).toEqual(
      [...SECOND.map((id) => `create open ${id}`), ...FIRST.map((id) => `update close ${id}`)].toSorted(),
    );
  });

  test('is asked of nobody any more when the agreement no longer has it', () => {
    const { review: _, ...without } = REVIEWED;
    const made = look(due(), DUE + 1, { ...without, version: '2027-01' });
    expect(tasks(made)).toEqual(FIRST.map((id) => `update close ${id}`));
    expect(made.clocks.every(({ state }) => state === 'closed')).toBe(true);
    expect(look(NOTHING_YET, DUE, without)).toMatchObject({ changes: [], clocks: [] });
  });

  test('that was to be before the agreement was in force is not made up for', () => {
    const old = { ...REVIEWED, review: { ...REVIEWED.review!, next: '2025-12-15' } };
    expect(look(NOTHING_YET, tokyo('2026-12-16 10:00'), old).clocks.map(({ id }) => id)).toEqual(SECOND);
  });

  test('on a holiday is due when the office opens next', () => {
    const closed = { ...REVIEWED, review: { ...REVIEWED.review!, next: '2026-11-21' } };
    const made = look(NOTHING_YET, tokyo('2026-11-20 10:00'), closed);
    expect(made.clocks[0]?.dueAt).toBe(tokyo('2026-11-24 09:00'));
  });

  test('of a head whom Salesforce does not know is told, and made up for as soon as it does', () => {
    const roles = { ...REVIEWED.roles, 'sales-head': 'left@example.co.jp' };
    const made = look(waiting(), DUE, { ...REVIEWED, roles });
    expect(tasks(made)).toEqual([`create open ${FIRST[0]}`]);
    expect(made.openFindings).toMatchObject([
      { code: 'HEAD_WITHOUT_USER', detail: { role: 'sales-head', email: 'left@example.co.jp', date: '2026-12-15' } },
    ]);
    expect(tasks(look(after(waiting(), made), DUE + 1))).toEqual([`create open ${FIRST[1]}`]);
  });

  test('is nobody’s while no agreement is in force', () => {
    const policy = aPolicy({ agreement: REVIEWED, agreedSince: null });
    expect(planBatch([waiting()], {}, aContext({ now: DUE, policy })).plans).toMatchObject([
      { changes: [], clocks: [] },
    ]);
  });
});
