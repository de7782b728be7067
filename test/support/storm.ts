import type { FaultRule } from '../../src/sandbox/kernel/faults.ts';
import { Random } from '../../src/sandbox/kernel/random.ts';
import { aCompany, type Company, DAY, HOUR } from './company.ts';
import { act, type Diary, type Hands, liveRows } from './deeds/hands.ts';
import { peopleDeeds } from './deeds/people-deeds.ts';
import { saleDeeds } from './deeds/sale-deeds.ts';
import type { Scene } from './laws/scene.ts';
import { booksOverHttp } from './read-crms.ts';

const MINUTE = 60_000;

export type Storm = Readonly<Diary> & {
  readonly company: Company;
  /** Some hours or days of edits and trouble, then a pass. */
  round(): Promise<void>;
  /** No more trouble; time goes on until a pass finds nothing to do. Returns how many passes that took. */
  calm(): Promise<number>;
};

/** A company in a storm of its own: everything that happens follows from the seed. */
export async function aStorm(seed: number, people = 40): Promise<Storm> {
  const company = await aCompany({ people, seed, frozen: true });
  const { portal, org, kernel } = company.sandbox;
  Object.assign(portal.switches, { searchPerSecondLimit: 1000, tenSecondlyLimit: 5000 });
  const weather = new Random(seed).fork('storm');
  const draughts = new Random(seed).fork('window'); // apart, since how often a CRM is called must not shift the rest
  let random = weather;
  let inWindow = false;
  const diary: Diary = { deeds: [], edits: [], unmapped: new Map() };

  org.validationRules.push((record, _before, object) =>
    object === 'Lead' && String(record['Phone'] ?? '').startsWith('03-0000')
      ? { message: '電話番号が正しくありません', fields: ['Phone'] }
      : undefined,
  );

  const world = { portal, org, clock: kernel.clock };
  const said = (text: string) => diary.deeds.push(inWindow ? `(in the window) ${text}` : text);
  const hands: Hands = {
    world,
    random: () => random,
    said,
    typed: (system, object, id, field, value) => {
      diary.edits.push({ system, object, id, field, value, inWindow });
      said(`${system} ${object} ${id}: ${field} = ${value}`);
    },
    noted: (id, text) => diary.unmapped.set(id, text),
  };
  const everything = [...peopleDeeds(hands), ...saleDeeds(hands)];
  const anyLead = () => String(random.pick(liveRows(world, 'Lead'))['Id']);

  meddle(company, () => {
    if (!draughts.chance(0.15)) return;
    inWindow = true;
    random = draughts;
    act(everything, random, said);
    random = weather;
    inWindow = false;
  });

  async function tryPass(): Promise<number> {
    try {
      const { planned, written } = await company.pass();
      said(`  pass: planned ${planned}, written ${written}`);
      return planned;
    } catch (error) {
      said(`  pass gave up: ${String(error).slice(0, 120)}`);
      return -1;
    }
  }

  return {
    ...diary,
    company,
    async round() {
      const { switches } = org;
      switches.lockedIds = random.chance(0.3) ? [anyLead(), anyLead()] : [];
      for (let left = 4 + random.int(8); left > 0; left--) {
        kernel.clock.advance(1000 + random.int(60_000));
        act(everything, random, said);
      }
      for (let left = random.int(3); left > 0; left--) {
        const rule = someTrouble(random);
        said(`trouble: ${JSON.stringify(rule)}`);
        kernel.faults.add(rule);
      }
      await company.later(random.pick([MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY]));
      await tryPass();
    },
    async calm() {
      kernel.faults.clear();
      org.switches.lockedIds = [];
      meddle(company, () => undefined);
      await company.later(2 * DAY); // past the next survey, which shows what left no stamp
      for (let passes = 1; passes <= 6; passes++) {
        const planned = await tryPass();
        const { dirty, unmatched, approved, unconfirmed } = await company.shop.works.ledger.waiting();
        const left = [dirty, unmatched, ...Object.values(approved), ...Object.values(unconfirmed)];
        if (planned === 0 && left.every((count) => count === 0)) return passes;
        await company.later();
      }
      return 7;
    },
  };
}

/** What the laws are held against, once the storm is over. */
export function sceneOf({ company }: Pick<Storm, 'company'>): Scene {
  const { portal, org } = company.sandbox;
  return { portal, org, ledger: company.shop.works.ledger, books: booksOverHttp(company.sandbox) };
}

/** R9: a further pass plans nothing, and nothing waits for ever. */
export async function notAtRest({ company }: Pick<Storm, 'company'>): Promise<readonly string[]> {
  const { planned } = await company.pass();
  const waiting = JSON.stringify(await company.shop.works.ledger.waiting());
  return [
    ...(planned === 0 ? [] : [`R9: a further pass planned ${planned}`]),
    ...(/[1-9]/u.test(waiting) ? [`something waits for ever: ${waiting}`] : []),
  ];
}

/** Lets `deed` happen around every reading back and every write. */
const untouched = new WeakMap<object, { write: unknown; read: unknown }>();
function meddle({ shop }: Company, deed: () => void): void {
  for (const crm of Object.values(shop.works.crm)) {
    const known = untouched.get(crm) ?? { write: crm.write, read: crm.read };
    untouched.set(crm, known);
    const { write, read } = known as Pick<typeof crm, 'write' | 'read'>;
    crm.write = async (effects) => {
      deed();
      try {
        return await write.call(crm, effects);
      } finally {
        deed();
      }
    };
    crm.read = async (...asked) => {
      deed();
      return read.apply(crm, asked);
    };
  }
}

function someTrouble(random: Random): FaultRule {
  const system = random.pick(['hubspot', 'salesforce'] as const);
  const limited = { status: 'error', message: 'You have reached your limit.', errorType: 'RATE_LIMIT' };
  const fault = random.pick<FaultRule['fault']>([
    { kind: 'status', status: 429, body: limited, headers: { 'retry-after': '0' } },
    { kind: 'status', status: 503, when: 'before' },
    { kind: 'status', status: 503, when: 'after' },
    { kind: 'cut', when: 'before' },
    { kind: 'cut', when: 'after' },
    { kind: 'truncate' },
    { kind: 'html', status: 502 },
    ...(system === 'salesforce' ? [{ kind: 'expire-token' } as const] : []),
  ]);
  const paths =
    system === 'hubspot'
      ? ['/batch/update', '/batch/read', '/search', '/crm/']
      : ['/composite/sobjects', '/composite/sobjects', '/query', '/services/data'];
  return { system, path: random.pick(paths), after: random.int(3), times: random.chance(0.8) ? 1 : 2, fault };
}
