type ChangeSource = 'CALCULATED' | 'CRM_UI' | 'INTEGRATION';

/** What the control API needs of the emulated HubSpot. */
export type PortalDoor = {
  switches: object;
  touch(
    object: string,
    id: string,
    properties: Record<string, string>,
    by: { source: ChangeSource; userId?: number },
  ): unknown;
  records(object: string): readonly unknown[];
};

/** What the control API needs of the emulated Salesforce. */
export type OrgDoor = {
  switches: object;
  seed(sobject: string, fields: Record<string, unknown>, options: { at: number; by?: string }): string;
  touch(sobject: string, id: string, fields: Record<string, unknown>, options: { by?: string }): unknown;
  remove(sobject: string, id: string, options: { by?: string }): unknown;
  userByName(username: string): string | undefined;
  records(sobject: string): readonly unknown[];
};
