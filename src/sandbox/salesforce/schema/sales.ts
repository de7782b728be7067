import { audit, derived, type Field, field, flag, longText, lookup, number, pick, recordType, text } from './field.ts';
import { CONTACT_ROLES, FORECAST_CATEGORIES, LEAD_SOURCES, OPPORTUNITY_TYPES, STAGES } from './picklists.ts';
import { SObject } from './sobject.ts';

/** The sale itself and who takes part in it on the customer's side. */
export function salesObjects(): SObject[] {
  return [opportunityObject(), contactRoleObject(), stageObject()];
}

/** The list offers the stages, but the API takes any text: a stage that is in no list is open and has no probability. */
const stageName = (): Field =>
  pick(
    'StageName',
    'フェーズ',
    STAGES.map(({ name }) => name),
    { required: true, restricted: false },
  );

function opportunityObject(): SObject {
  return new SObject('Opportunity', { label: '商談', prefix: '006', replicateable: true, undeletable: true }, [
    ...audit(),
    text('Name', '商談名', 120, { required: true, nameField: true }),
    lookup('AccountId', '取引先 ID', ['Account']),
    lookup('ContactId', '取引先責任者 ID', ['Contact'], { updateable: false }),
    lookup('OwnerId', '所有者 ID', ['User'], { required: true, defaulted: true }),
    lookup('CampaignId', 'キャンペーン ID', ['Campaign']),
    lookup('Pricebook2Id', '価格表 ID', ['Pricebook2']),
    recordType(),
    stageName(),
    field('CloseDate', '完了予定日', 'date', { required: true }),
    number('Amount', '金額', 'currency', 16),
    derived(number('ExpectedRevenue', '期待収益', 'currency', 16)),
    derived(number('TotalOpportunityQuantity', '数量', 'double', 16)),
    field('Probability', '確度 (%)', 'percent', { precision: 3, defaulted: true }),
    derived(pick('ForecastCategory', '売上予測分類', ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'])),
    pick('ForecastCategoryName', '売上予測分類', FORECAST_CATEGORIES, { defaulted: true }),
    derived(flag('IsClosed', '完了')),
    derived(flag('IsWon', '成立')),
    derived(flag('HasOpportunityLineItem', '品目あり')),
    flag('IsPrivate', '非公開'),
    pick('Type', '商談種別', OPPORTUNITY_TYPES, { restricted: false }),
    pick('LeadSource', 'リードソース', LEAD_SOURCES),
    text('NextStep', '次のステップ', 255),
    longText('Description', '説明'),
    derived(field('LastStageChangeDate', '最終フェーズ変更日', 'datetime')),
    derived(number('PushCount', '延期回数', 'int', 9)),
    derived(field('LastActivityDate', '最終活動日', 'date')),
  ]);
}

function contactRoleObject(): SObject {
  const traits = { label: '商談の取引先責任者の役割', prefix: '00K', replicateable: true, leavesNoTrace: true };
  return new SObject('OpportunityContactRole', traits, [
    ...audit(),
    lookup('OpportunityId', '商談 ID', ['Opportunity'], { required: true, updateable: false }),
    lookup('ContactId', '取引先責任者 ID', ['Contact'], { required: true }),
    pick('Role', '役割', CONTACT_ROLES, { restricted: false }),
    flag('IsPrimary', '主担当'),
  ]);
}

function stageObject(): SObject {
  const readOnly = { createable: false, updateable: false, deletable: false } as const;
  return new SObject('OpportunityStage', { label: '商談フェーズの値', prefix: '01J', ...readOnly }, [
    ...audit(false),
    text('MasterLabel', '表示ラベル', 255),
    text('ApiName', 'API 参照名', 255),
    flag('IsActive', '有効'),
    field('SortOrder', '並び順', 'int'),
    flag('IsClosed', '完了'),
    flag('IsWon', '成立'),
    field('DefaultProbability', '確度 (%)', 'percent', { precision: 3 }),
    text('ForecastCategoryName', '売上予測分類', 255),
    text('ForecastCategory', '売上予測分類', 40),
    text('Description', '説明', 255),
  ]);
}
