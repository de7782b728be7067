import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../support/company.ts';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';

/** 渡邊 has no seat in HubSpot; 鈴木 has one. */
const SEATLESS = 'shota.watanabe@example.co.jp';
const SEATED = 'taro.suzuki@example.co.jp';

describe('a rep without a seat in HubSpot', () => {
  let sale: Sale;
  beforeEach(async () => {
    sale = await aSale();
  });
  afterEach(() => sale.close());

  test('is named beside the stand-in, told once a day while they own somebody, and never replaced in silence', async () => {
    const { org, portal } = sale.company.sandbox;
    const rep = org.userByName(SEATLESS)!;
    const contact = sale.contact(EMAIL);
    const lead = org.seed(
      'Lead',
      { LastName: '如月', Company: '如月商店', Email: EMAIL, OwnerId: rep },
      { at: sale.kernelNow() },
    );
    await sale.settle();
    const shown = () => portal.records('contacts').find(({ id }) => id === contact)?.properties;
    expect([shown()?.['hubspot_owner_id'] ?? '', shown()?.['tasuki_sales_owner']]).toEqual(['', nameOf(rep)]);
    const [first] = await told();
    expect(first).toMatchObject({ code: 'OWNER_WITHOUT_SEAT', subject: `salesforce:${rep}` });

    await sale.company.later(2 * HOUR);
    await sale.settle();
    expect(await told()).toEqual([first]);
    await sale.nextDay();
    await sale.settle();
    const [again, ...others] = await told();
    expect([again?.subject, others]).toEqual([first?.subject, []]);
    expect(again!.openedAt - first!.openedAt).toBeGreaterThan(20 * HOUR);

    sale.edit('salesforce', 'Lead', lead, { OwnerId: org.userByName(SEATED)! });
    await sale.settle();
    await sale.company.later(2 * HOUR); // owners in trouble are looked at once an hour
    await sale.settle();
    expect(await told()).toEqual([]);
  });

  async function told() {
    return (await sale.company.shop.works.ledger.findings()).filter(({ code }) => code.startsWith('OWNER_'));
  }

  function nameOf(user: string): unknown {
    return sale.company.sandbox.org.records('User').find((row) => row['Id'] === user)?.['Name'];
  }
});
