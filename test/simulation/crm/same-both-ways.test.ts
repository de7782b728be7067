import { expect, it } from 'vitest';
import { SYSTEMS } from '../../../src/domain/people/record.ts';
import { RateLimited, TasukiError } from '../../../src/errors/errors.ts';
import { ATTENDANCE_STATES } from '../../../src/sandbox/hubspot/marketing-events/marketing-event.ts';
import { Random } from '../../../src/sandbox/kernel/random.ts';
import { DOWNLOAD_FORM, WEB_SITE } from '../../../src/sandbox/world/office.ts';
import { act, type Deed, type Hands } from '../../support/deeds/hands.ts';
import { peopleDeeds } from '../../support/deeds/people-deeds.ts';
import { saleDeeds } from '../../support/deeds/sale-deeds.ts';
import { inProcess, overHttp, type Way } from './both-ways.ts';
import { crmDeeds } from './crm-deeds.ts';
import type { Sky } from './weather.ts';

const START = Date.parse('2026-11-02T10:00:00+09:00');
const STEPS = 200;
const SKIES: readonly Sky[] = [
  { kind: 'failed-before-commit' },
  { kind: 'failed-after-commit' },
  { kind: 'rate-limited', retryAfterMs: 7_000 },
  { kind: 'rate-limited', retryAfterMs: 60_000 },
  { kind: 'quota-exhausted', retryAfterMs: 600_000 },
];

/** A worker and the people around it, before one company; each step follows from its own dice and from what is there. */
function player(way: Way) {
  const said: string[] = [];
  let dice = new Random(0);
  const hands: Hands = {
    world: way.world,
    random: () => dice,
    said: (text) => said.push(text),
    typed: (...words) => said.push(words.join(' ')),
    noted: () => {},
  };
  const people = [...peopleDeeds(hands), ...saleDeeds(hands), ...visitorDeeds(hands)];
  const calls = crmDeeds(way);
  const names = Object.keys(calls);
  return async (random: Random): Promise<unknown> => {
    dice = random;
    said.length = 0;
    way.world.clock.advance(random.pick([0, 400, 3_000, 60_000, 20 * 60_000]));
    if (random.chance(0.45)) {
      way.world.org.switches.holdTransaction = random.chance(0.2);
      act(people, random, hands.said);
      return [...said];
    }
    const [system, name] = [random.pick(SYSTEMS), random.pick(names)];
    const sky = random.chance(0.25) ? random.pick(SKIES) : undefined;
    if (sky !== undefined) way.trouble(system, sky);
    const result = await calls[name]!(system, random).catch(asTold);
    way.calm();
    return { system, name, sky, result };
  };
}

/** What people do by themselves: they send a form, they come to a seminar. */
function visitorDeeds({ world: { portal }, random, said }: Hands): readonly Deed[] {
  const anyContact = () => random().pick(portal.records('contacts').filter(({ archived }) => !archived));
  return [
    () => {
      const email = anyContact().properties['email'] ?? 'hajimete@example.co.jp';
      const page = { pageUrl: `${WEB_SITE}/download`, pageTitle: DOWNLOAD_FORM.name };
      said(`form of ${portal.submitForm({ guid: DOWNLOAD_FORM.guid, email, answers: {}, ...page })}`);
    },
    () => {
      const event = portal.events.list()[0]?.id ?? '';
      const state = random().pick(ATTENDANCE_STATES);
      said(`participation ${portal.events.participate({ event, contactId: anyContact().id, state })}`);
    },
  ];
}

/** An error, as the caller tells errors apart. */
function asTold(error: unknown): unknown {
  if (!(error instanceof TasukiError)) throw error;
  const waitMs = error instanceof RateLimited ? error.waitMs : undefined;
  return { code: error.code, message: error.message.replace(/https?:\/\/[\w.:]+/, 'the host'), waitMs };
}

it.each([1, 2, 3, 4, 5])(
  'two hundred calls and edits end alike over HTTP and in the process, with seed %i',
  async (seed) => {
    const http = await overHttp(seed, START);
    const process = inProcess(seed, START);
    try {
      const [one, other] = [player(http), player(process)];
      for (let step = 0; step < STEPS; step += 1) {
        const dice = () => new Random(seed).fork(`step ${step}`);
        expect(await other(dice()), `step ${step}`).toEqual(await one(dice()));
        for (const system of SYSTEMS)
          expect(process.crm[system].calls(), `step ${step}`).toEqual(http.crm[system].calls());
      }
      for (const object of ['contacts', 'companies', 'deals'])
        expect(process.world.portal.records(object)).toEqual(http.world.portal.records(object));
      for (const object of ['Lead', 'Contact', 'Account', 'Opportunity', 'Task'])
        expect(process.world.org.records(object)).toEqual(http.world.org.records(object));
    } finally {
      await http.close();
    }
  },
);
