import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { noteFirstHistory } from '../../../src/steps/first-history.ts';
import type { Works } from '../../../src/steps/works.ts';
import { aContact, aLead, aPolicy, GO_LIVE } from '../../support/people.ts';

type World = { readonly goLive?: number | null; readonly known?: readonly string[] };

/** What HubSpot's history was asked for. */
async function asked(contacts: readonly Sighting[], { goLive = null, known = [] }: World = {}) {
  const calls: { readonly ids: readonly string[]; readonly fields: readonly string[] }[] = [];
  const noted: unknown[] = [];
  const works = {
    policy: () => aPolicy(),
    crm: {
      hubspot: {
        history: async (_object: string, ids: readonly string[], fields: readonly string[]) => {
          calls.push({ ids, fields });
          return ids;
        },
      },
    },
    ledger: {
      goLive: async () => goLive,
      lastSeen: async () => new Map(known.map((id) => [id, null])),
      noteHistory: async (entries: readonly unknown[]) => void noted.push(...entries),
    },
  } as unknown as Works;
  await noteFirstHistory(contacts, works);
  expect(noted).toEqual(calls.flatMap(({ ids }) => ids));
  return calls;
}

const contact = (id: string, values: Readonly<Record<string, Value>>, rest: Partial<Sighting> = {}): Sighting => ({
  ...aContact({ jobtitle: null, hubspotscore: null, lifecyclestage: null, ...values }, rest),
  record: { system: 'hubspot', object: 'contacts', id },
});

describe('what HubSpot remembers', () => {
  test('is asked once of each contact on first connection: their lifecycle stage, and what criteria read', async () => {
    const contacts = [contact('1', { lifecyclestage: 'marketingqualifiedlead' }), contact('2', { hubspotscore: 40 })];
    expect(await asked(contacts)).toEqual([
      { ids: ['1', '2'], fields: ['lifecyclestage', 'hubspotscore', 'jobtitle'] },
    ]);
    expect(await asked(contacts, { known: ['1'] })).toMatchObject([{ ids: ['2'] }]);
    expect(await asked(contacts, { known: ['1', '2'] })).toEqual([]);
  });

  test('is no matter once the go-live line is drawn: from then on it is watched', async () => {
    expect(await asked([contact('1', { hubspotscore: 40 })], { goLive: GO_LIVE })).toEqual([]);
  });

  test.each<[string, Sighting]>([
    ['a lead of whom nothing is filled in', contact('1', { lifecyclestage: 'lead' })],
    ['whoever is gone', contact('1', { hubspotscore: 40 }, { deleted: true })],
    ['a Lead, whose history Salesforce tells by itself', aLead()],
  ])('is not asked of %s', async (_, sighting) => {
    expect(await asked([sighting])).toEqual([]);
  });
});
