import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, startBench } from './support.ts';

let bench: Bench;
let campaign: string;
beforeEach(async () => {
  bench = await startBench();
  campaign = await bench.create('Campaign', { Name: '秋の展示会', Type: '展示会' });
});

const join = (fields: Record<string, unknown>): Promise<string> =>
  bench.create('CampaignMember', { CampaignId: campaign, ...fields });

describe('a campaign member', () => {
  test('begins with the usual status, and responds by its status; the first day of it stays', async () => {
    const id = await join({ LeadId: bench.lead() });
    expect(bench.row('CampaignMember', id)).toMatchObject({
      Status: '送信',
      HasResponded: false,
      FirstRespondedDate: null,
      Type: 'Lead',
    });
    await bench.api('PATCH', `/sobjects/CampaignMember/${id}`, { Status: 'レスポンスあり' });
    bench.pass(DAY_MS);
    await bench.api('PATCH', `/sobjects/CampaignMember/${id}`, { Status: '送信' });
    expect(bench.row('CampaignMember', id)).toMatchObject({ HasResponded: false, FirstRespondedDate: '2026-11-21' });
  });

  test('takes the statuses of its campaign, and the usual one in the place of others', async () => {
    await bench.create('CampaignMemberStatus', { CampaignId: campaign, Label: '来場', HasResponded: true });
    const [came, unknown] = [bench.lead(), bench.lead()];
    await join({ LeadId: came, Status: '来場' });
    await join({ LeadId: unknown, Status: '宇宙' });
    expect(await bench.rows('SELECT LeadId, Status, HasResponded FROM CampaignMember')).toEqual([
      { LeadId: came, Status: '来場', HasResponded: true },
      { LeadId: unknown, Status: '送信', HasResponded: false },
    ]);
  });

  test('is one person: nobody is refused, and of two the contact is kept', async () => {
    expect((await bench.api('POST', '/sobjects/CampaignMember', { CampaignId: campaign })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING' },
    ]);
    const contact = await bench.create('Contact', { LastName: '佐藤' });
    const id = await join({ LeadId: bench.lead(), ContactId: contact });
    expect(bench.row('CampaignMember', id)).toMatchObject({
      LeadId: null,
      ContactId: contact,
      Type: 'Contact',
      LeadOrContactId: contact,
    });
  });

  test('joins a campaign once', async () => {
    const LeadId = bench.lead();
    await join({ LeadId });
    expect((await bench.api('POST', '/sobjects/CampaignMember', { CampaignId: campaign, LeadId })).body).toMatchObject([
      { errorCode: 'DUPLICATE_VALUE', message: 'Already a campaign member.' },
    ]);
    campaign = await bench.create('Campaign', { Name: '春の展示会' });
    await join({ LeadId });
    expect(bench.org.records('CampaignMember')).toHaveLength(2);
  });

  test('goes with its person and with its campaign', async () => {
    const lead = bench.lead();
    await join({ LeadId: lead });
    bench.org.remove('Lead', lead);
    await join({ LeadId: bench.lead() });
    bench.org.remove('Campaign', campaign);
    expect(bench.org.records('CampaignMember').map((row) => row['IsDeleted'])).toEqual([true, true]);
  });
});
