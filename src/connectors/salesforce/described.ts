import { CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';

/** What Salesforce says of one field, as far as we use it. */
export type DescribedField = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly length: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly unique?: boolean;
  readonly externalId?: boolean;
  /** Formulas, and roll-ups too. */
  readonly calculated?: boolean;
  /** By which a parent is named in a query (`Campaign` for `CampaignId`), and the objects it may be. */
  readonly relationshipName?: string | null;
  readonly referenceTo?: readonly string[];
  readonly restrictedPicklist?: boolean;
  readonly picklistValues?: readonly {
    readonly value: string;
    readonly label: string | null;
    readonly active: boolean;
  }[];
};

/** A record type of this object, as this user may use it. */
export type RecordType = {
  readonly recordTypeId: string;
  readonly developerName: string;
  /** This user may give it to a record. */
  readonly available: boolean;
  /** The one that stands for "none". */
  readonly master: boolean;
};

type RawDescribe = {
  readonly queryable?: boolean;
  readonly fields: readonly DescribedField[];
  readonly recordTypeInfos?: readonly RecordType[] | null;
  readonly childRelationships?: readonly { readonly relationshipName?: string | null }[];
};

/** One object as this user may see it. */
export type Described = {
  readonly fields: ReadonlyMap<string, DescribedField>;
  readonly recordTypes: readonly RecordType[];
  /** Names by which rows of other objects hang on it. */
  readonly children: ReadonlySet<string>;
};

/** Compound fields are not single values; their parts are fields of their own. */
const COMPOUND: ReadonlySet<string> = new Set(['address', 'location', 'base64', 'complexvalue']);
/** What Salesforce answers about an object that this user may not see, or that the org does not have. */
const INVISIBLE: ReadonlySet<string> = new Set(['NOT_FOUND', 'INVALID_TYPE']);

/** Describes one object; `null` when this user may not see such records. */
export async function readDescribe(gateway: Gateway, object: string): Promise<Described | null> {
  const raw = await gateway
    .read('describe', (connection) => connection.requestGet<RawDescribe>(`/sobjects/${object}/describe`))
    .catch((failure: unknown) => {
      if (failure instanceof CallRefused && INVISIBLE.has(failure.reason)) return null;
      throw failure;
    });
  if (raw === null || raw.queryable === false) return null;
  return {
    fields: new Map(raw.fields.filter(({ type }) => !COMPOUND.has(type)).map((field) => [field.name, field])),
    recordTypes: raw.recordTypeInfos ?? [],
    children: new Set((raw.childRelationships ?? []).flatMap(({ relationshipName }) => relationshipName ?? [])),
  };
}
