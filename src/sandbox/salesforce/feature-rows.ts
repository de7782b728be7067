import { COMPANY_CURRENCY, CURRENCIES, FEATURE_FIELDS } from './schema/features.ts';
import type { Row } from './schema/field.ts';
import { PERSON_TYPE } from './schema/record-types.ts';
import type { Feature } from './schema/sobject.ts';
import type { Tables } from './store/tables.ts';

/** What a feature brings along besides fields: rows of its own, and a value in the records that are there already. */
export function plantFeature(tables: Tables, feature: Feature, now: number): void {
  if (feature === 'personAccounts') plantPersonType(tables, now);
  else plantCurrencies(tables, now);
}

function plantPersonType(tables: Tables, now: number): void {
  const { object, developerName, name } = PERSON_TYPE;
  const type = { SobjectType: object, DeveloperName: developerName, Name: name, IsActive: true, IsPersonType: true };
  put(tables, 'RecordType', { ...type, CreatedDate: now, LastModifiedDate: now, SystemModstamp: now });
}

function plantCurrencies(tables: Tables, now: number): void {
  const stamps = { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now };
  for (const { code, decimals, rate } of CURRENCIES) {
    const currency = { IsoCode: code, ConversionRate: rate, DecimalPlaces: decimals, IsActive: true };
    put(tables, 'CurrencyType', { ...stamps, ...currency, IsCorporate: code === COMPANY_CURRENCY });
  }
  for (const [name, { name: column }] of FEATURE_FIELDS.multiCurrency()) {
    const table = tables.get(name);
    for (const row of table.values()) table.put({ ...row, [column]: COMPANY_CURRENCY });
  }
}

function put(tables: Tables, name: string, row: Row): void {
  const table = tables.get(name);
  table.put({ ...row, Id: tables.mint.mint(table.object.traits.prefix) });
}
