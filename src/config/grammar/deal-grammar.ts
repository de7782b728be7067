import type * as z from 'zod';
import { amountPolicy, clears, conflictDefault, recordField, settlement } from './field-grammar.ts';
import { block, choice, list, named, words } from './leaves.ts';

const oneWayOrTwo = choice(['two-way', 'hubspot', 'salesforce']).describe(
  'two-way: 双方向 / hubspot, salesforce: その側が正',
);

const pipeline = block({
  hubspot: words("a HubSpot pipeline's id or label, such as default"),
  'record-type': words("a Salesforce record type's developer name, such as New_Business")
    .optional()
    .describe('レコードタイプの開発者名。なければ、すべてのレコードタイプ'),
  stages: named(
    words("a Salesforce stage, as the opportunity's StageName has it"),
    'a block: HubSpot stage (id or label), then Salesforce stage',
  ),
});

const reason = block({
  hubspot: words('a HubSpot property, such as closed_lost_reason'),
  salesforce: words('a Salesforce field, such as Loss_Reason__c'),
});

/** mappings/deal.yaml. */
export const dealFile = block({
  deal: block(
    {
      hubspot: choice(['deals']),
      salesforce: choice(['Opportunity']),
      match: list(choice(['link', 'key', 'native-link']), 'link, key, native-link'),
      pipelines: list(pipeline, 'pipelines').min(1, { error: 'must have one pipeline at least.' }),
      stage: block({ policy: oneWayOrTwo, ...settlement }),
      amount: block({
        policy: amountPolicy,
        ...settlement,
        clears,
        currency: words('a currency, such as JPY').regex(/^[A-Z]{3}$/u, {
          error: 'must be a currency in three capital letters (ISO 4217), such as JPY.',
        }),
      }).optional(),
      'close-date': block({ policy: oneWayOrTwo, ...settlement }),
      create: block({
        salesforce: block({
          when: choice(['any']).describe('any: 対応づけたパイプラインの取引すべて(相手が取引先責任者になりしだい)'),
        }).optional(),
        hubspot: block({
          when: choice(['any']).describe('any: HubSpot にいる人が関わる商談すべて'),
        }).optional(),
      }).optional(),
      reasons: block({ won: reason.optional(), lost: reason.optional() }).optional(),
      'conflict-default': conflictDefault,
      fields: list(recordField, 'fields').optional(),
    },
    ['scope'],
  ),
});
export type DealFile = z.infer<typeof dealFile>;
