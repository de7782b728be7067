import { DEFAULT_OWNER_USERNAME } from './dml/assignment.ts';
import { stamps } from './dml/defaults.ts';
import { FORECAST_API } from './dml/opportunity.ts';
import type { OrgOptions } from './org.ts';
import type { Row } from './schema/field.ts';
import * as lists from './schema/picklists.ts';
import { RECORD_TYPES } from './schema/record-types.ts';
import type { OrgState } from './state.ts';

export type UserSeed = {
  email: string;
  lastName: string;
  firstName: string;
  title?: string;
  managerId?: string;
  active?: boolean;
  username?: string;
};
export type QueueSeed = {
  name: string;
  developerName: string;
  email?: string;
  objects: readonly string[];
  members: readonly string[];
};
export type Planted = {
  administratorId: string;
  integrationUserId: string;
  defaultOwnerId: string;
  standardProfileId: string;
  profilePermissionsId: string;
};

/** What every org has before anybody has worked in it. */
export function plantOrg(state: OrgState, options: OrgOptions): Planted {
  const standardProfileId = plant(state, 'Profile', { Name: '標準ユーザ', UserType: 'Standard' });
  const administratorProfileId = plant(state, 'Profile', { Name: 'システム管理者', UserType: 'Standard' });
  const person = (username: string, lastName: string, firstName: string, profileId: string): string =>
    plantUser(state, { email: username, username, lastName, firstName, profileId });
  const administratorId = person('admin@example.co.jp', '管理者', 'システム', administratorProfileId);
  const integrationUserId = person(options.integrationUsername, '連携', 'Tasuki', standardProfileId);
  const defaultOwnerId = person(DEFAULT_OWNER_USERNAME, '既定の所有者', '', standardProfileId);
  plantOrganization(state, options);
  plantLists(state);
  plantSales(state);
  const profilePermissionsId = plant(state, 'PermissionSet', {
    Name: 'X00standard',
    Label: '標準ユーザ',
    IsOwnedByProfile: true,
    ProfileId: standardProfileId,
  });
  plant(state, 'PermissionSetAssignment', { AssigneeId: integrationUserId, PermissionSetId: profilePermissionsId });
  return { administratorId, integrationUserId, defaultOwnerId, standardProfileId, profilePermissionsId };
}

export function plantUser(state: OrgState, user: UserSeed & { profileId: string }): string {
  const { email, lastName, firstName, title, managerId, active = true, username = email, profileId } = user;
  const [local = ''] = username.split('@');
  return plant(state, 'User', {
    Username: username,
    Email: email,
    LastName: lastName,
    ...(firstName === '' ? {} : { FirstName: firstName }),
    Name: [lastName, firstName].filter((part) => part !== '').join(' '),
    ...(title === undefined ? {} : { Title: title }),
    ...(managerId === undefined ? {} : { ManagerId: managerId }),
    Alias: local.slice(0, 8),
    IsActive: active,
    UserType: 'Standard',
    ProfileId: profileId,
    TimeZoneSidKey: 'Asia/Tokyo',
    LocaleSidKey: 'ja_JP',
    LanguageLocaleKey: 'ja',
    EmailEncodingKey: 'UTF-8',
  });
}

export function plantQueue(state: OrgState, queue: QueueSeed, by: string): string {
  const { name, developerName, email, objects, members } = queue;
  const id = plant(state, 'Group', {
    Name: name,
    DeveloperName: developerName,
    Type: 'Queue',
    DoesSendEmailToMembers: false,
    DoesIncludeBosses: false,
    ...(email === undefined ? {} : { Email: email }),
  });
  for (const object of objects) plant(state, 'QueueSobject', { QueueId: id, SobjectType: object, CreatedById: by });
  for (const member of members) plant(state, 'GroupMember', { GroupId: id, UserOrGroupId: member });
  return id;
}

function plantOrganization(state: OrgState, options: OrgOptions): void {
  const table = state.tables.get('Organization');
  table.put({
    ...stamps(table.object, state.now(), ''),
    Id: options.organizationId,
    Name: options.organizationName,
    Country: 'JP',
    DefaultLocaleSidKey: 'ja_JP',
    TimeZoneSidKey: 'Asia/Tokyo',
    LanguageLocaleKey: 'ja',
    OrganizationType: 'Enterprise Edition',
    InstanceName: 'JPN1',
    IsSandbox: false,
    FiscalYearStartMonth: 4,
  });
}

function plantLists(state: OrgState): void {
  plantList(state, 'LeadStatus', lists.LEAD_STATUSES, (value) => ({
    IsDefault: value === lists.LEAD_STATUS_DEFAULT,
    IsConverted: value === lists.LEAD_STATUS_CONVERTED,
  }));
  plantList(state, 'TaskStatus', lists.TASK_STATUSES, (value) => ({
    IsDefault: value === lists.TASK_STATUS_DEFAULT,
    IsClosed: value === lists.TASK_STATUS_CLOSED,
  }));
  plantList(state, 'TaskPriority', lists.TASK_PRIORITIES, (value) => ({
    IsDefault: value === lists.TASK_PRIORITY_DEFAULT,
    IsHighPriority: value === lists.TASK_PRIORITY_HIGH,
  }));
}

function plantSales(state: OrgState): void {
  for (const { object, developerName, name } of RECORD_TYPES) {
    plant(state, 'RecordType', { SobjectType: object, DeveloperName: developerName, Name: name, IsActive: true });
  }
  plant(state, 'Pricebook2', { Name: '標準価格表', IsActive: true, IsStandard: true });
  for (const [index, { name, probability, forecast, closed = false, won = false }] of lists.STAGES.entries()) {
    plant(state, 'OpportunityStage', {
      MasterLabel: name,
      ApiName: name,
      IsActive: true,
      SortOrder: index + 1,
      IsClosed: closed,
      IsWon: won,
      DefaultProbability: probability,
      ForecastCategoryName: forecast,
      ForecastCategory: FORECAST_API[forecast] ?? null,
    });
  }
}

function plantList(state: OrgState, object: string, values: readonly string[], traits: (value: string) => Row): void {
  for (const [index, value] of values.entries()) {
    plant(state, object, { MasterLabel: value, ApiName: value, SortOrder: index + 1, ...traits(value) });
  }
}

function plant(state: OrgState, object: string, cells: Row): string {
  const table = state.tables.get(object);
  const id = state.tables.mint.mint(table.object.traits.prefix);
  table.put({ ...stamps(table.object, state.now(), ''), ...cells, Id: id });
  return id;
}
