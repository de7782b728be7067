/** What filling a world needs of the emulated HubSpot. Values are texts, as HubSpot keeps them. */
export type PortalFiller = {
  defineProperty(definition: PortalProperty): unknown;
  seedOwner(owner: { email: string; firstName: string; lastName: string; active?: boolean }): string;
  archiveOwner(id: string): void;
  seed(object: string, properties: Record<string, string>, at: number): string;
};

type PortalProperty = {
  name: string;
  label: string;
  type: 'number' | 'string';
  fieldType?: string;
  groupName?: string;
  readOnlyValue?: boolean;
};

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
