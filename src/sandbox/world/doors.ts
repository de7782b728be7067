/** What filling a world needs of the emulated HubSpot. Values are texts, as HubSpot keeps them. */
export type PortalFiller = {
  defineProperty(definition: PortalProperty): unknown;
  seedOwner(owner: { email: string; firstName: string; lastName: string; active?: boolean }): string;
  archiveOwner(id: string): void;
  seed(object: string, properties: Record<string, string>, at: number, source?: PortalSource): string;
  associate(from: RecordRef, to: RecordRef, options?: { label?: string }): unknown;
  archive(object: string, id: string): unknown;
};

/** A record of HubSpot by the name of its object. */
export type RecordRef = { object: string; id: string };

type PortalProperty = {
  name: string;
  label: string;
  type: 'number' | 'string';
  fieldType?: string;
  groupName?: string;
  readOnlyValue?: boolean;
};

type PortalSource = { type: 'CALCULATED' | 'CRM_UI' | 'IMPORT'; id?: string; userId?: number };

/** What filling a world needs of the emulated Salesforce. */
export type OrgFiller = {
  seedUser(user: {
    email: string;
    lastName: string;
    firstName: string;
    title?: string;
    managerId?: string;
    active?: boolean;
  }): string;
  seedQueue(queue: {
    name: string;
    developerName: string;
    email?: string;
    objects: string[];
    members: string[];
  }): string;
  seed(sobject: string, fields: Record<string, unknown>, options: { at: number; by?: string }): string;
};

export type Fillers = { portal: PortalFiller; org: OrgFiller };

/** What people, visitors and HubSpot itself do in the emulated HubSpot, at the time of the clock. */
export type LivingPortal = PortalFiller & {
  touch(
    object: string,
    id: string,
    properties: Record<string, string>,
    by: { source: 'CALCULATED' | 'CRM_UI'; userId?: number },
  ): unknown;
  merge(object: string, primaryId: string, otherId: string): string;
  submitForm(submission: {
    guid: string;
    email: string;
    answers: Readonly<Record<string, string>>;
    pageUrl: string;
    pageTitle: string;
  }): string;
  forms: { define(form: { guid: string; name: string; fields: readonly string[] }, at: number): unknown };
  events: {
    define(event: {
      name: string;
      eventType: string;
      startsAt: number;
      endsAt: number;
      externalAccountId: string;
      externalEventId: string;
    }): string;
    participate(participation: { event: string; contactId: string; state: 'REGISTERED' | 'ATTENDED' }): unknown;
  };
  owners: { find(id: string, by: 'id', archived: boolean): { readonly userId: number } };
};

/** What users do on the emulated Salesforce's screen, at the time of the clock. */
export type LivingOrg = OrgFiller & {
  touch(sobject: string, id: string, fields: Record<string, unknown>, options: { by?: string }): unknown;
  convertLead(
    id: string,
    conversion: { by?: string; accountId?: string; opportunity?: Record<string, unknown> | null },
  ): { accountId: string; contactId: string; opportunityId: string | null };
  merge(sobject: string, ids: { winner: string; loser: string }, options: { by?: string }): unknown;
  records(sobject: string): readonly Record<string, unknown>[];
};

export type LivingFillers = { portal: LivingPortal; org: LivingOrg };
