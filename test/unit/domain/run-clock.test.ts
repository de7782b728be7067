import { describe, expect, test } from 'vitest';
import { contactsIn, conversionAt, meetingsBookedIn, stampedAt } from '../../../src/domain/clocks/evidence.ts';
import { type ClockFacts, runClock } from '../../../src/domain/clocks/run-clock.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import type { Clock } from '../../../src/domain/people/person.ts';
import { COLLEAGUE, LEAD_ID, REP } from './sample-activities.ts';
import { inTokyo } from './sample-calendars.ts';

const START = inTokyo('2026-11-20T15:00');
const DUE = inTokyo('2026-11-26T18:00');
const LATER = inTokyo('2026-11-27T12:00');
const HOUR = 3_600_000;

const running: Clock = {
  id: 'hubspot-1:first-contact:1',
  person: 'hubspot-1',
  kind: 'first-contact',
  pass: 1,
  startedAt: START,
  dueAt: DUE,
  arithmetic: [],
  state: 'running',
  agreementVersion: '2026-10',
};
const lapsed: Clock = { ...running, state: 'lapsed', lapsedAt: DUE };

let count = 0;
function call(at: number, more: Partial<Activity> = {}): Activity {
  count += 1;
  return {
    source: { system: 'salesforce', object: 'Task', id: `00T${count}` },
    kind: 'call',
    at,
    loggedAt: at,
    about: { system: 'salesforce', object: 'Lead', id: LEAD_ID },
    by: REP,
    direction: 'out',
    what: null,
    countsAsContact: true,
    ourTask: false,
    closed: true,
    deleted: false,
    ...more,
  };
}

type Facts = Partial<Omit<ClockFacts, 'evidence'>> & {
  readonly asked?: readonly ('call' | 'email' | 'meeting')[];
  readonly obliged?: ReadonlySet<string>;
};

/** A deadline that ends with contact. */
function judge(clock: Clock, activities: readonly Activity[], { asked, obliged, ...more }: Facts = {}) {
  const evidence = contactsIn(
    activities,
    asked ?? ['call', 'email', 'meeting'],
    obliged ?? new Set([`salesforce:${REP}`]),
  );
  return runClock(clock, { now: LATER, coveredUntil: LATER, evidence, ...more });
}

describe('before the due instant', () => {
  test('the clock runs while there is no contact', () => {
    expect(judge(running, [], { now: DUE })).toEqual({ kind: 'running' });
  });

  test('contact ends it at once', () => {
    const contact = call(START + HOUR);
    expect(judge(running, [contact], { now: START + 2 * HOUR })).toEqual({
      kind: 'met',
      metAt: START + HOUR,
      evidence: `Task:${contact.source.id}`,
      by: REP,
    });
  });

  test('a meeting that lies ahead does not end it yet', () => {
    const meeting = call(START + 5 * HOUR, { kind: 'meeting', loggedAt: START });
    expect(judge(running, [meeting], { now: START + 4 * HOUR })).toEqual({ kind: 'running' });
    expect(judge(running, [meeting], { now: START + 5 * HOUR })).toMatchObject({ kind: 'met' });
  });
});

describe('what is no evidence', () => {
  test.each<[string, Activity]>([
    ['contact before the hand-off', call(START - 1)],
    ['contact by somebody who does not owe it', call(START + HOUR, { by: COLLEAGUE })],
    ['contact by nobody', call(START + HOUR, { by: null })],
    [
      'contact by another system’s user of the same id',
      call(START + HOUR, { source: { system: 'hubspot', object: 'calls', id: '1' } }),
    ],
    ['what does not count as contact', call(START + HOUR, { countsAsContact: false })],
    ['our own Task', call(START + HOUR, { ourTask: true })],
    ['deleted contact', call(START + HOUR, { deleted: true })],
  ])('%s', (_, activity) => {
    expect(judge(running, [activity])).toEqual({ kind: 'lapsed', lapsedAt: DUE });
  });

  test('a kind that the deadline does not ask for', () => {
    expect(judge(running, [call(START + HOUR)], { asked: ['meeting'] })).toMatchObject({ kind: 'lapsed' });
    expect(judge(running, [call(START + HOUR, { kind: 'task' })], { asked: ['email'] })).toMatchObject({
      kind: 'lapsed',
    });
  });

  test('a ticked-off ToDo stands for a call', () => {
    expect(judge(running, [call(START + HOUR, { kind: 'task' })], { asked: ['call'] })).toMatchObject({
      kind: 'met',
    });
  });

  test('contact at the very start and at the very end is evidence', () => {
    expect(judge(running, [call(START)])).toMatchObject({ kind: 'met', metAt: START });
    expect(judge(running, [call(DUE)])).toMatchObject({ kind: 'met', metAt: DUE });
  });
});

describe('after the due instant', () => {
  test('without contact it lapses, once everything up to the due instant was read', () => {
    expect(judge(running, [])).toEqual({ kind: 'lapsed', lapsedAt: DUE });
    expect(judge(running, [], { coveredUntil: DUE })).toEqual({ kind: 'lapsed', lapsedAt: DUE });
  });

  test.each([DUE - 1, null])('law R19: with evidence read until %s only, nobody is accused', (coveredUntil) => {
    expect(judge(running, [], { coveredUntil })).toEqual({ kind: 'waits', coveredUntil });
    expect(judge(running, [call(DUE + HOUR)], { coveredUntil })).toEqual({ kind: 'waits', coveredUntil });
  });

  test('contact in time that was entered late is met, and marked as logged late', () => {
    expect(judge(running, [call(DUE - HOUR, { loggedAt: DUE + HOUR })])).toMatchObject({
      kind: 'met-logged-late',
      metAt: DUE - HOUR,
    });
    expect(judge(lapsed, [call(DUE - HOUR, { loggedAt: DUE + HOUR })])).toMatchObject({ kind: 'met-logged-late' });
  });

  test('contact that was entered in time is preferred to contact that needs trust', () => {
    const late = call(START + HOUR, { loggedAt: DUE + HOUR });
    const proven = call(START + 2 * HOUR);
    expect(judge(running, [late, proven])).toMatchObject({ kind: 'met', metAt: START + 2 * HOUR });
  });

  test('the lapse is measured until contact comes, and then closed', () => {
    expect(judge(lapsed, [])).toEqual({ kind: 'lapsed', lapsedAt: DUE });
    expect(judge(lapsed, [call(DUE + 2 * HOUR), call(DUE + HOUR)])).toMatchObject({
      kind: 'closed',
      lapsedAt: DUE,
      metAt: DUE + HOUR,
    });
  });

  test('a lapse and its contact that are learned together are closed together', () => {
    expect(judge(running, [call(DUE + HOUR)])).toMatchObject({ kind: 'closed', lapsedAt: DUE, metAt: DUE + HOUR });
  });

  test('a promise that was kept is kept, though we hear of it after later contact had closed the lapse', () => {
    const closed: Clock = { ...lapsed, state: 'closed', closedBecause: 'evidence', metAt: DUE + HOUR };
    const after = call(DUE + HOUR);
    expect(judge(closed, [after])).toEqual({ kind: 'over' });
    const kept = call(DUE - HOUR, { loggedAt: DUE + 2 * HOUR });
    expect(judge(closed, [after, kept])).toMatchObject({ kind: 'met-logged-late', metAt: DUE - HOUR });
    expect(judge({ ...closed, closedBecause: 'record-gone' }, [kept])).toMatchObject({ kind: 'met-logged-late' });
    const { lapsedAt: _never, ...inTime } = closed;
    expect(judge({ ...inTime, closedBecause: 'record-gone' }, [kept])).toEqual({ kind: 'over' });
  });

  test('within the grace nothing is declared, and an entry still counts as made in time', () => {
    const typed = call(DUE - 1, { loggedAt: DUE + HOUR });
    const graced = { ...running, graceUntil: DUE + HOUR };
    expect(judge(graced, [], { now: DUE + HOUR, coveredUntil: DUE + HOUR })).toEqual({ kind: 'running' });
    expect(judge(graced, [], { now: DUE + HOUR + 1, coveredUntil: DUE + HOUR - 1 })).toMatchObject({ kind: 'waits' });
    expect(judge(graced, [], { now: DUE + HOUR + 1, coveredUntil: DUE + HOUR })).toMatchObject({
      kind: 'lapsed',
      lapsedAt: DUE,
    });
    expect(judge(graced, [typed])).toMatchObject({ kind: 'met' });
  });

  test.each(['met', 'met-logged-late', 'closed'] as const)('a clock that is %s is over', (state) => {
    expect(judge({ ...running, state }, [])).toEqual({ kind: 'over' });
  });
});

describe('contact in HubSpot', () => {
  const owner = '41629779';
  const inHubSpot = call(START + HOUR, { source: { system: 'hubspot', object: 'calls', id: '123/501' }, by: owner });

  test('ends the clock of whoever owes it there', () => {
    const obliged = new Set([`salesforce:${REP}`, `hubspot:${owner}`]);
    expect(judge(running, [inHubSpot], { obliged })).toMatchObject({
      kind: 'met',
      evidence: 'calls:123/501',
      by: owner,
    });
    expect(judge(running, [inHubSpot])).toMatchObject({ kind: 'lapsed' });
  });
});

describe('a clock that a conversion ends', () => {
  function judgeConversion(clock: Clock, convertedAt: number | null) {
    return runClock(clock, { now: LATER, coveredUntil: LATER, evidence: conversionAt(convertedAt) });
  }

  test('lapses without one', () => {
    expect(judgeConversion(running, null)).toEqual({ kind: 'lapsed', lapsedAt: DUE });
  });

  test('is met by a conversion in time, and closed by one that came after the lapse', () => {
    const met = { kind: 'met', metAt: START + HOUR, evidence: 'conversion', by: '' };
    expect(judgeConversion(running, START + HOUR)).toEqual(met);
    expect(judgeConversion(lapsed, DUE + HOUR)).toMatchObject({
      kind: 'closed',
      lapsedAt: DUE,
      metAt: DUE + HOUR,
      evidence: 'conversion',
    });
  });

  test('is not met by one from before it started', () => {
    expect(judgeConversion(running, START - 1)).toMatchObject({ kind: 'lapsed' });
  });
});

describe('a clock that a booked meeting ends', () => {
  const obliged = new Set([`salesforce:${REP}`, 'hubspot:41629779']);
  const inHubSpot = (what: string | null) => ({
    source: { system: 'hubspot', object: 'meetings', id: '7/501' } as const,
    by: '41629779',
    countsAsContact: false,
    what,
  });

  test.each<[string, number, number, Partial<Activity>, object]>([
    ['one that lies ahead', LATER + HOUR, START + HOUR, {}, { kind: 'met', metAt: START + HOUR }],
    ['one that was booked before and takes place after', DUE, START - HOUR, {}, { kind: 'met', metAt: START }],
    ['one that was held and entered at once', START + HOUR, START + HOUR, {}, { kind: 'met' }],
    ['one entered days after it was held', START + HOUR, DUE + HOUR, {}, { kind: 'met-logged-late' }],
    ['one in HubSpot that is still to come', DUE, START + HOUR, inHubSpot('SCHEDULED'), { kind: 'met' }],
    ['one in HubSpot without an outcome', DUE, START + HOUR, inHubSpot(null), { kind: 'met' }],
    ['one booked after the lapse', LATER, DUE + HOUR, {}, { kind: 'closed', metAt: DUE + HOUR }],
    ['none: it was held before the start', START - HOUR, START + HOUR, {}, { kind: 'lapsed' }],
    ['none: called off in HubSpot', DUE, START + HOUR, inHubSpot('CANCELED'), { kind: 'lapsed' }],
    ['none: an automation made the Event', DUE, START + HOUR, { countsAsContact: false }, { kind: 'lapsed' }],
    ['none: it is a colleague’s', DUE, START + HOUR, { by: COLLEAGUE }, { kind: 'lapsed' }],
    ['none: it was deleted', DUE, START + HOUR, { deleted: true }, { kind: 'lapsed' }],
    ['none: it is a call', START + HOUR, START + HOUR, { kind: 'call' }, { kind: 'lapsed' }],
  ])('%s', (_, at, loggedAt, more, verdict) => {
    const source = { system: 'salesforce', object: 'Event', id: '00U1' } as const;
    const meeting = call(at, { kind: 'meeting', loggedAt, source, ...more });
    const evidence = meetingsBookedIn([meeting], obliged, START);
    expect(runClock(running, { now: LATER, coveredUntil: LATER, evidence })).toMatchObject(verdict);
  });
});

describe('a clock that several things end', () => {
  test('ends with the first of them', () => {
    const evidence = [stampedAt(START + 3 * HOUR, 'Opportunity:006'), stampedAt(START + HOUR, 'stage:SQL')];
    expect(runClock(running, { now: LATER, coveredUntil: LATER, evidence })).toMatchObject({
      kind: 'met',
      metAt: START + HOUR,
      evidence: 'stage:SQL',
    });
  });
});
