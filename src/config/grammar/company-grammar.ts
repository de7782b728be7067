import type * as z from 'zod';
import { conflictDefault, recordField } from './field-grammar.ts';
import { block, choice, list } from './leaves.ts';

/** mappings/company.yaml. */
export const companyFile = block({
  company: block(
    {
      hubspot: choice(['companies']),
      salesforce: choice(['Account']),
      match: list(choice(['link', 'key', 'native-link', 'domain', 'name']), 'link, key, native-link, domain, name'),
      create: block(
        {
          hubspot: block({
            when: choice(['person-known']).describe('person-known: その取引先の誰かが HubSpot にいるとき'),
          }).optional(),
        },
        ['salesforce'],
      ).optional(),
      'conflict-default': conflictDefault,
      fields: list(recordField, 'fields').optional(),
    },
    ['scope'],
  ),
});
export type CompanyFile = z.infer<typeof companyFile>;
