import type { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import type { VirtualClock } from '../../../src/sandbox/kernel/clock.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import type { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';

export type System = 'hubspot' | 'salesforce';
export type Row = Readonly<Record<string, unknown>>;

/** Both CRMs as their users have them before them, and the time. */
export type World = { readonly portal: HubSpotPortal; readonly org: SalesforceOrg; readonly clock: VirtualClock };

/** What a person typed into a mapped field of one record; in the `window` if the worker had read the record and was about to write. */
export type HumanEdit = {
  readonly system: System;
  readonly object: string;
  readonly id: string;
  /** By the system's own name. */
  readonly field: string;
  readonly value: string;
  readonly inWindow: boolean;
};

/** What was done, for whoever has to answer for it afterwards. */
export type Diary = {
  /** In words, for whoever replays a seed. */
  readonly deeds: string[];
  readonly edits: HumanEdit[];
  /** Notes in fields that nobody mapped, by record id: `city` of a contact, `Description` of a Lead. */
  readonly unmapped: Map<string, string>;
};

/** The hands that do it: whoever rolls the dice now, and where it is written down. */
export type Hands = {
  readonly world: World;
  readonly random: () => Random;
  readonly said: (text: string) => void;
  readonly typed: (system: System, object: string, id: string, field: string, value: string) => void;
  readonly noted: (id: string, text: string) => void;
};

/** What somebody does in one of the systems; throws what that system refuses. */
export type Deed = () => void;

/** Whoever types on HubSpot's screen. */
export const HUMAN = { source: 'CRM_UI', userId: 1 } as const;

/** The people of sales whose deeds are looked at. */
export const TEAM = ['taro.suzuki', 'aya.ito', 'shota.watanabe', 'mio.tanaka'].map((name) => `${name}@example.co.jp`);

/** What of a record somebody looks at who is about to do something. */
const LOOKED_AT = {
  hubspot: ['email', 'hubspot_owner_id'],
  salesforce: [
    'Id',
    'IsDeleted',
    'IsConverted',
    'IsActive',
    'Type',
    'Name',
    'Email',
    'AccountId',
    'Tasuki_Key__c',
    'Tasuki_Next_Due__c',
  ],
} as const;

/** The rows of one of Salesforce's objects, deleted ones included. */
export function rowsIn({ org }: World, object: string): readonly Row[] {
  return org.records(object, LOOKED_AT.salesforce);
}

/** Those that are live; a converted Lead is history. */
export function liveRows(world: World, object: string): readonly Row[] {
  return rowsIn(world, object).filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true);
}

export function liveRecords({ portal }: World, object: string): ReturnType<HubSpotPortal['records']> {
  return portal.records(object, LOOKED_AT.hubspot).filter(({ archived }) => !archived);
}

export function times(count: number, deed: Deed): readonly Deed[] {
  return Array.from({ length: count }, () => deed);
}

/** Rolls the dice for one of these deeds and does it, if the CRM lets them. */
export function act(deeds: readonly Deed[], random: Random, said: (text: string) => void): void {
  try {
    random.pick(deeds)();
  } catch (error) {
    said(`refused: ${error instanceof Error ? error.message.slice(0, 80) : String(error)}`);
  }
}
