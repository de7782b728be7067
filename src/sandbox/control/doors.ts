type ChangeSource = 'CALCULATED' | 'CRM_UI' | 'INTEGRATION';

/** A record of HubSpot by the name of its object. */
export type RecordRef = { object: string; id: string };

type NewForm = {
  guid: string;
  name: string;
  formType?: 'hubspot' | 'captured' | 'flow' | 'blog_comment';
  fields?: readonly string[];
  archived?: boolean;
};

type NewSubmission = {
  guid: string;
  email: string;
  answers?: Readonly<Record<string, string>>;
  pageUrl: string;
  pageTitle?: string;
  at?: number;
};

type NewMarketingEvent = {
  id?: string;
  name: string;
  eventType?: string;
  startsAt: number;
  endsAt: number;
  externalAccountId?: string;
  externalEventId?: string;
};

type NewParticipation = {
  event: string;
  contactId: string;
  state: 'REGISTERED' | 'CANCELLED' | 'ATTENDED' | 'NO_SHOW';
  at?: number;
};

/** What the control API needs of the emulated HubSpot. */
export type PortalDoor = {
  /** HubSpot's own. */
  readonly clock: { now(): number };
  switches: object;
  space(object: string): { readonly store: { getLive(id: string): unknown } };
  seed(
    object: string,
    properties: Record<string, string>,
    at: number,
    source: { type: ChangeSource | 'IMPORT'; id?: string; userId?: number },
  ): string;
  touch(
    object: string,
    id: string,
    properties: Record<string, string>,
    by: { source: ChangeSource; userId?: number },
  ): unknown;
  archive(object: string, id: string): unknown;
  merge(object: string, primaryId: string, otherId: string): string;
  gdprDelete(contactId: string): unknown;
  associate(from: RecordRef, to: RecordRef, options?: { label?: string }): unknown;
  dissociate(from: RecordRef, to: RecordRef): unknown;
  forms: { define(form: NewForm): unknown };
  submitForm(submission: NewSubmission): string;
  events: { define(event: NewMarketingEvent): string; participate(participation: NewParticipation): string };
  records(object: string): readonly unknown[];
  associations(): readonly unknown[];
};

type Conversion = {
  by?: string;
  accountId?: string;
  contactId?: string;
  opportunity?: Record<string, unknown> | null;
  status?: string;
};

/** What the control API needs of the emulated Salesforce. */
export type OrgDoor = {
  /** Tells Salesforce's own time. */
  readonly state: { clock(): number };
  switches: object;
  seed(sobject: string, fields: Record<string, unknown>, options: { at: number; by?: string }): string;
  touch(sobject: string, id: string, fields: Record<string, unknown>, options: { by?: string }): unknown;
  remove(sobject: string, id: string, options: { by?: string }): unknown;
  convertLead(id: string, conversion: Conversion): object;
  merge(sobject: string, ids: { winner: string; loser: string }, options: { by?: string }): unknown;
  undelete(sobject: string, id: string, options: { by?: string }): unknown;
  userByName(username: string): string | undefined;
  records(sobject: string): readonly unknown[];
};
