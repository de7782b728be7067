import type { PortalFiller } from './doors.ts';

/** What this portal's admin added to a fresh account. */
export function definePortalProperties(portal: PortalFiller): void {
  portal.defineProperty({
    name: 'leadscore',
    label: 'リードスコア',
    type: 'number',
    fieldType: 'calculation_score',
    groupName: 'contactinformation',
    readOnlyValue: true,
  });
  portal.defineProperty({
    name: 'name_kana',
    label: 'フリガナ',
    type: 'string',
    fieldType: 'text',
    groupName: 'contactinformation',
  });
}
