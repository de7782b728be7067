/** A value as the ledger keeps it: JSON-safe and comparable with `===`. `null` is "empty"; a missing key is "not read". */
export type Value = string | number | boolean | null;

/** Field name → value, in the words of the system that holds the record (`jobtitle`, `Title`). */
export type Values = Readonly<Record<string, Value>>;

/** An instant as milliseconds since 1970-01-01T00:00Z. The core never asks for the time; it is told. */
export type Instant = number;

/** A calendar day without a zone, `YYYY-MM-DD`. */
export type LocalDate = string;
