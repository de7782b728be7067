import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Effect, Outcome } from '../../src/domain/people/change.ts';
import type { ObjectName, Sighting } from '../../src/domain/people/record.ts';
import type { Instant, Values } from '../../src/domain/values/value.ts';
import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../../src/errors/errors.ts';
import type { ChangePage, Crm, CursorState, NewField, Stream, StreamPage } from '../../src/ports/crm.ts';

/** A CRM to be held to the contract, with hands inside it: what people, the system and the network do. */
export type CrmWorld = {
  /** A new connector over the same CRM; several must not disturb each other. `credentials: 'wrong'`: with a key that does not fit. */
  open(options?: { readonly credentials?: 'wrong' }): Crm;
  readonly account: string;
  readonly object: ObjectName;
  /** A plain text field, the e-mail, a field whose value the system checks, and the unique field that `ensureFields` creates. */
  readonly fields: {
    readonly text: string;
    readonly email: string;
    readonly checked: { readonly name: string; readonly bad: string };
    readonly key: string;
  };
  readonly newFields: readonly NewField[];
  /** Values that a create needs besides. */
  readonly required: Values;
  readonly owners: { readonly active: string; readonly inactive: string };
  now(): Instant;
  advance(ms: number): void;
  /** Long enough for a write to be shown everywhere, and for no pull to reach back to it. */
  readonly longMs: number;
  /** Long enough for a pull to show a deletion. */
  readonly deletionShownMs: number;
  /** A record that was there before; returns its id. */
  seed(values: Values, at: Instant): string;
  /** A person's edit, now. */
  edit(id: string, values: Values): void;
  remove(id: string): Promise<void> | void;
  /** The next call that writes meets this trouble. `before`: nothing happened; `after`: it did, and the answer is lost. */
  breakNextWrite(how: 'before' | 'after'): void;
  /** The allowance of the day is spent, for the next call. */
  spendAllowance(): void;
  /** The system is away until `mend`. */
  breakDown(): void;
  mend(): void;
  close(): Promise<void>;
};

const idsOf = (sightings: readonly Sighting[]) => sightings.map(({ record }) => record.id);
const kinds = (outcomes: readonly Outcome[]) => Object.fromEntries(outcomes.map(({ change, kind }) => [change, kind]));

/** What every `Crm` keeps. `start` opens a fresh world for each test file; tests share it and make their own records. */
export function crmContract(name: string, start: () => Promise<CrmWorld>): void {
  describe(name, () => {
    let world: CrmWorld;
    let crm: Crm;
    let fields: string[];
    let serial = 0;

    beforeAll(async () => {
      world = await start();
      crm = world.open();
      await crm.ensureFields(world.object, world.newFields);
      fields = [world.fields.text, world.fields.email, world.fields.key];
    });
    afterEach(() => world.mend());
    afterAll(async () => {
      await crm.close();
      await world.close();
    });

    const email = () => `contract-${(serial += 1)}@example.co.jp`;
    const seed = (text = '元の値', at = world.now() - world.longMs) =>
      world.seed({ ...world.required, [world.fields.email]: email(), [world.fields.text]: text }, at);
    const update = (id: string, values: Values): Effect => ({
      change: `change-${id}`,
      kind: 'update',
      object: world.object,
      id,
      key: null,
      values,
    });
    const create = (key: string, values: Values = {}): Effect => ({
      change: `change-${key}`,
      kind: 'create',
      object: world.object,
      id: null,
      key: { field: world.fields.key, value: key },
      values: { ...world.required, [world.fields.email]: email(), ...values },
    });
    const byKey = async (...keys: string[]) => crm.findByKey(world.object, world.fields.key, keys, fields, world.now());
    const read = async (...ids: string[]) => crm.read(world.object, ids, fields, world.now());

    const only = (object: ObjectName, cursor?: CursorState): readonly Stream[] => [{ object, fields, cursor }];

    async function pull(
      cursor?: CursorState,
      from: Crm = crm,
    ): Promise<{ pages: ChangePage[]; sightings: Sighting[]; cursor: CursorState; covers: Instant }> {
      const pages: ChangePage[] = [];
      for await (const page of from.changesSince(only(world.object, cursor), world.now())) pages.push(page);
      const last = pages.at(-1);
      if (last?.covers === undefined) throw new Error('The last page of a pull must say what it covers');
      return {
        pages,
        sightings: pages.flatMap(({ sightings }) => sightings),
        cursor: JSON.parse(JSON.stringify(last.cursor)),
        covers: last.covers,
      };
    }

    async function survey(): Promise<readonly Sighting[]> {
      const all: Sighting[] = [];
      for await (const sightings of crm.survey(world.object, world.now())) all.push(...sightings);
      return all;
    }

    /** A pull that is over, with nothing left to reach back to. */
    async function caughtUp(): Promise<CursorState> {
      const first = await pull();
      world.advance(world.longMs);
      return (await pull(first.cursor)).cursor;
    }

    it('tells which account it speaks to', async () => {
      await expect(crm.identity()).resolves.toMatchObject({ system: crm.system, account: world.account });
    });

    it('refuses credentials that do not fit', async () => {
      await expect(world.open({ credentials: 'wrong' }).identity()).rejects.toThrow(CredentialsRejected);
    });

    it('describes the fields it was made to create, and that the key is unique', async () => {
      const described = (await crm.describe(world.object))?.fields ?? [];
      expect(described.find(({ name }) => name === world.fields.key)).toMatchObject({ writable: true, unique: true });
      expect(described.find(({ name }) => name === world.fields.text)).toMatchObject({
        type: 'string',
        writable: true,
      });
      expect(described.some(({ name }) => name === 'no_such_field')).toBe(false);
    });

    it('creates no field twice', async () => {
      await expect(world.open().ensureFields(world.object, world.newFields)).resolves.toEqual([]);
    });

    it('lists those who work there and those who have left', async () => {
      const people = new Map((await crm.directory()).map((entry) => [entry.id, entry]));
      expect(people.get(world.owners.active)).toMatchObject({ system: crm.system, active: true });
      expect(people.get(world.owners.inactive)).toMatchObject({ active: false });
    });

    it('reads records by id, their empty fields as null, and tells of those that are gone', async () => {
      const [kept, removed] = [seed('残る'), seed('消える')];
      await world.remove(removed);
      const found = await read(kept, removed);
      expect(found.find(({ record }) => record.id === kept)).toMatchObject({
        deleted: false,
        values: { [world.fields.text]: '残る', [world.fields.key]: null },
      });
      expect(found.find(({ record }) => record.id === removed)?.deleted).toBe(true);
    });

    it('loads everything once, and covers a time that is not ahead of now', async () => {
      const seeded = Array.from({ length: 25 }, () => seed());
      const { sightings, covers } = await pull();
      const shown = idsOf(sightings);
      for (const id of seeded) expect(shown.filter((each) => each === id)).toHaveLength(1);
      expect(covers).toBeLessThanOrEqual(world.now());
      expect(sightings.every(({ seenAt }) => seenAt === world.now())).toBe(true);
    });

    it('shows what changed since the last pull, and nothing else', async () => {
      const [still, moved] = [seed(), seed()];
      const cursor = await caughtUp();
      world.edit(moved, { [world.fields.text]: '新しい値' });
      world.advance(world.longMs);
      const { sightings } = await pull(cursor);
      expect(sightings.find(({ record }) => record.id === moved)?.values[world.fields.text]).toBe('新しい値');
      expect(idsOf(sightings)).not.toContain(still);
    });

    it('loses no edit made during the first load', async () => {
      const ids = Array.from({ length: 5 }, () => seed());
      let edited: string | undefined;
      let cursor: CursorState | undefined;
      for await (const page of crm.changesSince(only(world.object), world.now())) {
        if (edited === undefined) {
          edited = idsOf(page.sightings).find((id) => ids.includes(id)) ?? ids[0] ?? '';
          world.edit(edited, { [world.fields.text]: '読み込み中の編集' });
        }
        cursor = page.cursor;
      }
      world.advance(world.longMs);
      const { sightings } = await pull(cursor);
      expect(sightings.find(({ record }) => record.id === edited)?.values[world.fields.text]).toBe('読み込み中の編集');
    });

    it('shows every one of many records of the same instant', async () => {
      const cursor = await caughtUp();
      world.advance(world.longMs);
      const at = world.now();
      const stamped = Array.from({ length: 40 }, () => seed('月末', at));
      world.advance(world.longMs);
      const shown = new Set(idsOf((await pull(cursor)).sightings));
      expect(stamped.filter((id) => !shown.has(id))).toEqual([]);
    });

    it('can be taken up again behind every page of a pull, by another connector', async () => {
      const cursor = await caughtUp();
      const seeded = Array.from({ length: 40 }, (_, index) => seed('続き', world.now() + index));
      world.advance(world.longMs);
      const { pages } = await pull(cursor);
      for (const [index, page] of pages.entries()) {
        const rest = await pull(JSON.parse(JSON.stringify(page.cursor)), world.open());
        const shown = new Set([
          ...pages.slice(0, index + 1).flatMap(({ sightings }) => idsOf(sightings)),
          ...idsOf(rest.sightings),
        ]);
        expect(seeded.filter((id) => !shown.has(id))).toEqual([]);
      }
    });

    it('shows a deletion as a deleted record, in a pull or in the sweep', async () => {
      const id = seed();
      const cursor = await caughtUp();
      await world.remove(id);
      world.advance(world.deletionShownMs);
      const shown = [...(await pull(cursor)).sightings, ...(await survey())];
      expect(shown.filter(({ record }) => record.id === id).map(({ deleted }) => deleted)).toContain(true);
      expect(shown.filter(({ record }) => record.id === id).map(({ deleted }) => deleted)).not.toContain(false);
    });

    it('lists every live record once in the sweep, and says nothing of its fields', async () => {
      const seeded = Array.from({ length: 25 }, () => seed('掃き出し'));
      world.advance(world.longMs);
      const live = (await survey()).filter(({ deleted }) => !deleted);
      const listed = idsOf(live);
      for (const id of seeded) expect(listed.filter((each) => each === id)).toHaveLength(1);
      expect(live.some(({ values }) => world.fields.text in values)).toBe(false);
      expect(Object.keys(crm.calls()).some((kind) => kind.startsWith('survey-'))).toBe(true);
    });

    it('reads several objects in one pull, each to an end of its own', async () => {
      const beside = { hubspot: 'companies', salesforce: 'Contact' } as const;
      const streams: Stream[] = [
        { object: world.object, fields, cursor: undefined },
        { object: beside[crm.system], fields: [], cursor: undefined },
      ];
      const pages: StreamPage[] = [];
      for await (const page of crm.changesSince(streams, world.now())) pages.push(page);
      for (const { object } of streams) {
        const ends = pages.filter((page) => page.object === object).map(({ covers }) => covers !== undefined);
        expect(ends).toEqual([...ends.slice(1).map(() => false), true]);
      }
      const strays = pages.filter(({ object, sightings }) => sightings.some(({ record }) => record.object !== object));
      expect(strays).toEqual([]);
    });

    it('writes fields, and empties them', async () => {
      const [one, other] = [seed(), seed()];
      const outcomes = await crm.write([
        update(one, { [world.fields.text]: '書いた値' }),
        update(other, { [world.fields.text]: null }),
      ]);
      expect(kinds(outcomes)).toEqual({ [`change-${one}`]: 'written', [`change-${other}`]: 'written' });
      const values = new Map(
        (await read(one, other)).map((sighting) => [sighting.record.id, sighting.values[world.fields.text]]),
      );
      expect([values.get(one), values.get(other)]).toEqual(['書いた値', null]);
    });

    it('creates by key, and finds the first one when asked to create it again', async () => {
      const effect = create('key-twice');
      const [first] = await crm.write([effect]);
      const [second] = await crm.write([effect]);
      expect([first, second]).toMatchObject([
        { kind: 'written', created: true },
        { kind: 'written', created: false },
      ]);
      expect(await byKey('key-twice', 'key-never')).toHaveLength(1);
    });

    it('refuses the bad record of a batch alone, with the system’s reason', async () => {
      const ids = Array.from({ length: 12 }, () => seed());
      const bad = ids[7] ?? '';
      const outcomes = await crm.write(
        ids.map((id) =>
          update(id, {
            [world.fields.text]: '一括',
            ...(id === bad ? { [world.fields.checked.name]: world.fields.checked.bad } : {}),
          }),
        ),
      );
      expect(outcomes).toHaveLength(12);
      const refused = outcomes.filter(({ kind }) => kind !== 'written');
      expect(refused).toMatchObject([{ kind: 'refused', change: `change-${bad}` }]);
      expect(refused[0]?.kind === 'refused' && refused[0].message !== '' && refused[0].code !== '').toBe(true);
      const values = (await read(...ids)).filter(({ values }) => values[world.fields.text] === '一括');
      expect(values).toHaveLength(11);
    });

    it('refuses the bad record of a batch of creates alone', async () => {
      const bad = create('key-bad', { [world.fields.checked.name]: world.fields.checked.bad });
      const outcomes = await crm.write([create('key-good-1'), bad, create('key-good-2')]);
      expect(kinds(outcomes)).toEqual({
        'change-key-good-1': 'written',
        'change-key-bad': 'refused',
        'change-key-good-2': 'written',
      });
      expect(await byKey('key-good-1', 'key-bad', 'key-good-2')).toHaveLength(2);
    });

    it('says that a record which is no longer there has vanished', async () => {
      const [kept, removed] = [seed(), seed()];
      await world.remove(removed);
      const outcomes = await crm.write([
        update(kept, { [world.fields.text]: 'a' }),
        update(removed, { [world.fields.text]: 'a' }),
      ]);
      expect(kinds(outcomes)).toEqual({ [`change-${kept}`]: 'written', [`change-${removed}`]: 'vanished' });
    });

    it('is unsure of a write whose answer was lost, and reading back by key settles it', async () => {
      world.breakNextWrite('after');
      expect(kinds(await crm.write([create('key-after')]))).toEqual({ 'change-key-after': 'unsure' });
      expect(await byKey('key-after')).toHaveLength(1);
      world.breakNextWrite('before');
      expect(kinds(await crm.write([create('key-before')]))).toEqual({ 'change-key-before': 'unsure' });
      expect(await byKey('key-before')).toHaveLength(0);
    });

    it('throws RateLimited when the allowance is spent, and has written nothing', async () => {
      const id = seed('変わらない');
      await crm.describe(world.object);
      world.spendAllowance();
      const failure: unknown = await crm
        .write([update(id, { [world.fields.text]: '変わる' })])
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RateLimited);
      expect((failure as RateLimited).waitMs).toBeGreaterThan(0);
      world.mend();
      expect((await read(id))[0]?.values[world.fields.text]).toBe('変わらない');
    });

    it('throws RemoteUnavailable for a read while the system is away, and goes on when it is back', async () => {
      const id = seed();
      world.breakDown();
      await expect(read(id)).rejects.toThrow(RemoteUnavailable);
      world.mend();
      await expect(read(id)).resolves.toHaveLength(1);
    });

    it('counts its calls by kind', async () => {
      const fresh = world.open();
      expect(fresh.calls()).toEqual({});
      await fresh.directory();
      expect(Object.values(fresh.calls()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    });
  });
}
