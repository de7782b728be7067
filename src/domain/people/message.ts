import type { Locale } from '../policy.ts';
import type { Instant } from '../values/value.ts';

/**
 * Something that one person is to be told, outside both systems: a reminder before a deadline, an obligation that has climbed to them.
 * It is never told twice: its `id` is that of the occasion.
 */
export type Message = {
  /** `CLOCK:reminder`, `CLOCK:escalation:1`. */
  readonly id: string;
  readonly kind: 'reminder' | 'escalation';
  readonly clock: string;
  readonly person: string;
  /** By e-mail. */
  readonly to: string;
  /** As people read it. */
  readonly name: string;
  readonly locale: Locale;
  readonly subject: string;
  readonly body: string;
  /** Of no use to anybody from then on: a reminder once the deadline is due. */
  readonly until?: Instant;
};

/** A message with what has become of it. `withdrawn`: the occasion was over before it could be delivered. */
export type KeptMessage = Message & {
  readonly at: Instant;
  readonly state: 'waiting' | 'delivered' | 'withdrawn';
};
