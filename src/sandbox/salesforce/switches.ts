import type { Row } from './schema/field.ts';

/** A person's or a flow's own rule on save: a text that refuses the record, or nothing. */
export type ValidationRule = (
  record: Row,
  before: Row | undefined,
  object: string,
) => { message: string; fields?: readonly string[] } | undefined;

/** A matching rule of the customer: the ids of the records that this one would double. */
export type DuplicateRule = {
  object: string;
  name: string;
  action: 'block' | 'alert';
  field: string;
  message?: string;
};

/** How this org behaves where real orgs differ. Everything may be changed while it runs. */
export type Switches = {
  /** How far Salesforce's own clock is ahead of the world's, behind where negative: stamps and the `Date` of answers alike. */
  clockAheadMs: number;
  /** A Lead assignment rule is active: without `Sforce-Auto-Assign: FALSE` it gives the Lead to the default owner. */
  leadAssignmentRule: boolean;
  /** Whoever acts in the screen does so inside one long transaction: stamped now, seen when this turns false again. */
  holdTransaction: boolean;
  /** Records that somebody else has locked. */
  lockedIds: string[];
  /** The share of written records that meet a lock, 0 to 1. */
  lockChance: number;
  /** Rolling 24 hours, counted for the whole org. */
  dailyApiRequests: number;
  /** How long an access token lives, in virtual time. */
  tokenLifetimeMs: number;
  /** Leading and trailing blanks of texts are cut on save. */
  trimsText: boolean;
  /** A user of the API may change nothing but what a permission set grants (an integration-only licence). */
  minimumAccess: boolean;
  duplicateRules: DuplicateRule[];
  /** Rows per query page at most: wide rows make Salesforce send fewer than asked. */
  queryPageCap: number;
  /** `CurrencyIsoCode` and `CurrencyType` exist. No real org can turn it off again. */
  multiCurrency: boolean;
  /** An Account may be a person: `IsPersonAccount`, `Person…` fields; a Lead needs no company. No way back either. */
  personAccounts: boolean;
  /** The fields whose changes go into the field history, by object. Kinds without an entry keep none. */
  trackedFields: Record<string, string[]>;
  /** Salesforce adds a closed Task to a mail that was sent or received. */
  mailTasks: boolean;
  /** What conversion carries over beside the standard fields: `{ "Topic__c": "Contact.Topic__c" }`. */
  leadFieldMapping: Record<string, string>;
  /** Two requests that are open at the same time and write below one Account collide at once, where a real org waits. */
  accountLocks: boolean;
};

export function defaultSwitches(): Switches {
  return {
    leadAssignmentRule: true,
    clockAheadMs: 0,
    holdTransaction: false,
    lockedIds: [],
    lockChance: 0,
    dailyApiRequests: 100_000,
    tokenLifetimeMs: 2 * 3_600_000,
    trimsText: true,
    minimumAccess: false,
    duplicateRules: [],
    queryPageCap: 2000,
    multiCurrency: false,
    personAccounts: false,
    trackedFields: {
      Lead: ['Status', 'OwnerId'],
      Opportunity: ['StageName', 'Amount', 'CloseDate', 'OwnerId'],
    },
    mailTasks: true,
    leadFieldMapping: {},
    accountLocks: false,
  };
}
