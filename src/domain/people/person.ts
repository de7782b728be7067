import type { Stage } from '../agreement/agreement.ts';
import type { Arithmetic } from '../calendar/arithmetic.ts';
import type { Instant, LocalDate, Value, Values } from '../values/value.ts';
import type { Activity, HistoryEntry } from './activity.ts';
import type { TrackedChange } from './change.ts';
import type { EvidenceGrade } from './evidence-grade.ts';
import type { Base, Link, PlannedKind, RecordRef, Sighting, System } from './record.ts';

/** A stage that a person entered: when, by which rule, of which agreement. Append-only. */
export type StageEntry = {
  readonly stage: Stage;
  readonly at: Instant;
  /**
   * `history`: found at the go-live line; it starts no clock. `rule`: a criterion was met. Moves of HubSpot's lifecycle stage: `manual`,
   * a person's edit; `automation`, a workflow or another program; `deal`, HubSpot by itself, because a deal was made or won. `answer`:
   * sales said so in our fields; `silence`: it did not answer by the agreed time, which counts as accepted.
   */
  readonly by: 'history' | 'rule' | 'manual' | 'automation' | 'deal' | 'answer' | 'silence';
  readonly agreementVersion: string;
  readonly evidence: Readonly<Record<string, string | number | boolean | null>>;
  /** Starts at 1; recycling, or a customer who comes back, starts the next. */
  readonly pass: number;
  /** The hand-off instant: owner and stage confirmed in Salesforce. */
  readonly handedOffAt?: Instant;
  /** How well `at` is known; absent in entries of an earlier version of Tasuki. */
  readonly grade?: EvidenceGrade;
};

/** An obligation of one person towards one lead. */
export type Clock = {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly pass: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly arithmetic: Arithmetic;
  readonly state: 'running' | 'met' | 'met-logged-late' | 'lapsed' | 'closed';
  readonly lapsedAt?: Instant;
  readonly metAt?: Instant;
  /** `Task:00T…` of the activity that met it. */
  readonly evidence?: string;
  readonly closedBecause?: string;
  /** Until then a record of what was done in time may come in; absent: until it is due. */
  readonly graceUntil?: Instant;
  /** When whoever owes it is reminded by message; absent: never. */
  readonly remindAt?: Instant;
  readonly remindedAt?: Instant;
  /** Who is told of it while it stands open, as agreed when it lapsed; absent: nobody. */
  readonly ladder?: readonly LadderRung[];
  readonly task?: ClockTask;
  /** Where an agreement caps the Tasks of a day; absent: it does not. */
  readonly turn?: TaskTurn;
  readonly agreementVersion: string;
};

/** The one Task of an obligation, wherever the obliged person works. */
export type ClockTask = {
  readonly id: string | null;
  /** `queued`: it waits for a day on which its owner may be given one more. */
  readonly state: 'queued' | 'planned' | 'open' | 'closed' | 'removed';
  /** Where it is, when it is not in Salesforce: whoever owes it works in HubSpot only. */
  readonly in?: 'hubspot';
  /** The rung that its subject and priority tell of; absent: none. */
  readonly level?: number;
};

/** For whom the Task waits, as `system:id`; the day for which it was granted, and when that was. */
export type TaskTurn = {
  readonly of: string;
  readonly granted?: { readonly day: LocalDate; readonly at: Instant };
};

/** One rung of an obligation that lapsed. */
export type LadderRung = {
  /** As the agreement says it: `manager`, `deputy`, a role, or an e-mail address. */
  readonly to: string;
  readonly dueAt: Instant;
  /** When it was climbed; absent: not yet. */
  readonly at?: Instant;
  /** Who was told, by e-mail; `null` where nobody could be. */
  readonly told?: string | null;
  /** Whoever it names is not there, so it went on to the next rung's. */
  readonly missed?: true;
};

/**
 * Something that needs a person: opened once, closed once, by (code, subject).
 * `detail` feeds the texts in `domain/texts/findings.ts`; it holds ids and field names, and values only where the finding is about them.
 */
export type Finding = {
  readonly code: FindingCode;
  /** The record or file it is about: `salesforce:Lead:00Q…`, `mappings/contact.yaml:12`. */
  readonly subject: string;
  /** The person, deal or company it is about. */
  readonly entity?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** Since when it is open, where the ledger hands it out; whoever reports it does not say. */
  readonly openedAt?: Instant;
};

export const FINDING_CODES = [
  'API_BUDGET_LOW', // what nobody waits for waits until the day's calls are fresh
  'API_BUDGET_SPENT', // hand-offs and deadlines only, or nothing at all
  'MATCH_AMBIGUOUS',
  'KEY_HELD_TWICE',
  'NATIVE_ID_DIFFERS', // HubSpot's own Salesforce integration names a record of somebody else
  'CONFLICT',
  'FIELD_FROZEN', // our value was put back three times; both sides are left alone
  'OPT_OUT_NOT_CARRIED', // the other side may not be written, so a person has to enter the opt-out there
  'VALUE_NOT_MAPPED',
  'VALUE_NOT_ACCEPTED',
  'VALUE_TOO_LONG',
  'WRITE_REFUSED',
  'WRITE_OVERWRITTEN',
  'WRITE_PARKED', // tried again and again without a clear answer, and set aside
  'WRITE_UNDONE', // a person took this write back: it is not made again
  'RECORD_VANISHED',
  'RECORD_DELETED',
  'OWNER_UNMATCHED',
  'OWNER_INACTIVE',
  'OWNER_WITHOUT_SEAT', // an owner in Salesforce whom HubSpot does not know: a stand-in is shown there
  'OWNER_EDIT_RESTORED',
  'HAND_OVER_LATE', // marketing's time to hand somebody over has passed
  'TEAM_FULL', // everybody who could receive has had what a day gives them; the queue has the rest
  'STAGE_EDIT_RESTORED',
  'LIFECYCLE_AHEAD', // HubSpot shows a further stage than the agreement gives
  'CRITERIA_UNKNOWN',
  'ANSWER_WITHOUT_REASON', // rejected, and no reason named: nothing moves until there is one
  'ANSWER_NOT_KNOWN', // an answer or a reason that the agreement does not name
  'ANSWER_NOT_DUE', // rejected, though nobody was handed over
  'STAGE_BACK_ASKED', // a person moved the lifecycle stage back: they are asked why, and without a reason it is restored
  'STAGE_MOVE_FLAGGED', // a person moved the lifecycle stage on, and the agreement leaves that to its criteria
  'REGISTRATION_INCOMPLETE', // fields that are to be filled in by a person's stage are empty
  'STATUS_STALE', // sales has said nothing of a person for longer than the registration rules allow
  'HEAD_WITHOUT_USER', // the agreement is to be reviewed, and its head is no active user in Salesforce
  'TASK_REMOVED',
  'TASK_TICKED_OFF', // by hand, and nothing on record shows that the promise was kept
  'TASKS_HELD_BACK', // more lapses than one person is given Tasks for in a day: the others wait their turn
  'ESCALATED', // an obligation that lapsed has been told to somebody above
  'ESCALATION_UNADDRESSED', // a rung names somebody who is not there
  'CALENDAR_ENDS',
  'CONFIG_REJECTED',
  'AGREEMENT_UNSIGNED', // no agreement is in force: only mapped fields are written
  'EVIDENCE_LAGS',
  'CLOCK_SKEW', // a CRM's clock and ours are more than a minute apart
  // A person, deal or company that neither side can be told to be one with another
  'RESTORED_BESIDE', // a record is out of the recycle bin again, and another one has taken its seat
  'RECORDS_BECAME_ONE', // one system merged or converted two people's records; the other still has both
  'COMPANY_NAMES_DIFFER', // same normalised name, different domains: not taken for one company
  'PERSON_ACCOUNT', // a contact that is a person account: its name and address live on the account
  // Deals
  'DEAL_NEEDS_CONVERSION', // a HubSpot deal whose person is still a Lead: an FS has to convert it
  'DEAL_NEEDS_CONTACT', // a deal without a person, or whose contact has no account: no opportunity can be made
  'DEAL_REOPENED', // a closed deal is open again
  'STAGE_NOT_MAPPED', // a pipeline or stage that stands in no map
  'CURRENCY_NOT_KNOWN', // the other side does not have this currency, or no rate for it
  'AMOUNT_FROM_PRODUCTS', // the amount is the sum of products; an edit of it was set back
  'TIE_REMOVED', // an association or contact role that both sides had is gone on one
  // Approval
  'BREAKER_TRIPPED', // more changes than usual of one field, or new records of one object: they wait
  'PLAN_REJECTED', // a person took a planned change back; it is not planned again as it was
  // Reading
  'OBJECT_NOT_VISIBLE', // the integration user may not read this kind of record; the rest goes on
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Our newest three writes of one field, which are all the same; none of them is older than the last release of a frozen field. */
export type Fought = {
  readonly record: RecordRef;
  readonly field: string;
  /** What stood there before each of them, and what each of them wrote. */
  readonly before: Value;
  readonly after: Value;
  /** When the first of the three was written. */
  readonly since: Instant;
};

/** What the ledger knows of any entity: its records in both systems, and what is under way on them. */
export type EntityFacts = {
  readonly kind: PlannedKind;
  readonly id: string;
  /** The version of "dirty" that this plan answers; the ledger clears no newer one. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly links: readonly Link[];
  /** Of current links, and of links that are no longer current (deleted, merged), so that the plan sees the end of them. */
  readonly sightings: readonly Sighting[];
  readonly bases: readonly Base[];
  /** Changes not yet settled. */
  readonly open: readonly TrackedChange[];
  /** What the systems' own histories say of these records, as far as they were read: the newest entry of each field. */
  readonly edits?: readonly HistoryEntry[];
  /** Fields that we wrote three times in a row in the same way, each time because somebody had put the old value back. */
  readonly fought?: readonly Fought[];
  /** Findings open about this entity. */
  readonly findings: readonly Finding[];
  /** Records that look like this entity but could not be told apart: nothing is created while there are any. */
  readonly rivals: readonly RecordRef[];
};

/** A person went out of the scope that an admin drew, or came back. */
export type ScopeMove = {
  readonly at: Instant;
  readonly within: boolean;
  /** What the rule read: field → value. Empty when there was no rule any more. */
  readonly because: Values;
};

/** Everything the ledger knows that a plan for one person depends on. */
export type PersonFacts = EntityFacts & {
  readonly kind: 'person';
  readonly activities: readonly Activity[];
  readonly stages: readonly StageEntry[];
  /** The version of the agreement that they were last judged by; absent where none is known. */
  readonly judgedUnder?: string;
  readonly clocks: readonly Clock[];
  /** Where this person works, as far as either system ties them to a company. */
  readonly company: Neighbour | null;
  /** Deals that either system ties to this person, oldest first. */
  readonly deals: readonly Neighbour[];
  /** The last time they went out of scope or came back; absent for whoever was always within. */
  readonly scope?: ScopeMove;
};

/** An entity beside the one that is planned: its live records, read and not planned. */
export type Neighbour = {
  readonly id: string;
  readonly hubspot: Sighting | null;
  readonly salesforce: Sighting | null;
};

/** A person whom either system ties to a deal. */
export type Participant = Neighbour & {
  /** Systems in which a live tie stands between a current record of the deal and one of this person. */
  readonly tied: readonly System[];
  /** Systems in which they are the primary one. */
  readonly primary: readonly System[];
  /** The contact role that ties them in Salesforce. */
  readonly role: RecordRef | null;
};

export type DealFacts = EntityFacts & {
  readonly kind: 'deal';
  /** In order of first meeting, the primary ones first. */
  readonly people: readonly Participant[];
  /** The company that either system ties to the deal, the primary one first. */
  readonly companies: readonly Neighbour[];
};

export type CompanyFacts = EntityFacts & {
  readonly kind: 'company';
  /** How many people and deals are tied to it on each side: a company is made only where somebody is in it. */
  readonly tied: Readonly<Record<System, number>>;
};

/** The agreement itself: what it asks of the two heads rather than of whoever owns a person. It has no record in either system. */
export type AgreementFacts = EntityFacts & { readonly kind: 'agreement'; readonly clocks: readonly Clock[] };

export type AnyFacts = PersonFacts | DealFacts | CompanyFacts | AgreementFacts;
