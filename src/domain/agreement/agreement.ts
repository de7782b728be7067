import type { Instant, Value } from '../values/value.ts';
import type { Condition } from './condition.ts';

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

/** Points for who a person is. A rule whose field was never read gives `unknown`, not zero in silence. */
export type AttributeRule = { readonly when: Condition; readonly points: number };

export type ScoreRules = {
  /** HubSpot's own score: the property that holds it. */
  readonly behaviour: { readonly hubspot: string } | null;
  readonly attribute: readonly AttributeRule[];
};

export type StageRule = {
  readonly stage: Stage;
  readonly department: Department;
  /** Absent for stages that are only taken over from history. */
  readonly when?: Condition;
  /** The team that receives the person on entering this stage. */
  readonly handOff?: { readonly to: string };
};

export type DeadlineRule = {
  readonly name: string;
  readonly department: Department;
  readonly who: 'owner';
  /** The team that received the person, or: a HubSpot deal that waits because its person is still a Lead. */
  readonly starts: { readonly handedOff: string } | { readonly deal: 'waiting' };
  /** Contact, or: the Lead has been converted. */
  readonly ends:
    | { readonly contact: readonly ('call' | 'email' | 'meeting')[]; readonly by: 'team' | 'owner' }
    | { readonly converted: true };
  readonly within: Duration;
  readonly lapse: { readonly task: 'urgent' | 'normal' };
};

/** The one file that both departments signed, checked and ready to be obeyed. */
export type Agreement = {
  readonly version: string;
  readonly effective: string;
  /** The go-live line. `first-run`: the first approved run. */
  readonly startsAt: Instant | 'first-run';
  readonly roles: Readonly<Record<string, string>>;
  readonly score: ScoreRules;
  /** In funnel order. */
  readonly stages: readonly StageRule[];
  /** The projection on HubSpot's lifecyclestage, which only moves forward. */
  readonly shownAs: {
    readonly lifecyclestage: Readonly<Partial<Record<Stage, string>>>;
    /** A lifecycle stage that is ahead of the stage is taken back: emptied, then set. Absent: it is left as it is, and told. */
    readonly reset?: true;
  };
  readonly deadlines: readonly DeadlineRule[];
};

/** Every decision keeps the version that made it. */
export type Evidence = Readonly<Record<string, Value>>;
