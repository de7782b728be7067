import { audit, derived, field, flag, longText, lookup, number, pick, text } from './field.ts';
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from './picklists.ts';
import { SObject } from './sobject.ts';

const BIN = { replicateable: true, undeletable: true } as const;
const fixedAfterCreate = { updateable: false } as const;

/** Campaigns and who took part in them. */
export function campaignObjects(): SObject[] {
  return [
    new SObject('Campaign', { label: 'キャンペーン', prefix: '701', ...BIN }, [
      ...audit(),
      text('Name', 'キャンペーン名', 80, { required: true, nameField: true }),
      lookup('ParentId', '親キャンペーン ID', ['Campaign']),
      pick('Type', '種別', CAMPAIGN_TYPES, { restricted: false }),
      pick('Status', '状況', CAMPAIGN_STATUSES, { restricted: false }),
      field('StartDate', '開始日', 'date'),
      field('EndDate', '終了日', 'date'),
      flag('IsActive', '有効'),
      longText('Description', '説明'),
      number('BudgetedCost', '予算', 'currency', 16),
      number('ActualCost', '実際の費用', 'currency', 16),
      lookup('OwnerId', '所有者 ID', ['User'], { required: true, defaulted: true }),
      derived(field('LastActivityDate', '最終活動日', 'date')),
    ]),
    new SObject('CampaignMember', { label: 'キャンペーンメンバー', prefix: '00v', replicateable: true }, [
      ...audit(),
      lookup('CampaignId', 'キャンペーン ID', ['Campaign'], { ...fixedAfterCreate, required: true }),
      lookup('LeadId', 'リード ID', ['Lead'], fixedAfterCreate),
      lookup('ContactId', '取引先責任者 ID', ['Contact'], fixedAfterCreate),
      pick('Status', '状況', [], { restricted: false, defaulted: true }),
      derived(flag('HasResponded', 'レスポンスあり')),
      derived(field('FirstRespondedDate', '最初のレスポンス日', 'date')),
      derived(pick('Type', '種別', ['Lead', 'Contact'], { length: 40 })),
      derived(lookup('LeadOrContactId', '関連レコード ID', ['Contact', 'Lead'])),
    ]),
    new SObject('CampaignMemberStatus', { label: 'キャンペーンメンバーの状況', prefix: '01Y', replicateable: true }, [
      ...audit(),
      lookup('CampaignId', 'キャンペーン ID', ['Campaign'], { ...fixedAfterCreate, required: true }),
      text('Label', '表示ラベル', 765, { required: true }),
      flag('IsDefault', '既定'),
      flag('HasResponded', 'レスポンスあり'),
      number('SortOrder', '並び順', 'int', 8),
    ]),
  ];
}
