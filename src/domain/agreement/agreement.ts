import type { Instant, Value } from '../values/value.ts';
import type { Action } from './action.ts';
import type { Condition } from './condition.ts';
import type { Review, StageReasons, Target } from './terms.ts';

/** Stages in the order of the funnel; recycled and disqualified stand beside it. */
export const STAGES = [
  'subscriber',
  'lead',
  'MQL',
  'SAL',
  'SQL',
  'opportunity',
  'customer',
  'recycled',
  'disqualified',
] as const;
export type Stage = (typeof STAGES)[number];

export type Department = 'marketing' | 'sales';

/** `3 business days`, `24 business hours`, `24 hours`, `90 days`. */
export type Duration = {
  readonly amount: number;
  readonly unit: 'business days' | 'business hours' | 'hours' | 'days';
};

/** A duration on the wall. */
export type WallDuration = Duration & { readonly unit: 'hours' | 'days' };

/** Points for who a person is. A rule whose field was never read gives `unknown`, not zero in silence. */
export type AttributeRule = { readonly when: Condition; readonly points: number };

/** Points for what a person did: for each time, up to a cap, over a period looked back from the instant of judgement. */
export type BehaviourRule = {
  readonly action: string;
  readonly points: number;
  /** The most points this rule gives; of points that are taken off, the most it takes. */
  readonly atMost?: number;
  /** In hours or days on the wall. */
  readonly within?: Duration;
  /** Each time is worth half after this, a quarter after twice this, in whole points. */
  readonly halvesEvery?: Duration;
};

export type ScoreRules = {
  /** HubSpot's own score, by the property that holds it; or the agreement's own rules. */
  readonly behaviour: { readonly hubspot: string } | readonly BehaviourRule[] | null;
  readonly attribute: readonly AttributeRule[];
};

/** The team that receives the person on entering a stage; `brief`: with a note for whoever receives them. */
export type HandOff = { readonly to: string; readonly brief?: true };

export type StageRule = {
  readonly stage: Stage;
  readonly department: Department;
  /** Absent for stages that are only taken over from history. */
  readonly when?: Condition;
  readonly handOff?: HandOff;
  /** Of `customer`: whoever meets the criteria of an earlier stage anew, by what they did since, goes through the funnel once more. */
  readonly secondPass?: true;
};

/** What begins a deadline. `team` is who has received the person by then, as far as what begins it says so. */
export type DeadlineStart =
  /** The team has received the person: owner and stage were confirmed in Salesforce. */
  | { readonly handedOff: string }
  /** A HubSpot deal waits because its person is still a Lead. */
  | { readonly deal: 'waiting' }
  /** The criteria of this stage were met, whether or not the person is in Salesforce yet. */
  | { readonly criteriaMet: Stage }
  /** The person entered this stage, and is in Salesforce. */
  | { readonly entered: Stage; readonly team?: string }
  /** Another deadline was met, in time or late. */
  | { readonly met: string; readonly team?: string };

/** One thing that ends a deadline. */
export type DeadlineEnd =
  | { readonly contact: readonly ('call' | 'email' | 'meeting')[]; readonly by: 'team' | 'owner' }
  /** The Lead has been converted. */
  | { readonly converted: true }
  /** This stage, or one further along the funnel; of the two beside it, that one alone. */
  | { readonly entered: Stage }
  /** Sales has accepted or rejected the person, or has said so by going on with them. */
  | { readonly answer: 'any' }
  | { readonly handedOff: string }
  /** An Opportunity of this person; `with`: what has to be filled in on it. */
  | { readonly deal: 'open' | 'won' | 'lost'; readonly with: readonly ('amount' | 'close-date')[] }
  /** `by`: the owner, or the name of a team. */
  | { readonly meeting: 'booked'; readonly by: string };

export type DeadlineRule = {
  readonly name: string;
  readonly department: Department;
  readonly who: 'owner';
  readonly starts: DeadlineStart;
  readonly ends: DeadlineEnd | { readonly any: readonly DeadlineEnd[] };
  readonly within: Duration;
  /** So long before it is due, whoever owes it is sent a message. */
  readonly remind?: Duration;
  /** So long after it is due, what was done in time may still be entered before a lapse is declared. */
  readonly grace?: Duration;
  readonly lapse: Lapse;
  /** What it means that the due instant has passed in silence. */
  readonly otherwise?: 'accepted';
};

/** What a lapse leads to. */
export type Lapse = {
  /** `none`: nobody is reminded, because `otherwise` says what a lapse means. */
  readonly task: 'urgent' | 'normal' | 'none';
  /** Who else is told while it lasts, the first rung first; each comes later than the one before. */
  readonly escalate?: readonly Rung[];
  /** A Task that was ticked off without evidence is asked about. Absent: it is not. */
  readonly tickedOff?: 'ask';
};

/** One rung of the ladder. */
export type Rung = {
  /** Counted from the lapse, or from the day for which the Task was made where a cap had held it back. */
  readonly after: Duration;
  /** `manager`, `deputy`, a role of the agreement, or an e-mail address. */
  readonly to: string;
};

/** A field that tells of one BANT item whether it is confirmed. */
export type BantField = {
  readonly hubspot?: string;
  readonly salesforce?: string;
  /** The values that confirm it; absent: any value but an empty one and `false`. */
  readonly confirmed?: readonly Value[];
};
export const BANT_ITEMS = ['budget', 'authority', 'need', 'timeline'] as const;
export type Bant = Readonly<Record<(typeof BANT_ITEMS)[number], BantField>>;

/** 登録ルール: what has to be filled in by the time a person enters a stage. */
export type Registration = {
  /** Stage → paths of fields. */
  readonly required: Readonly<Partial<Record<Stage, readonly string[]>>>;
  /** How soon a status is to be brought up to date. */
  readonly statusUpdates?: Duration;
};

/** The one file that both departments signed, checked and ready to be obeyed. */
export type Agreement = {
  readonly version: string;
  readonly effective: string;
  /** The go-live line. `first-run`: the first approved run. */
  readonly startsAt: Instant | 'first-run';
  /** Of those who stood somewhere before the line: whoever came there within this time before it, and is open still, is taken in. Absent: nobody. */
  readonly adopt?: { readonly openSince: WallDuration };
  /** `new`: whoever was known before this version came into force is not handed over because of its wording. Absent: everybody is. */
  readonly appliesTo?: 'new';
  readonly roles: Readonly<Record<string, string>>;
  /** What counts as something that a person did. */
  readonly actions?: readonly Action[];
  readonly score: ScoreRules;
  readonly bant?: Bant;
  readonly registration?: Registration;
  readonly reasons?: StageReasons;
  readonly review?: Review;
  readonly targets?: readonly Target[];
  /** In funnel order. */
  readonly stages: readonly StageRule[];
  /** What a person's own move of HubSpot's lifecycle stage is worth. Absent: `accept`. */
  readonly manualEdits?: 'accept' | 'flag';
  /** The projection on HubSpot's lifecyclestage, which only moves forward. */
  readonly shownAs: {
    readonly lifecyclestage: Readonly<Partial<Record<Stage, string>>>;
    /** A lifecycle stage that is ahead of the stage is taken back: emptied, then set. Absent: it is left as it is, and told. */
    readonly reset?: true;
    /** The projection on the Lead's own status, forward only like the other; values of Salesforce. */
    readonly leadStatus?: Readonly<Partial<Record<Stage, string>>>;
  };
  readonly deadlines: readonly DeadlineRule[];
  /** The most Tasks of lapses that one person is given for one day. Absent: as many as there are. */
  readonly tasksPerDay?: number;
};

/** Every decision keeps the version that made it. */
export type Evidence = Readonly<Record<string, Value>>;
