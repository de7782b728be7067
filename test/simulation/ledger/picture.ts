import { canonicalJson } from './order.ts';

/**
 * The columns that a picture of a ledger shows, by table, in the words of `src/ledger/migrations`. Numbers that only order rows are in
 * the order of the rows; a test holds that every other column of the database is here, or in `LEFT_OUT`.
 */
export const COLUMNS = {
  entity: words('id kind created_at dirty_version planned_version merged_into wake_at judged_under'),
  link: words('system object record_id entity role since until evidence'),
  rival: words('entity system object record_id'),
  sighting: words(`
    system object record_id values facts email domain company_name entity_key aliases created_at
    modified_at seen_at deleted merged_into moved_by version match_due`),
  tie: words('system source_object source_id from_object from_id to_object to_id kind is_primary'),
  base: words('entity field hubspot salesforce canonical since provisional'),
  activity: words(`
    system object source_id kind happened_at logged_at about_system about_object about_id about_email
    done_by direction what counts_as_contact our_task closed deleted disowns`),
  fact: words('system object record_id field value valid_from seen_at observer source'),
  change: words(`
    id run entity write_key kind system object record_id key_field key_value steps step after read_back
    marks bases_after agreement_version state held attempts rests_until planned_at sent_at
    acknowledged_at confirmed_at lease_until outcome_code outcome_message urgency`),
  stage_entry: words('entity stage entered_at entered_by agreement_version evidence pass handed_off_at grade'),
  scope_move: words('entity at within because'),
  clock: words(`
    id entity kind pass started_at due_at arithmetic state lapsed_at met_at evidence closed_because
    task_id task_state agreement_version grace_until remind_at reminded_at ladder task_level task_in
    turn_of turn_day turn_at wake_at`),
  message: words(`
    id kind clock entity recipient name locale subject body until made_at delivered_at withdrawn_at`),
  finding: words('code subject entity detail opened_at closed_at'),
  rotation: words('handed_out'),
  shown_write: words('plan kind system object record steps'),
  directory: words('system kind id name email active manager_id api_name time_zone language gone_at'),
  schema_snapshot: words('system object fields'),
  cursor: words('system stream state covers'),
  agreement_version: words('hash label text'),
  config_version: words('hash label text'),
  agreement_text: words('hash version effective text'),
  signature: words('agreement role who how by_user at'),
  acknowledgement: words('agreement who by_user at'),
  spending: words('system since purpose kind calls'),
  call_limit: words('system calls_limit used told_at'),
  run: words('id kind started_at finished_at counts'),
  audit: words('at who deed detail'),
  setting: words('name value'),
} as const satisfies Readonly<Record<string, readonly string[]>>;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

export type TableName = keyof typeof COLUMNS;

/** What orders the rows of a table that keeps an order; the others are sorted by what they hold. */
export const ORDER: Readonly<Partial<Record<TableName, string>>> = {
  entity: 'number',
  fact: 'number',
  change: 'number',
  stage_entry: 'number',
  scope_move: 'number',
  finding: 'number',
  shown_write: 'number',
  audit: 'number',
  agreement_text: 'number',
  signature: 'number',
  acknowledgement: 'number',
  agreement_version: 'in_force_order',
  config_version: 'in_force_order',
};

/** Columns that nothing in the ledger reads: when something was noted, where the note itself is what counts. */
export const LEFT_OUT: readonly string[] = [
  'agreement_text.first_seen_at',
  'agreement_version.first_seen_at',
  'agreement_version.in_force_at',
  'budget.calls',
  'budget.day',
  'budget.kind',
  'budget.system',
  'config_version.first_seen_at',
  'config_version.in_force_at',
  'directory.changed_at',
  'directory.since',
  'rotation.single',
  'schema_snapshot.changed_at',
  'schema_snapshot.seen_at',
  'setting.set_at',
  'shown_write.shown_at',
];

export type PictureRow = Readonly<Record<string, unknown>>;

/** All that a ledger holds, plain and in one order: two ledgers that hold the same have equal pictures. Instants are milliseconds. */
export type Picture = Readonly<Record<TableName, readonly PictureRow[]>>;

/** Brings rows into the one form: their columns and no others, keys in order, rows in order. */
export function pictureOf(rowsOf: (table: TableName) => readonly object[]): Picture {
  const tables = Object.entries(COLUMNS).map(([name, columns]) => {
    const values = rowsOf(name as TableName).map((row) => valuesIn(row, columns));
    const inOrder = ORDER[name as TableName] === undefined ? values.toSorted(byText) : values;
    return [name, inOrder.map((texts) => rowFrom(columns, texts))];
  });
  return Object.fromEntries(tables) as Picture;
}

/** What each column holds, as text: rows are sorted by their columns from left to right. */
function valuesIn(row: object, columns: readonly string[]): readonly string[] {
  const held = new Map<string, unknown>(Object.entries(row));
  return columns.map((column) => canonicalJson(held.get(column) ?? null));
}

function byText(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [one.join(' '), other.join(' ')];
  return a < b ? -1 : Number(a > b);
}

function rowFrom(columns: readonly string[], texts: readonly string[]): PictureRow {
  return Object.fromEntries(
    columns.map((column, nth): [string, unknown] => [column, JSON.parse(texts[nth] ?? 'null')]),
  );
}
