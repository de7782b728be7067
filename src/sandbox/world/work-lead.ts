import { dayInJapan } from './office-hour.ts';
import type { Person } from './people.ts';
import { writePhone } from './phones.ts';
import type { Sale } from './sale.ts';
import { seminarOf } from './win-over.ts';

const CALL_TALK = '資料の到着を確認。次回の打ち合わせを提案した。';

/** What inside sales does for a sale: the Lead, a call or two, a mail. */
export function workLead(sale: Sale): void {
  const { office, inside, records, part } = sale;
  const { org } = office;
  const seminar = seminarOf(sale);
  sale.later(1, (at) => {
    const lead = enterLead(sale, part.person, at);
    records.lead = lead;
    if (seminar === undefined) return;
    org.seed('CampaignMember', { CampaignId: seminar.campaign, LeadId: lead, Status: 'レスポンスあり' }, { at });
  });
  sale.later(1 + sale.random.int(3), (at) => {
    const call = { Subject: '電話', Description: CALL_TALK, TaskSubtype: 'Call', CallType: 'Outbound' };
    logTask(sale, { ...call, WhoId: sale.of('lead') }, { at, by: inside.user });
    org.touch('Lead', sale.of('lead'), { Status: '対応中' }, { by: inside.user });
  });
  sale.soon((at) => sendMail(sale, at));
  if (inside.seat !== undefined) sale.later(1, (at) => logCallInHubSpot(sale, at));
  sale.later(1, () => org.touch('Lead', sale.of('lead'), { Status: '見込みあり' }, { by: inside.user }));
}

/** A person of the sale's company as a new Lead, in the words of sales. */
export function enterLead({ office, inside }: Sale, person: Person, at: number, more: object = {}): string {
  const { company } = person;
  const fields = {
    LastName: person.surname.kanji,
    FirstName: person.given.kanji,
    Email: person.email,
    Phone: writePhone(person.phone, 'hyphens'),
    Title: `${person.department} ${person.title}`,
    Company: company.name,
    Website: `https://www.${company.domain}/`,
    Industry: company.industry.salesforce,
    State: company.prefecture,
    LeadSource: 'Web',
    Status: '未対応',
    OwnerId: inside.user,
    ...more,
  };
  return office.org.seed('Lead', fields, { at, by: inside.user });
}

export function logTask({ office }: Sale, fields: object, { at, by }: { at: number; by: string }): void {
  const done = { Status: '完了', Priority: '中', ActivityDate: dayInJapan(at), OwnerId: by };
  office.org.seed('Task', { ...done, ...fields }, { at, by });
}

/** A mail of the rep's own; Salesforce adds the closed Task that stands for it. */
function sendMail({ office, inside, part, records }: Sale, at: number): void {
  const mail = {
    Subject: 'お打ち合わせのご提案',
    TextBody: '先ほどはお電話でありがとうございました。ご都合のよい日時をお知らせください。',
    FromAddress: inside.email,
    ToAddress: part.person.email,
    Incoming: false,
    Status: '3',
    MessageDate: new Date(at).toISOString(),
  };
  const id = office.org.seed('EmailMessage', mail, { at, by: inside.user });
  const to = { EmailMessageId: id, RelationId: records.lead, RelationType: 'ToAddress' };
  office.org.seed('EmailMessageRelation', to, { at, by: inside.user });
}

/** Whoever has a seat in HubSpot logs a call there now and then. */
function logCallInHubSpot({ office, inside, records }: Sale, at: number): void {
  const { seat } = inside;
  if (seat === undefined || records.contact === undefined) return;
  const call = {
    hs_timestamp: new Date(at).toISOString(),
    hs_call_title: '追加の質問への回答',
    hs_call_body: '料金プランの違いを説明した。',
    hs_call_direction: 'OUTBOUND',
    hs_call_status: 'COMPLETED',
    hs_call_duration: '420000',
    hubspot_owner_id: seat.owner,
  };
  const by = { type: 'CRM_UI', id: `userId:${seat.userId}`, userId: seat.userId } as const;
  const id = office.portal.seed('calls', call, at, by);
  office.portal.associate({ object: 'calls', id }, { object: 'contacts', id: records.contact });
}
