import { type Field, field, flag, lookup, number, pick, text } from './field.ts';
import { SObject } from './sobject.ts';

const FIXED = { createable: false, updateable: false } as const;
const TRAITS = { ...FIXED, deletable: false } as const;

/** What was changed, when and by whom. Rows are written by the platform and carry no SystemModstamp: read by CreatedDate. */
export function historyObjects(): SObject[] {
  return [
    fieldHistory('LeadHistory', 'リード履歴', 'Lead', 'LeadId'),
    fieldHistory('ContactHistory', '取引先責任者履歴', 'Contact', 'ContactId'),
    fieldHistory('OpportunityFieldHistory', '商談項目履歴', 'Opportunity', 'OpportunityId'),
    stageHistory(),
  ];
}

const created = (): Field[] => [
  field('Id', 'ID', 'id', { ...FIXED, length: 18 }),
  flag('IsDeleted', '削除', FIXED),
  lookup('CreatedById', '作成者 ID', ['User'], FIXED),
  field('CreatedDate', '作成日', 'datetime', FIXED),
];

function fieldHistory(name: string, label: string, parent: string, column: string): SObject {
  return new SObject(name, { label, prefix: '017', ...TRAITS }, [
    ...created(),
    lookup(column, `${label}の親 ID`, [parent], FIXED),
    text('Field', '変更された項目', 255, FIXED),
    text('DataType', 'データ型', 40, FIXED),
    field('OldValue', '変更前', 'anytype', { ...FIXED, filterable: false }),
    field('NewValue', '変更後', 'anytype', { ...FIXED, filterable: false }),
  ]);
}

/** A picture of the opportunity each time that its stage, amount, date or chance changes. */
function stageHistory(): SObject {
  return new SObject('OpportunityHistory', { label: '商談履歴', prefix: '008', ...TRAITS }, [
    ...created(),
    lookup('OpportunityId', '商談 ID', ['Opportunity'], FIXED),
    pick('StageName', 'フェーズ', [], { ...FIXED, restricted: false }),
    number('Amount', '金額', 'currency', 16),
    number('ExpectedRevenue', '期待収益', 'currency', 16),
    field('CloseDate', '完了予定日', 'date', FIXED),
    field('Probability', '確度 (%)', 'percent', { ...FIXED, precision: 3 }),
    text('ForecastCategory', '売上予測分類', 40, FIXED),
    number('PrevAmount', '変更前の金額', 'currency', 16),
    field('PrevCloseDate', '変更前の完了予定日', 'date', FIXED),
    field('SystemModstamp', 'システム更新日時', 'datetime', FIXED),
  ]);
}
