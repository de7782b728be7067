import type { Action } from '../../src/domain/agreement/action.ts';
import type { Duration } from '../../src/domain/agreement/agreement.ts';
import type { Activity } from '../../src/domain/people/activity.ts';
import type { Instant } from '../../src/domain/values/value.ts';
import { aCall, CONTACT_ID } from './people.ts';

export function days(amount: number): Duration {
  return { amount, unit: 'days' };
}

const DONE: Partial<Activity> = {
  about: { system: 'hubspot', object: 'contacts', id: CONTACT_ID },
  by: null,
  direction: 'in',
  countsAsContact: false,
};

/** A form that the person sent, as the connector tells it: the form's name, and the path of the page it stood on. */
export function aForm(at: Instant, what = 'ホワイトペーパー /download', rest: Partial<Activity> = {}): Activity {
  const source = { system: 'hubspot', object: 'form-submissions', id: `f1a2:${at}:0123456789abcdef` } as const;
  return aCall(at, { ...DONE, source, kind: 'form', what, ...rest });
}

/** A part in an event: `closed` when they came. */
export function aSeminar(at: Instant, what: string, closed = true, rest: Partial<Activity> = {}): Activity {
  const source = { system: 'hubspot', object: 'event-participations', id: `e${at}` } as const;
  return aCall(at, { ...DONE, source, kind: 'seminar', what, closed, ...rest });
}

export function aPageView(at: Instant, what: string): Activity {
  const source = { system: 'hubspot', object: 'page-views', id: `contacts/501/hs_analytics_last_url@${at}` } as const;
  return aCall(at, { ...DONE, source, kind: 'page', what });
}

export function aResponse(at: Instant, what: string): Activity {
  const source = { system: 'salesforce', object: 'CampaignMember', id: `00v${at}` } as const;
  return aCall(at, { ...DONE, source, kind: 'campaign', what });
}

/** The actions of the tests: a white paper sent for, and the page with the prices seen. */
export const ACTIONS: readonly Action[] = [
  { name: 'download', from: [{ form: ['ホワイトペーパー'] }] },
  { name: 'pricing-view', from: [{ page: ['/pricing'] }] },
];
