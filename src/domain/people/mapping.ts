import type { Stage } from '../agreement/agreement.ts';
import type { Condition } from '../agreement/condition.ts';
import type { System } from './record.ts';

/** How a value is compared: the canonical form strips what is not a difference (width, case, spaces, separators). */
export type ValueKind = 'text' | 'email' | 'phone' | 'number' | 'boolean' | 'date' | 'datetime' | 'picklist';

export type FieldPolicy = 'two-way' | 'hubspot' | 'salesforce' | 'fill-blank';

/** One line of `fields:` in mappings/contact.yaml. */
export type FieldMapping = {
  /** The name the ledger and every text use: the HubSpot name. */
  readonly name: string;
  readonly hubspot: string;
  /** Field name by Salesforce object; an object without an entry does not carry the field. */
  readonly salesforce: Readonly<Partial<Record<'Lead' | 'Contact', string>>>;
  readonly policy: FieldPolicy;
  /** What settles a double edit. */
  readonly conflict: System | 'newest' | 'ask';
  /** What settles two different values at the first meeting (law R5). */
  readonly first: System | 'newest' | 'ask';
  /** Does emptying one side empty the other? */
  readonly clears: 'keep' | 'follow';
  readonly kind: ValueKind;
  /** HubSpot value → Salesforce value. Values outside the map are findings, not guesses. */
  readonly values?: Readonly<Record<string, string>>;
  /** Where the line stands: `mappings/contact.yaml:14`. */
  readonly at: string;
};

export type CreationRule = {
  readonly stage: Stage;
  readonly as: 'Lead';
  /** Fixed text, or a template such as `{company|(会社名未入力)}`: a mapped field's name and what stands in when it is empty. */
  readonly with: Readonly<Record<string, string>>;
};

export type PersonMapping = {
  readonly fields: readonly FieldMapping[];
  /** People outside are left alone. Absent: everybody. */
  readonly scope?: Condition;
  readonly createInSalesforce: CreationRule | null;
};

export type OwnersPolicy = {
  /** HubSpot owner id → Salesforce user's e-mail, for people whose addresses differ. */
  readonly table: Readonly<Record<string, string>>;
  /** Receives what nobody can own: a queue's developer name, or a user's e-mail. */
  readonly unmatched: string;
  readonly teams: Readonly<Record<string, Team>>;
};

export type Team = {
  readonly members: readonly string[];
  readonly queue: string | null;
  readonly manager: string | null;
  readonly assign: 'round-robin' | 'queue';
};
