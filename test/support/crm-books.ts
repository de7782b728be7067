export type Hubspot = Readonly<Record<string, string | null>>;
export type Salesforce = Readonly<Record<string, string | number | boolean | null>>;

export type HubspotRecord = { readonly id: string; readonly properties: Hubspot; readonly contacts: readonly string[] };

/** Both CRMs as an auditor reads them, who trusts neither the product's connectors nor its ledger. */
export type CrmBooks = {
  /** Every live record of an object of HubSpot's, with the ids of the contacts it is associated with where those are asked for. */
  hubspot(object: string, properties: readonly string[], associations?: 'contacts'): Promise<readonly HubspotRecord[]>;
  owners(): Promise<ReadonlyMap<string, { readonly email: string; readonly archived: boolean }>>;
  /** Every row of an object of Salesforce's that is not in the recycle bin. */
  salesforce(object: string, fields: readonly string[]): Promise<readonly Salesforce[]>;
};
