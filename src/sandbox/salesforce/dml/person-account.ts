import { notEmulated, RowFault } from '../failure.ts';
import { PERSON_COLUMNS } from '../schema/features.ts';
import type { Row } from '../schema/field.ts';
import type { OrgState } from '../state.ts';
import { missing } from './derive.ts';
import { mirror } from './rewrite.ts';
import type { Rule, Saving } from './saving.ts';

const STAMPS = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];

/** An Account that is a person is two records with one face: saving either writes and stamps both. */
export const accountRule: Rule = { prepare: named, after: writeContact };
export const personContactRule: Rule = { prepare: keptByItsAccount, after: writeAccount };

function named({ state, row, before, changed }: Saving): Row {
  if (!state.switches.personAccounts) return row;
  const isPerson = state.tables.row(row['RecordTypeId'] as string | undefined)?.['IsPersonType'] === true;
  if (before !== undefined && (before['IsPersonAccount'] === true) !== isPerson) {
    throw notEmulated('turning a company into a person or back', 'src/sandbox/salesforce/dml/person-account.ts');
  }
  const foreign = changed.filter(
    (name) => (isPerson ? name === 'Name' : isPersonColumn(name)) && isSet(row, before, name),
  );
  if (foreign.length > 0) {
    const message = `Account: bad field names on insert/update call: ${foreign.join(', ')}`;
    throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', message, foreign);
  }
  if (!isPerson) return { ...row, IsPersonAccount: false };
  if ((row['LastName'] ?? null) === null) throw missing(['LastName']);
  return { ...row, IsPersonAccount: true, Name: fullName(row) };
}

function isPersonColumn(name: string): boolean {
  return name.startsWith('Person') || name === 'LastName' || name === 'FirstName' || name === 'Salutation';
}

/** Unticked flags come from the defaults of a create, not from the caller. */
function isSet(row: Row, before: Row | undefined, name: string): boolean {
  const value = row[name] ?? null;
  return value !== (before?.[name] ?? null) && value !== false && value !== null;
}

function fullName(row: Row): string {
  return [row['LastName'], row['FirstName']].filter((part) => typeof part === 'string').join(' ');
}

function writeContact({ state, row, create }: Saving): void {
  if (row['IsPersonAccount'] !== true) return;
  const known = row['PersonContactId'];
  const pairs = Object.entries(PERSON_COLUMNS);
  const contact = Object.fromEntries(pairs.map(([column, same]) => [same, row[column] ?? null]));
  const id = typeof known === 'string' ? known : create('Contact', { ...contact, AccountId: row['Id'] });
  mirror(state, row['Id'] as string, { PersonContactId: id });
  const name = { Name: row['Name'] ?? null, IsPersonAccount: true };
  mirror(state, id, { ...contact, ...name, ...stampsOf(row) });
}

/** The contact of a person stays with its account. */
function keptByItsAccount({ state, row, before, changed }: Saving): Row {
  if (!state.switches.personAccounts) return row;
  if (before?.['IsPersonAccount'] === true && changed.includes('AccountId')) {
    throw new RowFault('INVALID_FIELD_FOR_INSERT_UPDATE', 'Contact: bad field names on insert/update call: AccountId', [
      'AccountId',
    ]);
  }
  return { ...row, IsPersonAccount: before?.['IsPersonAccount'] ?? false };
}

function writeAccount({ state, row, before }: Saving): void {
  if (before?.['IsPersonAccount'] !== true) return;
  const pairs = Object.entries(PERSON_COLUMNS);
  const account = Object.fromEntries(pairs.map(([column, same]) => [column, row[same] ?? null]));
  mirror(state, row['AccountId'] as string, { ...account, Name: row['Name'] ?? null, ...stampsOf(row) });
}

function stampsOf(row: Row): Row {
  return Object.fromEntries(STAMPS.map((name) => [name, row[name] ?? null]));
}

/** The person goes with the account or not at all. */
export function refusePersonContact(state: OrgState, object: string, row: Row): void {
  if (object !== 'Contact' || row['IsPersonAccount'] !== true || !state.switches.personAccounts) return;
  throw new RowFault('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
