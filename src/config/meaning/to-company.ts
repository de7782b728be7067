import type { CompanyMapping } from '../../domain/people/mapping.ts';
import type { CompanyFile } from '../grammar/company-grammar.ts';
import type { Complaints } from './complain.ts';
import { complainOfOrder } from './match-order.ts';
import { toConflictDefault } from './settled.ts';
import { type Reserved, toFields } from './to-field.ts';

const MATCH_ORDER = ['link', 'key', 'native-link', 'domain', 'name'];

const RESERVED: Reserved = [
  [/^(IsPersonAccount|PersonContactId|MasterRecordId)$/u, 'is set by the system'],
  [/^(ParentId|hs_parent_company_id)$/u, 'points at another company, whose id is another one in the other system'],
];

/** Without company.yaml, as in folders of the version before: companies are matched and read, and nothing is written to them. */
export const NO_COMPANY_FIELDS: CompanyMapping = { fields: [], createInHubSpot: false };

/** How companies are told apart, and which of their fields travel. */
export function toCompany({ company }: CompanyFile, complaints: Complaints): CompanyMapping {
  complainOfOrder(company.match, MATCH_ORDER, ['company', 'match'], complaints);
  const fields = toFields(company.fields ?? [], {
    path: ['company', 'fields'],
    objects: ['Account'],
    late: toConflictDefault(company['conflict-default']),
    reserved: RESERVED,
    complaints,
  });
  fields.forEach(({ salesforce, policy }, index) => {
    if (salesforce.Account !== 'Name' || policy === 'salesforce' || policy === 'fill-blank') return;
    complaints.about(
      ['company', 'fields', index, 'policy'],
      `The name of an account is decided by people in Salesforce: contracts and invoices bear it. Write policy: salesforce or fill-blank, not ${policy}.`,
    );
  });
  return { fields, createInHubSpot: company.create?.hubspot !== undefined };
}
