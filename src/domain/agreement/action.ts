import type { Activity } from '../people/activity.ts';
import { searchable } from '../values/reading.ts';

/** One way of doing something that the agreement counts. Names are compared as a reader compares them: width and case aside. */
export type ActionSource =
  /** Sent one of these forms: by its name, or by its id, which survives a new name. */
  | { readonly form: readonly string[] }
  /** `registered` counts whoever registered and did not cancel, `attended` only whoever came. Without names: any event. */
  | { readonly event: 'attended' | 'registered'; readonly named?: readonly string[] }
  /** Looked at a page under one of these paths. */
  | { readonly page: readonly string[] }
  /** Responded to a campaign; being on its list is nothing that a person did. */
  | { readonly campaign: 'responded'; readonly named?: readonly string[] };

/** What both departments call by one name and count as one thing, however it was done. */
export type Action = { readonly name: string; readonly from: readonly ActionSource[] };

/** Texts that are remembered at most. */
const MANY = 10_000;

/** Where each kind of source is read, by the names under which access to it is told (`OBJECT_NOT_VISIBLE`). */
const STREAMS = {
  form: 'hubspot:form-submissions',
  event: 'hubspot:event-participations',
  page: 'hubspot:page-views',
  campaign: 'salesforce:CampaignMember',
} as const;
export type ActionStream = (typeof STREAMS)[keyof typeof STREAMS];

export function streamOf(source: ActionSource): ActionStream {
  if ('form' in source) return STREAMS.form;
  if ('event' in source) return STREAMS.event;
  return 'page' in source ? STREAMS.page : STREAMS.campaign;
}

/** Is this activity the action? However many of its sources fit, it happened once. */
export function isAction({ from }: Action, activity: Activity): boolean {
  return !activity.deleted && from.some((source) => comesFrom(source, activity));
}

function comesFrom(source: ActionSource, { kind, what, source: record, closed }: Activity): boolean {
  if ('form' in source) return kind === 'form' && isForm(source.form, what ?? '', record.id);
  if ('event' in source) {
    if (kind !== 'seminar' || (source.event === 'attended' && !closed)) return false;
    return isNamed(source.named, closed ? what : withoutState(what));
  }
  if ('page' in source) return kind === 'page' && isUnder(source.page, what ?? '');
  return kind === 'campaign' && isNamed(source.named, what);
}

/** A submission is told as the form's name and, behind it, the path of the page it stood on; its id begins with the form's. */
function isForm(forms: readonly string[], what: string, id: string): boolean {
  const told = read(what);
  const form = id.slice(0, id.indexOf(':')).toLowerCase();
  return asRead(forms).some((one) => told === one || told.startsWith(`${one} /`) || form === one);
}

function isNamed(names: readonly string[] | undefined, what: string | null): boolean {
  return names === undefined || asRead(names).includes(read(what ?? ''));
}

/** Whoever has not come yet is told with how far they are: `新製品セミナー (REGISTERED)`. */
function withoutState(what: string | null): string {
  return (what ?? '').replace(/ \([A-Z_]+\)$/u, '');
}

/** `/pricing` is itself and everything below it, on any host, and not `/pricing-old`. */
function isUnder(paths: readonly string[], address: string): boolean {
  const path = plainPath(address);
  return paths.some((written) => {
    const start = plainPath(written);
    return start === '' || path === start || path.startsWith(`${start}/`);
  });
}

/** The path of an address, without host, query and slashes at its end; escapes as they are read. */
const plainPath = remembering((address) =>
  searchable(unescaped(address.replace(/^[a-z][a-z\d+.-]*:\/\//iu, '//').replace(/[?#].*$/su, '')))
    .replace(/^\/\/[^/]*/u, '')
    .replace(/\/+$/u, ''),
);

const read = remembering(searchable);

/** Forms, events and pages are few, and are compared for every deed of everybody. */
function remembering(make: (text: string) => string): (text: string) => string {
  const made = new Map<string, string>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    if (made.size >= MANY) made.clear();
    made.set(text, fresh);
    return fresh;
  };
}

function unescaped(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

const READ = new WeakMap<readonly string[], readonly string[]>();

function asRead(names: readonly string[]): readonly string[] {
  const known = READ.get(names) ?? names.map(searchable);
  READ.set(names, known);
  return known;
}
