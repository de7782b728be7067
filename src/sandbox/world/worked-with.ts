import type { Random } from '../kernel/random.ts';
import type { OrgFiller } from './doors.ts';
import { dayInJapan, officeHour } from './office-hour.ts';

const DAY_MS = 86_400_000;

export type Work = { id: string; ownerId: string; since: number; now: number; random: Random };

/** What a rep logged with a person: calls as completed Tasks, now and then a meeting as an Event. All of it is past. */
export function workedWith(org: OrgFiller, { id, ownerId, since, now, random }: Work): void {
  const count = 1 + random.int(3);
  let at = since;
  for (let index = 0; index < count; index += 1) {
    at = officeHour(at + Math.floor((1 + random.next() * 8) * DAY_MS), random);
    if (at > now - DAY_MS) return;
    if (random.chance(0.75)) logCall(org, { id, ownerId, at });
    else logMeeting(org, { id, ownerId, at });
  }
}

type Logged = { id: string; ownerId: string; at: number };

function logCall(org: OrgFiller, { id, ownerId, at }: Logged): void {
  const fields = {
    WhoId: id,
    OwnerId: ownerId,
    Subject: '電話',
    Description: '資料の到着を確認。次回の打ち合わせを提案した。',
    Status: '完了',
    Priority: '中',
    TaskSubtype: 'Call',
    CallType: 'Outbound',
    ActivityDate: dayInJapan(at),
  };
  org.seed('Task', fields, { at, by: ownerId });
}

function logMeeting(org: OrgFiller, { id, ownerId, at }: Logged): void {
  const begins = Math.floor(at / 1_800_000) * 1_800_000;
  const fields = {
    WhoId: id,
    OwnerId: ownerId,
    Subject: '打ち合わせ',
    StartDateTime: new Date(begins).toISOString(),
    EndDateTime: new Date(begins + 3_600_000).toISOString(),
    ActivityDateTime: new Date(begins).toISOString(),
    ActivityDate: dayInJapan(begins),
    DurationInMinutes: 60,
  };
  org.seed('Event', fields, { at, by: ownerId });
}
