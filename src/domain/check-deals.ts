import type { ConfigFault } from '../errors/errors.ts';
import { type FieldCheck, fieldFaults, otherText } from './check-field.ts';
import { DEAL_CARRIERS, mappingFaults, schemaOf } from './check-mapping.ts';
import { pipelineFaults } from './check-pipeline.ts';
import type { DealMapping } from './people/mapping.ts';
import type { ObjectSchema, System } from './people/record.ts';

const FILE = 'mappings/deal.yaml';

type Given = { readonly deal: DealMapping; readonly schemas: readonly ObjectSchema[] };
type Sides = Readonly<Record<System, ObjectSchema | undefined>>;

/** Does deal.yaml fit the deals of this portal and the opportunities of this organisation? Without pipelines nothing is asked of them. */
export function dealFaults({ deal, schemas }: Given): readonly ConfigFault[] {
  if (deal.pipelines.length === 0) return [];
  const sides: Sides = { hubspot: schemaOf('deals', schemas), salesforce: schemaOf('Opportunity', schemas) };
  return [
    ...hiddenFaults({ deal, schemas }, sides),
    ...deal.pipelines.flatMap((pipeline) => pipelineFaults(pipeline, deal, sides)),
    ...amountFaults(deal, sides),
    ...closeDateFaults(deal, sides),
    ...reasonFaults(deal, sides),
    ...deal.fields.flatMap((mapping) => mappingFaults(mapping, DEAL_CARRIERS, schemas)),
    ...creationFaults(deal, sides),
  ];
}

/** What cannot be seen is left out elsewhere; where deals are to be written, that would be a promise nobody keeps. */
function hiddenFaults({ deal, schemas }: Given, sides: Sides): readonly ConfigFault[] {
  return (['hubspot', 'salesforce'] as const).flatMap((system) => {
    const wasAsked = schemas.some((schema) => schema.system === system);
    if (!wasAsked || sides[system] !== undefined || !isWritten(system, deal)) return [];
    const [hidden, remedy] =
      system === 'hubspot'
        ? ['HubSpot shows Tasuki no deals', 'Give its access token the scopes for deals']
        : ['Salesforce shows Tasuki no opportunities', 'Run "tasuki setup", which grants access to them'];
    return [{ at: FILE, message: `${hidden}, but they are to be written there. ${remedy}, or remove deal.yaml.` }];
  });
}

/** Is anything about deals written to this side? */
function isWritten(system: System, { create, stage, amount, closeDate, fields }: DealMapping): boolean {
  const rules = [stage, closeDate, ...(amount === null ? [] : [amount]), ...fields];
  return create[system] || rules.some(({ policy }) => policy !== system);
}

type Rule = Pick<DealMapping['closeDate'], 'policy' | 'at'>;

/** The same thing on both sides, each under its own name. */
function bothFaults(
  names: Readonly<Record<System, string>>,
  { policy, at }: Rule,
  { create }: DealMapping,
  sides: Sides,
): readonly ConfigFault[] {
  return (['hubspot', 'salesforce'] as const).flatMap((system) => {
    const written = policy !== system || create[system];
    const check: FieldCheck = { at, schema: sides[system], field: names[system], written, source: true, values: [] };
    return fieldFaults(check);
  });
}

function amountFaults(deal: DealMapping, sides: Sides): readonly ConfigFault[] {
  const { amount, currency } = deal;
  if (amount === null) return [];
  return [
    ...bothFaults({ hubspot: 'amount', salesforce: 'Amount' }, amount, deal, sides),
    ...currencyFaults(currency, 'deal_currency_code', amount.at, sides.hubspot),
    ...currencyFaults(currency, 'CurrencyIsoCode', amount.at, sides.salesforce),
  ];
}

/** An organisation with one currency has no field for it. */
function currencyFaults(
  currency: string,
  field: string,
  at: string,
  schema: ObjectSchema | undefined,
): readonly ConfigFault[] {
  const options = schema?.fields.find(({ name }) => name === field)?.options ?? [];
  const names = options.filter(({ active }) => active).map(({ value }) => value);
  if (names.length === 0 || names.includes(currency)) return [];
  const where = schema?.system === 'hubspot' ? 'HubSpot' : 'Salesforce';
  return [{ at, message: `${where} has no active currency \`${currency}\`.${otherText(currency, names)}` }];
}

function closeDateFaults(deal: DealMapping, sides: Sides): readonly ConfigFault[] {
  return bothFaults({ hubspot: 'closedate', salesforce: 'CloseDate' }, deal.closeDate, deal, sides);
}

/** Reasons are read, never written. */
function reasonFaults({ reasons }: DealMapping, sides: Sides): readonly ConfigFault[] {
  const read = { at: FILE, written: false, source: true, values: [] } as const;
  return [reasons.won, reasons.lost].flatMap((fields) =>
    fields === null
      ? []
      : [
          ...fieldFaults({ ...read, schema: sides.hubspot, field: fields.hubspot }),
          ...fieldFaults({ ...read, schema: sides.salesforce, field: fields.salesforce }),
        ],
  );
}

/** What every new opportunity is given, whatever is mapped. */
const ALWAYS_GIVEN = ['Name', 'StageName', 'CloseDate', 'AccountId', 'ContactId', 'OwnerId'];

function creationFaults({ create, fields, pipelines }: DealMapping, { salesforce }: Sides): readonly ConfigFault[] {
  if (!create.salesforce || salesforce === undefined) return [];
  const given = new Set([...ALWAYS_GIVEN, ...fields.flatMap((field) => field.salesforce.Opportunity ?? [])]);
  if (pipelines.every(({ recordType }) => recordType !== null)) given.add('RecordTypeId');
  return salesforce.fields
    .filter(({ name, requiredOnCreate }) => requiredOnCreate && !given.has(name))
    .map(({ name, label }) => ({
      at: FILE,
      message: `Salesforce makes no Opportunity without \`${name}\` (${label}). Map it under "fields", or leave out "create: salesforce".`,
    }));
}
