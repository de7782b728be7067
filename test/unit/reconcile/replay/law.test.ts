import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PersonFacts } from '../../../../src/domain/people/person.ts';
import type { Instant } from '../../../../src/domain/values/value.ts';
import { viewOf } from '../../../../src/reconcile/context.ts';
import { planStage } from '../../../../src/reconcile/plan-stage.ts';
import { asOf } from '../../../../src/reconcile/replay/then.ts';
import { walk } from '../../../../src/reconcile/replay/walk.ts';
import { ACTIONS, aForm, days } from '../../../support/actions.ts';
import { anEdit, aPast } from '../../../support/past.ts';
import { aContact, aContext, agreedOtherwise, aPerson, GO_LIVE } from '../../../support/people.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const END = GO_LIVE + 120 * DAY;

type Event =
  | { readonly what: 'score'; readonly value: number }
  | { readonly what: 'title'; readonly value: string | null }
  | { readonly what: 'form' };
const event = fc.record({
  hour: fc.integer({ min: 1, max: 60 * 24 }),
  what: fc.oneof(
    fc.record({ what: fc.constant('score' as const), value: fc.constantFrom(0, 40, 60, 80, 100) }),
    fc.record({ what: fc.constant('title' as const), value: fc.constantFrom('部長', '担当', null) }),
    fc.record({ what: fc.constant('form' as const) }),
  ),
});
const history = fc.uniqueArray(event, { maxLength: 12, selector: ({ hour }) => hour });

const policy = agreedOtherwise({
  actions: ACTIONS,
  stages: [
    { stage: 'MQL', department: 'marketing', when: { score: 'total', test: { atLeast: 80 } } },
    {
      stage: 'SAL',
      department: 'sales',
      when: {
        all: [
          { action: 'download', within: days(20), test: { atMost: 0 } },
          { score: 'total', test: { atLeast: 60 } },
        ],
      },
    },
    { stage: 'SQL', department: 'sales', when: { action: 'download', within: days(10), test: { atLeast: 3 } } },
  ],
});

/** The facts as a live worker had them, event by event; it looks when something has happened, and when it was asked to. */
function lived(events: readonly (Event & { readonly at: Instant })[]) {
  const values = { hubspotscore: 0, jobtitle: null, hs_analytics_last_url: null };
  const birth = { createdAt: GO_LIVE };
  let facts: PersonFacts = aPerson([aContact(values, birth)]);
  let wake: Instant | null = null;
  const look = (at: Instant) => {
    const { entries, nextTurn } = planStage(viewOf(facts), aContext({ policy, now: at }));
    facts = { ...facts, stages: entries };
    wake = nextTurn;
    return wake;
  };
  const until = (at: Instant) => {
    for (let next = wake; next !== null && next < at; ) next = look(next);
  };
  look(GO_LIVE);
  for (const { at, ...event } of events) {
    until(at);
    const [contact] = facts.sightings;
    const field = event.what === 'score' ? 'hubspotscore' : 'jobtitle';
    facts =
      event.what === 'form'
        ? { ...facts, activities: [...facts.activities, aForm(at)] }
        : { ...facts, sightings: [{ ...contact!, values: { ...contact!.values, [field]: event.value } }] };
    look(at);
  }
  until(END);
  return facts;
}

test('replaying the agreement in force over a history all of which is recorded gives the stages that the live plan gave', () => {
  fc.assert(
    fc.property(history, (drawn) => {
      const events = drawn
        .map(({ hour, what }) => ({ ...what, at: GO_LIVE + hour * HOUR }))
        .toSorted((one, other) => one.at - other.at);
      const facts = lived(events);
      const contact = facts.sightings[0]!;
      const told = events.flatMap((event) => {
        if (event.what === 'form') return [];
        return [anEdit(contact, event.what === 'score' ? 'hubspotscore' : 'jobtitle', event.value, event.at)];
      });
      const born = [anEdit(contact, 'hubspotscore', 0, GO_LIVE), anEdit(contact, 'jobtitle', null, GO_LIVE)];
      const past = aPast(facts, [...born, ...told]);
      const { reached } = walk(past, asOf(past), aContext({ policy }), END);
      const asTold = ({ stage, at, by, pass }: (typeof facts.stages)[number] | (typeof reached)[number]) => ({
        stage,
        at,
        by,
        pass,
      });
      expect(reached.map(asTold)).toEqual(facts.stages.map(asTold));
    }),
    { numRuns: 300 },
  );
});
