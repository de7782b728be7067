import type { Duration, Stage } from '../agreement/agreement.ts';
import type { Condition } from '../agreement/condition.ts';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import type { LocalDate } from '../values/value.ts';
import type { System } from './record.ts';
import type { Weights } from './turns.ts';

/** How a value is compared: the canonical form strips what is not a difference (width, case, spaces, separators). */
export type ValueKind = 'text' | 'email' | 'phone' | 'number' | 'boolean' | 'date' | 'datetime' | 'picklist' | 'multi';

/** Salesforce objects that carry mapped fields. */
export type MappedObject = 'Lead' | 'Contact' | 'Account' | 'Opportunity';

/**
 * Which side stands. `once`: a value is copied where the other record is made or first met, and never again. `stricter`: of a consent,
 * the value that forbids more (`true`) stands, from whichever side it comes, and is never taken back.
 */
export type FieldPolicy = 'two-way' | System | 'fill-blank' | 'once' | 'stricter';

/** What settles a double edit that nobody has settled for so long. The time is counted from the instant at which it was reported. */
export type ConflictDefault = { readonly after: Duration; readonly to: System | 'newest' };

/** One line of `fields:` in mappings/contact.yaml, company.yaml or deal.yaml. */
export type FieldMapping = {
  /** The name the ledger and every text use: the HubSpot name. */
  readonly name: string;
  /** What the agreement calls it (`person.phone`, `company.employees`), where the line says so. */
  readonly alias?: string;
  readonly hubspot: string;
  /** Field name by Salesforce object; an object without an entry does not carry the field. */
  readonly salesforce: Readonly<Partial<Record<MappedObject, string>>>;
  readonly policy: FieldPolicy;
  /** What settles a double edit. */
  readonly conflict: System | 'newest' | 'ask';
  /** Of a field that asks: absent where it waits for a person, however long that takes. */
  readonly conflictDefault?: ConflictDefault;
  /** What settles two different values at the first meeting (law R5); `keep` leaves both as they are. */
  readonly first: System | 'newest' | 'ask' | 'keep';
  /** Does emptying one side empty the other? */
  readonly clears: 'keep' | 'follow';
  readonly kind: ValueKind;
  /** HubSpot value → Salesforce value. Values outside the map are findings, not guesses. */
  readonly values?: Readonly<Record<string, string>>;
  /** Where the line stands: `mappings/contact.yaml:14`. */
  readonly at: string;
};

/** Which side stands, and what settles it when both moved. */
export type Settlement = Pick<FieldMapping, 'policy' | 'conflict' | 'conflictDefault' | 'first'>;

export type CreationRule = {
  readonly stage: Stage;
  readonly as: 'Lead';
  /** Fixed text, or a template such as `{company|(会社名未入力)}`: a mapped field's name and what stands in when it is empty. */
  readonly with: Readonly<Record<string, string>>;
};

/** What an admin says of telling people apart. The order of the evidence is the product's own: see "Who is who" in SPEC.md. */
export type MatchingRule = {
  /** Local parts (`info`) and whole addresses that several people read: they make two records one person only where the name agrees too. */
  readonly sharedMailboxes: readonly string[];
  /** Several records of one person on one side. `rule`: one of them is chosen; `leave`: none is touched, and a person is told. */
  readonly several: 'rule' | 'leave';
};

export type PersonMapping = {
  /** How many people in a hundred are written, with their deals and companies. Absent: everybody. */
  readonly rolloutPercent?: number;
  readonly matching: MatchingRule;
  readonly fields: readonly FieldMapping[];
  /** People outside are left alone. Absent: everybody. */
  readonly scope?: Condition;
  readonly createInSalesforce: CreationRule | null;
};

/** mappings/company.yaml. Companies are matched and read; their fields travel by rule, owners never. */
export type CompanyMapping = {
  readonly fields: readonly FieldMapping[];
  /** A HubSpot company for an Account in which a person known to HubSpot works. Accounts are made by people, at conversion. */
  readonly createInHubSpot: boolean;
};

/** One pipeline and what stands for it on the other side. */
export type PipelineMapping = {
  /** HubSpot's pipeline, by id or by label. */
  readonly hubspot: string;
  /** Salesforce's record type by developer name; `null` where the organisation has none. */
  readonly recordType: string | null;
  /** HubSpot's stage (id or label) → Salesforce's stage (StageName). */
  readonly stages: Readonly<Record<string, string>>;
  readonly at: string;
};

/** mappings/deal.yaml. */
export type DealMapping = {
  readonly pipelines: readonly PipelineMapping[];
  /** Which side moves the deal from stage to stage, and what settles it when both did. */
  readonly stage: Settlement;
  /** Amount and currency are one value. `null`: not mapped. */
  readonly amount: (Settlement & Pick<FieldMapping, 'clears'> & { readonly at: string }) | null;
  /** HubSpot `closedate` and Salesforce `CloseDate`: an instant and a day, compared as days of the calendar's zone. */
  readonly closeDate: Settlement & { readonly at: string };
  /** ISO 4217 code that an amount without one is in. */
  readonly currency: string;
  readonly fields: readonly FieldMapping[];
  readonly create: {
    /** An Opportunity for a HubSpot deal whose person is a Contact of an Account. */
    readonly salesforce: boolean;
    /** A HubSpot deal for an Opportunity that has a contact known to HubSpot. */
    readonly hubspot: boolean;
  };
  /** Where won and lost reasons stand, HubSpot property and Opportunity field; they are shown on the contact. */
  readonly reasons: { readonly won: ReasonFields | null; readonly lost: ReasonFields | null };
};
export type ReasonFields = { readonly hubspot: string; readonly salesforce: string };

export type OwnersPolicy = {
  /** HubSpot owner id → Salesforce user's e-mail, for people whose addresses differ. */
  readonly table: Readonly<Record<string, string>>;
  /** Receives what nobody can own: a queue's developer name, or a user's e-mail. */
  readonly unmatched: string;
  /** An owner whom the other system does not know is told once a day; `never`: that is how it is meant. */
  readonly withoutSeat?: 'never';
  readonly teams: Readonly<Record<string, Team>>;
  /** Who is above each team, the nearest first, by e-mail. A team that is not named: the managers whom Salesforce knows of its people. */
  readonly ladder?: Readonly<Record<string, readonly string[]>>;
  /** Nobody is away twice on one day, and no deputy is away meanwhile. */
  readonly absences: readonly Absence[];
};

/** Somebody does not work on these days, both included; the deputy, another person, does. By e-mail. */
export type Absence = {
  readonly who: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly deputy: string;
};

/** Who receives the people of which part of the market. */
export type Territories = {
  /** The field that decides: `person.state`, `company.industry`. */
  readonly by: string;
  /** Its value → who takes turns there. */
  readonly table: Readonly<Record<string, readonly string[]>>;
  /** Takes turns for whoever is in none of them, or in one where nobody is to be had. */
  readonly otherwise: readonly string[];
};

export type Team = {
  readonly members: readonly string[];
  readonly queue: string | null;
  readonly manager: string | null;
  readonly assign: 'round-robin' | 'queue' | 'territory';
  /** Turns in a round, of those who have more than one. */
  readonly weights?: Weights;
  /** What a member receives at most on one day of the office; whoever is not named has no limit. */
  readonly capacities?: Readonly<Record<string, number>>;
  /** Who receives whom, where it is assigned by territory. */
  readonly territories?: Territories;
  /** Whoever owns the contact in HubSpot keeps the person: only members of this team do. Absent: anybody who is active in Salesforce. */
  readonly existingOwner?: 'team';
  /** When its office works, where that is not as in the whole company. */
  readonly calendar?: BusinessCalendar;
};
