import { isoText } from '../time-texts.ts';

export type Conversion = {
  at: number;
  /** `Page title: Form name`; HubSpot keeps no form id with it. */
  eventName: string;
  pageUrl: string;
  /** Whether the contact had not sent this form before. */
  isFirstOfForm: boolean;
};

/**
 * What HubSpot works out on a contact who sent a form. A submission that was sent earlier than those already counted moves
 * no `recent_…`, and only one that is earlier than all others moves `first_…`.
 */
export function conversionProperties(held: ReadonlyMap<string, string>, conversion: Conversion): Map<string, string> {
  const { at, eventName, pageUrl, isFirstOfForm } = conversion;
  const properties = new Map([['num_conversion_events', String(count(held, 'num_conversion_events') + 1)]]);
  if (isFirstOfForm) {
    properties.set('num_unique_conversion_events', String(count(held, 'num_unique_conversion_events') + 1));
  }
  const first = instant(held, 'first_conversion_date');
  if (first === undefined || at < first) {
    properties.set('first_conversion_date', isoText(at)).set('first_conversion_event_name', eventName);
  }
  const recent = instant(held, 'recent_conversion_date');
  if (recent === undefined || at >= recent) {
    properties.set('recent_conversion_date', isoText(at)).set('recent_conversion_event_name', eventName);
    const seen = instant(held, 'hs_analytics_last_timestamp');
    if (seen === undefined || at >= seen) {
      properties.set('hs_analytics_last_url', pageUrl).set('hs_analytics_last_timestamp', isoText(at));
    }
  }
  return properties;
}

function count(held: ReadonlyMap<string, string>, name: string): number {
  return Number(held.get(name) || 0);
}

function instant(held: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = held.get(name) ?? '';
  return text === '' ? undefined : Date.parse(text);
}
