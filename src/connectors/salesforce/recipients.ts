import type { ObjectName } from '../../domain/people/record.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { restOfRows } from './query.ts';
import type { Row } from './row.ts';

/** The rows that tie a mail to the people and users in its headers; there are none for an address that nobody has. */
export const CHILD_ROWS = 'EmailMessageRelations';
export const RECIPIENTS_COLUMN = `(SELECT RelationId, RelationType FROM ${CHILD_ROWS})`;

/** A value that no column holds: the Leads and Contacts that a mail came from or went to. */
export function isRecipients(object: ObjectName, field: string): boolean {
  return object === 'EmailMessage' && field === 'Recipients';
}

/** Leads and Contacts; colleagues in copy are users. */
const PEOPLE = /^(?:00Q|003)/;
/** Whoever wrote comes first, for a mail that came in is about them. */
const PLACES = ['FromAddress', 'ToAddress', 'CcAddress', 'BccAddress'];

/** Their ids, joined by `;`: sender, addressees, copies, each by id; `null` when the mail has nobody we could know. */
export function recipientsIn(row: Row): string | null {
  const people = childRows(row).flatMap(({ RelationId: id, RelationType: type }) => {
    const place = PLACES.indexOf(String(type));
    return typeof id === 'string' && PEOPLE.test(id) && place >= 0 ? [{ id: to18(id), place }] : [];
  });
  const ordered = people.toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return ordered.length === 0 ? null : [...new Set(ordered.map(({ id }) => id))].join(';');
}

type Children = { readonly records?: readonly Row[]; readonly done?: boolean; readonly nextRecordsUrl?: string };

function childrenOf(row: Row): Children | null {
  const children = row[CHILD_ROWS];
  return typeof children === 'object' && children !== null ? children : null;
}

function childRows(row: Row): readonly Row[] {
  return childrenOf(row)?.records ?? [];
}

/** A mail to very many people brings their first page only; the rest is fetched, so that nobody is left out of what reached them. */
export async function withAllRecipients(gateway: Gateway, rows: readonly Row[]): Promise<readonly Row[]> {
  const whole: Row[] = [];
  for (const row of rows) {
    const next = childrenOf(row)?.done === false ? childrenOf(row)?.nextRecordsUrl : undefined;
    const rest = next === undefined ? [] : await restOfRows(gateway, next);
    whole.push(rest.length === 0 ? row : { ...row, [CHILD_ROWS]: { records: [...childRows(row), ...rest] } });
  }
  return whole;
}
