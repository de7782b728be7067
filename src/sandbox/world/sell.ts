import { dayInJapan } from './office-hour.ts';
import type { Sale } from './sale.ts';
import { logTask } from './work-lead.ts';

const DAY_MS = 86_400_000;
const LOSS_REASONS = ['価格', '競合', '予算凍結', '時期尚早', '機能不足'];

type Conversion = { withOpportunity: boolean };

/** The rep takes over and converts the Lead: into the Account of that company if sales has one, else into a new one. */
export function convert(sale: Sale, { withOpportunity }: Conversion): void {
  const { office, field, records, part, worth } = sale;
  sale.later(2 + sale.random.int(4), () => {
    office.org.touch('Lead', sale.of('lead'), { OwnerId: field.user }, { by: field.user });
  });
  sale.soon((at) => {
    const { company } = part.person;
    const known = office.accounts.get(company);
    const opportunity = {
      Name: `${company.name} 新規導入`,
      StageName: '初回訪問',
      CloseDate: dayInJapan(at + 60 * DAY_MS),
      Amount: worth,
      Type: '新規顧客',
    };
    const made = office.org.convertLead(sale.of('lead'), {
      by: field.user,
      ...(known === undefined ? {} : { accountId: known }),
      opportunity: withOpportunity ? opportunity : null,
    });
    office.accounts.set(company, made.accountId);
    Object.assign(records, { account: made.accountId, salesContact: made.contactId });
    if (made.opportunityId !== null) records.opportunity = made.opportunityId;
  });
}

/** A visit, and the opportunity is one stage further. */
export function propose(sale: Sale): void {
  sale.later(7 + sale.random.int(4), (at) => meet(sale, at));
  move(sale, '提案', 1);
}

export function quote(sale: Sale): void {
  move(sale, '見積提示', 8 + sale.random.int(5), { NextStep: '見積の回答待ち' });
}

export function negotiate(sale: Sale): void {
  sale.later(5 + sale.random.int(4), (at) => {
    const call = { Subject: '電話', Description: '条件の調整。', TaskSubtype: 'Call', CallType: 'Outbound' };
    const about = { WhoId: sale.of('salesContact'), WhatId: sale.of('opportunity') };
    logTask(sale, { ...call, ...about }, { at, by: sale.field.user });
  });
  move(sale, '交渉', 1);
}

export function win(sale: Sale): void {
  const { office, field } = sale;
  sale.later(6 + sale.random.int(6), (at) => {
    const won = { StageName: '受注', CloseDate: dayInJapan(at), NextStep: null };
    office.org.touch('Opportunity', sale.of('opportunity'), won, { by: field.user });
    office.org.touch('Account', sale.of('account'), { Type: '顧客' }, { by: field.user });
  });
}

export function lose(sale: Sale): void {
  const reason = sale.random.pick(LOSS_REASONS);
  sale.later(10 + sale.random.int(10), (at) => {
    const lost = { StageName: '失注', CloseDate: dayInJapan(at), Loss_Reason__c: reason, NextStep: null };
    sale.office.org.touch('Opportunity', sale.of('opportunity'), lost, { by: sale.field.user });
  });
}

/** Lines of products: their sum is the amount from now on, whatever stood there. */
export function addProducts(sale: Sale): void {
  const { office, field } = sale;
  sale.later(1, (at) => {
    for (const [index, { entry, price }] of office.products.entries()) {
      const line = {
        OpportunityId: sale.of('opportunity'),
        PricebookEntryId: entry,
        Quantity: index + 1,
        UnitPrice: price,
      };
      office.org.seed('OpportunityLineItem', line, { at, by: field.user });
    }
  });
}

function move(sale: Sale, stage: string, days: number, more: object = {}): void {
  sale.later(days, () => {
    const fields = { StageName: stage, ...more };
    sale.office.org.touch('Opportunity', sale.of('opportunity'), fields, { by: sale.field.user });
  });
}

function meet(sale: Sale, at: number): void {
  const { office, field } = sale;
  const fields = {
    WhoId: sale.of('salesContact'),
    WhatId: sale.of('opportunity'),
    OwnerId: field.user,
    Subject: '訪問',
    StartDateTime: new Date(at).toISOString(),
    EndDateTime: new Date(at + 3_600_000).toISOString(),
    ActivityDateTime: new Date(at).toISOString(),
    ActivityDate: dayInJapan(at),
    DurationInMinutes: 60,
  };
  office.org.seed('Event', fields, { at, by: field.user });
}
