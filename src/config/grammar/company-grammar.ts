import type * as z from 'zod';
import { recordField } from './field-grammar.ts';
import { block, choice, list } from './leaves.ts';

/** mappings/company.yaml. */
export const companyFile = block({
  company: block(
    {
      hubspot: choice(['companies']),
      salesforce: choice(['Account']),
      match: list(choice(['link', 'key', 'domain', 'name']), 'link, key, domain, name'),
      create: block(
        {
          hubspot: block({
            when: choice(['person-known']).describe('person-known: その取引先の誰かが HubSpot にいるとき'),
          }).optional(),
        },
        ['salesforce'],
      ).optional(),
      fields: list(recordField, 'fields').optional(),
    },
    ['scope'],
  ),
});
export type CompanyFile = z.infer<typeof companyFile>;
