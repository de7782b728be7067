import { describe, expect, test } from 'vitest';
import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { AGREEMENT, aContact, agreedOtherwise, aLead, aPerson, aStageEntry, NOW, tokyo } from '../../support/people.ts';
import { plan, settled, stored, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const HAND_OVER: DeadlineRule = {
  name: 'hand-over',
  department: 'marketing',
  who: 'owner',
  starts: { criteriaMet: 'MQL' },
  ends: { handedOff: 'inside-sales' },
  within: { amount: 24, unit: 'hours' },
  lapse: { task: 'normal' },
};
const policy = agreedOtherwise({
  deadlines: [HAND_OVER, ...AGREEMENT.deadlines],
  roles: { 'marketing-head': 'hanako.sato@example.co.jp' },
});
const RIVALS = [{ system: 'salesforce', object: 'Lead', id: '00Q000000000007AAA' }] as const;
const HOUR = 3_600_000;
const later = (hours: number) => ({ policy, now: NOW + hours * HOUR, coveredUntil: NOW + hours * HOUR });

/** Somebody who meets the criteria and is not in Salesforce. */
const anMql = (rest: Partial<PersonFacts> = {}): PersonFacts =>
  aPerson([aContact({ hubspotscore: 70 }, { createdAt: tokyo('2026-11-10 10:00') })], rest);
const clockOf = ({ clocks }: Pick<PersonFacts, 'clocks'>) => clocks.find(({ kind }) => kind === 'hand-over');

describe('the time that marketing has to hand somebody over', () => {
  test('runs from the moment at which the criteria are met, before Salesforce has the person', () => {
    expect(clockOf(plan(anMql(), later(0)))).toMatchObject({
      state: 'running',
      startedAt: NOW,
      dueAt: NOW + 24 * HOUR,
      pass: 1,
    });
  });

  test('ends with the hand-off, which starts the time of sales', () => {
    const after = settled(anMql(), plan(anMql(), later(0)), NOW);
    const { clocks } = plan(after, later(1));
    expect(clockOf({ clocks })).toMatchObject({ state: 'met', metAt: NOW, evidence: 'hand-off:MQL' });
    expect(clocks.find(({ kind }) => kind === 'first-contact')).toMatchObject({ state: 'running', startedAt: NOW });
  });

  test('ends with it also where the clock that confirms it is behind ours', () => {
    const after = settled(anMql(), plan(anMql(), later(0)), NOW);
    const stages = after.stages.map((entry) => ({
      ...entry,
      ...(entry.handedOffAt === undefined ? {} : { handedOffAt: NOW - 700 }),
    }));
    expect(clockOf(plan({ ...after, stages }, later(1)))).toMatchObject({ state: 'met', metAt: NOW });
  });

  test('does not start for what is history, for a stage that somebody set by hand, or under an agreement of before', () => {
    expect(clockOf(plan(anMql(), { ...later(0), goLive: NOW + 1 }))).toBeUndefined();
    const byHand = aPerson([aContact({ lifecyclestage: 'marketingqualifiedlead' })], {
      stages: [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'manual' })],
    });
    expect(clockOf(plan(byHand, later(0)))).toBeUndefined();
    const before = anMql({ stages: [aStageEntry({ stage: 'MQL', at: NOW, by: 'rule', agreementVersion: '2026-09' })] });
    expect(clockOf(plan(before, later(0)))).toBeUndefined();
  });

  test('is not what a rep sees as the next deadline', () => {
    const withLead = aPerson([...anMql().sightings, aLead()]);
    expect(writes(plan(withLead, later(0)))['salesforce:Lead']).not.toHaveProperty('Tasuki_Next_Due__c');
  });
});

describe('once it has passed without a hand-off', () => {
  const held = (rest: Partial<PersonFacts> = {}) => {
    const facts = anMql({ rivals: RIVALS, ...rest });
    return stored(facts, plan(facts, later(0)), NOW);
  };

  test('it is a finding that says what stands in the way, and goes when the hand-off is confirmed', () => {
    const late = plan(held(), later(25));
    expect(clockOf(late)).toMatchObject({ state: 'lapsed', lapsedAt: NOW + 24 * HOUR });
    const finding = late.openFindings.find(({ code }) => code === 'HAND_OVER_LATE');
    expect(finding).toMatchObject({ detail: { deadline: 'hand-over', because: 'look-alikes' } });
    expect(findingText(finding!, 'ja')).toContain('重複をマージしてください');
    expect(findingText(finding!, 'en')).toContain('Merge the duplicates');
    const told = stored(held(), late, NOW + 25 * HOUR);
    const free = settled({ ...told, rivals: [] }, plan({ ...told, rivals: [] }, later(26)), NOW + 26 * HOUR);
    const over = plan(free, later(27));
    expect(clockOf(over)).toMatchObject({ state: 'closed', metAt: NOW + 26 * HOUR });
    expect(over.closeFindings.map(({ code }) => code)).toContain('HAND_OVER_LATE');
  });

  test('there is no Task while nobody could have it', () => {
    const headless = { ...later(25), policy: agreedOtherwise({ deadlines: [HAND_OVER], roles: {} }) };
    const late = plan(held(), headless);
    expect(late.changes.filter(({ target }) => /^tasks?$/iu.test(target.object))).toEqual([]);
    expect(late.openFindings.map(({ code }) => code)).toEqual(['HAND_OVER_LATE']);
  });

  test('there is one in HubSpot, about the contact, for its owner, whom Salesforce need not know', () => {
    const values = { hubspotscore: 70, hubspot_owner_id: '72', lastname: '鈴木', firstname: '太郎' };
    const owned = aPerson([aContact(values, { createdAt: tokyo('2026-11-10 10:00') })], { rivals: RIVALS });
    const facts = stored(owned, plan(owned, later(0)), NOW);
    const late = plan(facts, later(25));
    expect(late.changes.filter(({ kind }) => kind === 'create')).toMatchObject([{ target: { object: 'tasks' } }]);
    expect(writes(late)['hubspot:tasks']).toMatchObject({
      hubspot_owner_id: '72',
      hs_task_subject: expect.stringContaining('鈴木 太郎 様'),
      'associations.contacts': owned.sightings[0]!.record.id,
    });
    expect(late.openFindings.map(({ code }) => code)).toContain('HAND_OVER_LATE');
    expect(plan(stored(facts, late, NOW + 25 * HOUR), later(25)).changes).toEqual([]);
  });

  test('there is one for the marketing head where Salesforce has a record and they a licence', () => {
    const facts = held();
    const withLead = aPerson([...facts.sightings, aLead()], { stages: facts.stages, clocks: facts.clocks });
    const sato = { system: 'salesforce', kind: 'user', id: '005000000000021AAA', name: '佐藤 花子' } as const;
    const head = { ...sato, email: 'hanako.sato@example.co.jp', active: true };
    const directory = aDirectory([...PEOPLE_AT_WORK, head]);
    const tasks = (context: object) =>
      plan(withLead, { ...later(25), ...context }).changes.filter(({ target }) => target.object === 'Task');
    expect(
      tasks({ directory }).map(({ steps }) => steps.flat().find(({ field }) => field === 'OwnerId')?.after),
    ).toEqual([head.id]);
    expect(tasks({ directory: aDirectory([...PEOPLE_AT_WORK, { ...head, active: false }]) })).toEqual([]);
    expect(tasks({})).toEqual([]);
  });

  test('nothing is owed any more where sales deleted the record, or the person went on without it', () => {
    const gone = { ...aLead(), deleted: true };
    const base = held();
    const deleted = {
      ...base,
      sightings: [...base.sightings, gone],
      links: [
        ...base.links,
        { entity: base.id, record: gone.record, role: 'former', since: 0, evidence: 'email' } as const,
      ],
    };
    expect(clockOf(plan(deleted, later(25)))).toMatchObject({ state: 'closed', closedBecause: 'record-gone' });
    const ahead = {
      ...base,
      stages: [...base.stages, aStageEntry({ stage: 'customer', at: NOW + HOUR, by: 'manual' })],
    };
    expect(clockOf(plan(ahead, later(25)))).toMatchObject({ state: 'closed', closedBecause: 'moved-on' });
  });
});
