import type { NewProperty, PropertyType } from './definition.ts';

type Labels = Readonly<Record<string, string>>;

/** Properties that anybody may write, by name and label. */
export function writable(group: string, type: PropertyType, names: Labels): NewProperty[] {
  return Object.entries(names).map(([name, label]) => ({ name, label, type, groupName: group, formField: true }));
}

/** Properties that HubSpot alone fills. */
export function readOnly(group: string, type: PropertyType, names: Labels): NewProperty[] {
  return Object.entries(names).map(([name, label]) => ({ name, label, type, groupName: group, readOnlyValue: true }));
}

/** Long texts, shown in a large field. */
export function longText(group: string, names: Labels): NewProperty[] {
  return writable(group, 'string', names).map((text) => ({ ...text, fieldType: 'textarea' }));
}

/** What HubSpot ships with cannot be redefined by the account. */
export function shipped(properties: readonly NewProperty[]): NewProperty[] {
  return properties.map((property) => ({ ...property, hubspotDefined: true }));
}

/** The stamps of a stage in a pipeline, for lifecycles and deals alike. */
export function stageDates(group: string, stage: string, label: string): NewProperty[] {
  return readOnly(group, 'datetime', {
    [`hs_v2_date_entered_${stage}`]: `「${label}」に入った日時`,
    [`hs_v2_date_exited_${stage}`]: `「${label}」から出た日時`,
  }).map((stamp) => ({ ...stamp, hubspotDefined: true, hidden: true }));
}

/** What every object other than the contact has; a contact defines its own, with its own labels. */
export function commonProperties(group: string): NewProperty[] {
  return [
    {
      name: 'hubspot_owner_id',
      label: '担当者',
      type: 'enumeration',
      groupName: group,
      externalOptions: true,
      referencedObjectType: 'OWNER',
    },
    {
      name: 'hs_merged_object_ids',
      label: 'マージされたレコードID',
      type: 'enumeration',
      fieldType: 'checkbox',
      groupName: group,
      externalOptions: true,
      hidden: true,
      readOnlyValue: true,
    },
    ...readOnly(group, 'number', { hs_object_id: 'レコードID', ...USER_IDS }),
    ...readOnly(group, 'datetime', {
      hs_createdate: 'オブジェクト作成日時',
      hs_lastmodifieddate: 'オブジェクト最終更新日時',
      hubspot_owner_assigneddate: '担当者割り当て日時',
    }),
    ...readOnly(group, 'string', {
      hs_object_source: 'レコードソース',
      hs_object_source_id: 'レコードソースID',
      hs_object_source_label: 'レコードソースの詳細',
      hs_object_source_detail_1: 'レコードソース詳細1',
      hubspot_team_id: 'HubSpotチーム',
      hs_all_owner_ids: 'すべての担当者ID',
    }),
  ];
}

/** Who made a record, where it was a person. */
export const USER_IDS: Labels = { hs_created_by_user_id: '作成したユーザーID' };
