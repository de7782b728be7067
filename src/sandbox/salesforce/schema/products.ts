import { audit, derived, field, flag, longText, lookup, number, text } from './field.ts';
import { SObject } from './sobject.ts';

const BIN = { replicateable: true, undeletable: true } as const;
const fixedAfterCreate = { required: true, updateable: false } as const;

/** Products as thin as an opportunity's amount needs them: a price in a book, and lines that add up. */
export function productObjects(): SObject[] {
  return [
    new SObject('Product2', { label: '商品', prefix: '01t', ...BIN }, [
      ...audit(),
      text('Name', '商品名', 255, { required: true, nameField: true }),
      text('ProductCode', '商品コード', 255),
      text('Family', '商品ファミリ', 255),
      longText('Description', '商品説明'),
      flag('IsActive', '有効'),
    ]),
    new SObject('Pricebook2', { label: '価格表', prefix: '01s', ...BIN }, [
      ...audit(),
      text('Name', '価格表名', 255, { required: true, nameField: true }),
      flag('IsActive', '有効'),
      derived(flag('IsStandard', '標準')),
    ]),
    new SObject('PricebookEntry', { label: '価格表エントリ', prefix: '01u', ...BIN }, [
      ...audit(),
      derived(text('Name', '商品名', 255, { nameField: true })),
      lookup('Pricebook2Id', '価格表 ID', ['Pricebook2'], fixedAfterCreate),
      lookup('Product2Id', '商品 ID', ['Product2'], fixedAfterCreate),
      { ...number('UnitPrice', 'リスト価格', 'currency', 16), required: true },
      flag('IsActive', '有効'),
    ]),
    new SObject('OpportunityLineItem', { label: '商談商品', prefix: '00k', ...BIN }, [
      ...audit(),
      derived(text('Name', '商談商品名', 376, { nameField: true })),
      lookup('OpportunityId', '商談 ID', ['Opportunity'], fixedAfterCreate),
      lookup('PricebookEntryId', '価格表エントリ ID', ['PricebookEntry'], fixedAfterCreate),
      derived(lookup('Product2Id', '商品 ID', ['Product2'])),
      { ...number('Quantity', '数量', 'double', 10), required: true },
      number('UnitPrice', '販売価格', 'currency', 16),
      number('TotalPrice', '合計金額', 'currency', 16),
      derived(number('ListPrice', 'リスト価格', 'currency', 16)),
      field('Discount', '割引', 'percent', { precision: 5, scale: 2 }),
      field('ServiceDate', '日付', 'date'),
      text('Description', '品目名', 255),
    ]),
  ];
}
