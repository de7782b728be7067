import { audit, derived, field, flag, longText, lookup, pick, text } from './field.ts';
import { MAIL_STATUSES } from './picklists.ts';
import { SObject } from './sobject.ts';

const fixedAfterCreate = { updateable: false } as const;

/** Mails that were sent from or logged in Salesforce, and whom they reached (Enhanced Email). */
export function mailObjects(): SObject[] {
  return [
    new SObject('EmailMessage', { label: 'メールメッセージ', prefix: '02s', replicateable: true, undeletable: true }, [
      ...audit(),
      lookup('ActivityId', '活動 ID', ['Task'], fixedAfterCreate),
      lookup('RelatedToId', '関連先 ID', ['Account', 'Campaign', 'Opportunity']),
      text('Subject', '件名', 3000),
      longText('TextBody', 'テキスト本文'),
      longText('HtmlBody', 'HTML 本文'),
      text('FromName', '差出人名', 1000),
      text('FromAddress', '差出人アドレス', 1000),
      text('ToAddress', '宛先アドレス', 4000),
      text('CcAddress', 'CC アドレス', 4000),
      text('BccAddress', 'BCC アドレス', 4000),
      flag('Incoming', '受信', fixedAfterCreate),
      pick('Status', '状況', MAIL_STATUSES, {
        length: 40,
        picklist: MAIL_STATUSES.map((value) => ({ value, isDefault: value === '0' })),
        required: true,
        defaulted: true,
      }),
      field('MessageDate', 'メッセージの日付', 'datetime'),
      text('MessageIdentifier', 'メッセージ識別子', 765),
      lookup('ReplyToEmailMessageId', '返信先メールメッセージ ID', ['EmailMessage'], fixedAfterCreate),
      flag('IsExternallyVisible', '外部から参照可能'),
      flag('IsClientManaged', 'クライアント管理', fixedAfterCreate),
      derived(flag('HasAttachment', '添付あり')),
    ]),
    new SObject('EmailMessageRelation', { label: 'メールメッセージリレーション', prefix: '0Er', replicateable: true }, [
      ...audit(),
      lookup('EmailMessageId', 'メールメッセージ ID', ['EmailMessage'], { ...fixedAfterCreate, required: true }),
      lookup('RelationId', 'リレーション ID', ['Contact', 'Lead', 'User']),
      pick('RelationType', 'リレーション種別', ['ToAddress', 'CcAddress', 'BccAddress', 'FromAddress'], {
        ...fixedAfterCreate,
        required: true,
      }),
      text('RelationAddress', 'リレーションアドレス', 254, fixedAfterCreate),
      derived(text('RelationObjectType', 'リレーションオブジェクト種別', 40)),
    ]),
  ];
}
