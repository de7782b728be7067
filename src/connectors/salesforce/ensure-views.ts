import type { NewView, ViewsMade } from '../../ports/crm.ts';
import { CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { queryRows } from './query.ts';
import { quoted } from './soql.ts';

/** What Salesforce answers when the view is there already, made by somebody else in the meantime. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['DUPLICATE_DEVELOPER_NAME', 'DUPLICATE_VALUE']);

/**
 * Makes the public list views that are missing (UI API, from version 61 on). One that is there stays as people have changed it. A user who may not
 * make public list views is no reason to stop: what was refused is named, and an administrator makes it.
 */
export async function ensureViews(gateway: Gateway, views: readonly NewView[]): Promise<ViewsMade> {
  const made: NewView[] = [];
  const refused: (NewView & { readonly because: string })[] = [];
  for (const object of new Set(views.map((view) => view.object))) {
    const soql = `SELECT DeveloperName FROM ListView WHERE SobjectType = ${quoted(object)}`;
    const there = new Set((await queryRows(gateway, 'query', soql)).map((row) => String(row['DeveloperName'])));
    for (const view of views.filter((one) => one.object === object && !there.has(one.name))) {
      const because = await refusalOf(gateway, view);
      if (because === null) made.push(view);
      else refused.push({ ...view, because });
    }
  }
  return { made, refused };
}

/** `null`: it is there now. */
async function refusalOf(gateway: Gateway, { object, name, label, columns, filled }: NewView): Promise<string | null> {
  try {
    await gateway.write('setup', (connection) =>
      connection.requestPost(`/ui-api/list-info/${object}`, {
        listViewApiName: name,
        label,
        displayColumns: columns,
        filteredByInfo: [{ fieldApiName: filled, operator: 'NotEqual', operandLabels: [''] }],
        scope: { apiName: 'everything' },
        visibility: 'Public',
      }),
    );
    return null;
  } catch (failure) {
    if (!(failure instanceof CallRefused)) throw failure;
    return THERE_ALREADY.has(failure.reason) ? null : failure.reason;
  }
}
