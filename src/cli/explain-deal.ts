import type { AnyFacts, Neighbour } from '../domain/people/person.ts';
import { findingText } from '../domain/texts/findings.ts';
import { DEAL_STATE } from '../domain/texts/states.ts';
import { inBrackets, printable } from '../domain/texts/words.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { dealState } from '../reconcile/deal-state.ts';
import { recordName, type Voice } from './change-text.ts';
import { historyLines, linkLine } from './explain-history.ts';

const HEADS = {
  ja: { records: 'レコード', people: '関係者', deals: '商談', history: '経緯', unread: '未読' },
  en: { records: 'Records', people: 'People', deals: 'Deals', history: 'History', unread: 'not read' },
} as const;

/** The deals of a person, one line each: what it is called, where it stands, and the records that it is. */
export function dealLines(deals: readonly Neighbour[], { locale }: Voice): readonly string[] {
  if (deals.length === 0) return [];
  return [
    HEADS[locale].deals,
    ...deals.map((deal) => `  ${nameOf(deal)}  ${stateText(deal, locale)}${records(deal, locale)}`),
  ];
}

/** A deal or a company: its records, who is in it, and what happened to it. */
export function entityText(facts: AnyFacts, history: readonly HistoryLine[], voice: Voice): string {
  const { locale } = voice;
  const heads = HEADS[locale];
  const people = facts.kind === 'deal' ? facts.people : [];
  return [
    facts.id,
    heads.records,
    ...facts.links.map((link) => linkLine(link, locale)),
    ...(people.length === 0
      ? []
      : [heads.people, ...people.map((person) => `  ${person.id}${records(person, locale)}`)]),
    heads.history,
    ...history.flatMap((line) => historyLines(line, voice)),
    ...facts.findings.map((finding) => `⚠ ${findingText(finding, locale)}`),
  ].join('\n');
}

function nameOf({ id, hubspot, salesforce }: Neighbour): string {
  const name = salesforce?.values['Name'] ?? hubspot?.values['dealname'];
  return typeof name === 'string' && name !== '' ? printable(name) : id;
}

function stateText(deal: Neighbour, locale: Voice['locale']): string {
  const state = dealState(deal);
  return state === null ? HEADS[locale].unread : DEAL_STATE[state][locale];
}

function records({ hubspot, salesforce }: Neighbour, locale: Voice['locale']): string {
  const named = [hubspot, salesforce].flatMap((seen) =>
    seen === null ? [] : [`${recordName(seen.record, locale)} ${seen.record.id}`],
  );
  return inBrackets(locale, ...named);
}
