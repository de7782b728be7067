import type { DirectoryEntry } from '../../domain/people/record.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { queryRows } from './query.ts';
import { idOf, type Row } from './row.ts';

/**
 * Everybody who can own a Lead or a Task, and everybody who once could: leavers still own old records. Portal and partner users
 * share the object but can own neither, and there may be tens of thousands of them.
 */
export async function readDirectory(gateway: Gateway): Promise<readonly DirectoryEntry[]> {
  const users = await queryRows(
    gateway,
    'query',
    "SELECT Id, Name, Email, IsActive, ManagerId, TimeZoneSidKey, LanguageLocaleKey FROM User WHERE UserType = 'Standard' ORDER BY Id",
  );
  const queues = await queryRows(
    gateway,
    'query',
    "SELECT Id, Name, DeveloperName, Email FROM Group WHERE Type = 'Queue' ORDER BY Id",
  );
  return [...users.map(toUser), ...queues.map(toQueue)];
}

function toUser(row: Row): DirectoryEntry {
  const { ManagerId: manager, TimeZoneSidKey: timeZone, LanguageLocaleKey: language } = row;
  return {
    ...shared(row, row['Name']),
    kind: 'user',
    active: row['IsActive'] === true,
    ...(typeof manager === 'string' ? { managerId: to18(manager) } : {}),
    ...(typeof timeZone === 'string' ? { timeZone } : {}),
    ...(typeof language === 'string' ? { language } : {}),
  };
}

function toQueue(row: Row): DirectoryEntry {
  const apiName = row['DeveloperName'];
  return {
    ...shared(row, row['Name']),
    kind: 'queue',
    active: true,
    ...(typeof apiName === 'string' ? { apiName } : {}),
  };
}

function shared(row: Row, name: unknown): Pick<DirectoryEntry, 'system' | 'id' | 'name' | 'email'> {
  const email = row['Email'];
  return {
    system: 'salesforce',
    id: idOf(row),
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' && email !== '' ? email.toLowerCase() : null,
  };
}
