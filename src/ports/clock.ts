import type { Instant } from '../domain/values/value.ts';

/** The time, as the worker is told it: the machine's, or the sandbox's virtual clock. */
export interface Clock {
  now(): Instant;
}
