import type { ObjectName } from '../../domain/people/record.ts';
import type { Instant } from '../../domain/values/value.ts';
import type { Log } from '../../ports/log.ts';
import type { Pace } from '../http/pace.ts';
import type { Watch } from '../http/remote-clock.ts';
import type { Timeouts } from '../http/send.ts';

/** The two flows an External Client App offers to a server without a person at a browser. */
export type SalesforceAuth =
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'jwt';
      readonly clientId: string;
      readonly username: string;
      readonly privateKeyPem: string;
      /** Who the assertion is for. Absent: what the login host implies, see `audienceOf`. */
      readonly audience?: string;
    };

export type SalesforceOptions = {
  /** The org's My Domain (`https://example.my.salesforce.com`), or the sandbox. */
  readonly loginUrl: string;
  readonly auth: SalesforceAuth;
  /** jsforce's own default is 50.0, of 2020. */
  readonly apiVersion?: string;
  /** Salesforce stops a query after 120 s by itself: a shorter deadline here turns its answer into silence. */
  readonly timeouts?: Timeouts;
  /** Calls under way at once. The org shares 25 long-running slots (5 in a Developer org) between all its integrations. */
  readonly concurrency?: number;
  /** Send nothing more when this part of the org's daily calls is used up, by whomever: past the end nobody can log in. */
  readonly dailyShare?: number;
  /** How far a pull reads back behind what it covered before. A transaction may show its rows this long after their stamp. */
  readonly overlapMs?: number;
  /** Rows per page of a pull. */
  readonly pageSize?: number;
  readonly log: Log;
  /** Called once for each field that was asked for and that the integration user cannot see. */
  readonly onInvisibleField?: (object: ObjectName, field: string) => void;
  /** Real time for windows and waits. */
  readonly pace?: Pace;
  /** The time that a JWT assertion expires by: the machine's, or the sandbox's. */
  readonly now?: () => Instant;
  /** The worker's clock, against which the org's is measured. */
  readonly watch?: Watch;
};

export const API_VERSION = '68.0';
export const TIMEOUTS: Timeouts = { headersMs: 125_000, totalMs: 150_000 };
export const CONCURRENCY = 5;
export const DAILY_SHARE = 0.95;
/** A REST call may run for ten minutes, and what it stamped at its beginning is seen at its end. */
export const OVERLAP_MS = 10 * 60_000;
export const PAGE_SIZE = 2_000;
