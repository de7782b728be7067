type Row = Readonly<Record<string, unknown>>;

const DATES = ['createdAt', 'updatedAt', 'archivedAt', 'startDateTime', 'endDateTime'] as const;
/** Names that are words of the client's language, which it therefore changes. */
const RENAMED = [
  ['from', '_from'],
  ['new', '_new'],
] as const;

/**
 * An answer of the portal's as HubSpot's client would hand it over: instants as `Date`, and two names with a line before them. Nothing
 * else is different, and what we do not read is left as it came.
 */
export function asClientReads(body: unknown): unknown {
  if (!isRow(body)) return body;
  const { results } = body;
  return Array.isArray(results) ? { ...body, results: results.map(rowRead) } : rowRead(body);
}

function rowRead(row: unknown): unknown {
  if (!isRow(row)) return row;
  const read: Record<string, unknown> = { ...row };
  for (const name of DATES) if (typeof read[name] === 'string') read[name] = new Date(read[name]);
  for (const [name, other] of RENAMED) if (name in read) read[other] = read[name];
  const past = read['propertiesWithHistory'];
  if (isRow(past)) read['propertiesWithHistory'] = versionsRead(past);
  return read;
}

function versionsRead(past: Row): Row {
  return Object.fromEntries(
    Object.entries(past).map(([name, versions]) => [
      name,
      Array.isArray(versions)
        ? versions.map((version: Row) => ({ ...version, timestamp: new Date(String(version['timestamp'])) }))
        : versions,
    ]),
  );
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
