import type { Agreement, StageRule } from '../agreement/agreement.ts';
import { type AgreementVersion, inForceFrom, missingRoles, SIGNING_ROLES } from '../agreement/signatures.ts';
import { toLocal } from '../calendar/local-time.ts';
import type { Team } from '../people/mapping.ts';
import type { Locale, Policy } from '../policy.ts';
import type { Instant } from '../values/value.ts';
import { calendarItems } from './agreement-calendar.ts';
import { conditionItems, demandsOf } from './agreement-conditions.ts';
import { deadlineTable } from './agreement-deadlines.ts';
import { capWords } from './agreement-lapses.ts';
import {
  BANT_NAMES,
  DEPARTMENTS,
  fieldName,
  NOT_AGREED,
  REASON_LISTS,
  roleTitle,
  TARGET_NAMES,
  teamName,
} from './agreement-names.ts';
import { scoreBlocks } from './agreement-scores.ts';
import { agreedItems, reviewWords } from './agreement-table.ts';
import { AGREEMENT_WORDS } from './agreement-words.ts';
import type { Block, Cell, Document, Item } from './document.ts';
import { formatDay, formatLocal } from './format-local.ts';
import { assignWords, memberWords } from './team-words.ts';
import { durationText, quoted, stageName } from './words.ts';

/** An agreement with what it is read by: its fields, teams and calendar stand in other files, which nobody signs. */
export type AgreementShown = {
  readonly policy: Pick<Policy, 'agreement' | 'person' | 'company' | 'owners' | 'calendar'>;
  readonly version: AgreementVersion;
  /** `unknown`: whoever keeps the signatures could not be asked. */
  readonly standing: 'in-force' | 'not-in-force' | 'unknown';
  /** `null`: nobody could be asked what time it is. */
  readonly now: Instant | null;
};

/** The agreement as a document that both departments can read aloud in a meeting. What is not agreed is said to be. */
export function agreementDocument(given: AgreementShown, locale: Locale): Document {
  const t = AGREEMENT_WORDS[locale];
  const { policy, version, now } = given;
  const { agreement, calendar } = policy;
  const today = now === null ? version.effective : toLocal(now, calendar).day;
  const section = (heading: string, blocks: readonly Block[]): readonly Block[] => [
    { heading, level: 2 },
    ...(blocks.length === 0 ? [{ paragraph: t.missing }] : blocks),
  ];
  return {
    title: t.title(version.version),
    blocks: [
      { paragraph: standingWords(given, locale) },
      { table: { head: [t.about, t.content], rows: factRows(given, locale) } },
      ...section(t.items, [{ paragraph: t.itemsAre }, { table: agreedItems(agreement, policy, locale) }]),
      ...section(t.scores, scoreBlocks(agreement, policy, locale)),
      ...section(t.stages, [
        ...agreement.stages.flatMap((rule) => stageBlocks(rule, given, locale)),
        ...editBlocks(agreement, locale),
      ]),
      ...section(t.bant, bantBlocks(agreement, policy, locale)),
      ...section(
        t.deadlines,
        agreement.deadlines.length === 0
          ? []
          : [
              { table: deadlineTable(agreement, locale) },
              { paragraph: t.dayZero },
              ...capWords(agreement, locale).map((paragraph) => ({ paragraph })),
            ],
      ),
      ...section(t.registration, registrationBlocks(agreement, policy, locale)),
      ...section(t.reasons, reasonBlocks(agreement, locale)),
      ...section(t.targets, targetBlocks(agreement, locale)),
      ...section(t.review, reviewBlocks(agreement, locale)),
      ...section(t.handOffs, [...teamBlocks(given, locale), { paragraph: t.notSigned }]),
      ...section(t.calendar, [{ list: calendarItems(calendar, today, locale) }, { paragraph: t.notSigned }]),
      ...section(t.signatures, [
        { table: { head: t.signatureHead, rows: signatureRows(given, locale) } },
        { paragraph: t.hash(version.hash) },
        { paragraph: t.hashMeans },
      ]),
    ],
  };
}

/** What this paper is: in force, waiting for its day, or a proposal. */
function standingWords({ version, standing, policy: { calendar } }: AgreementShown, locale: Locale): string {
  const t = AGREEMENT_WORDS[locale];
  if (standing === 'unknown') return t.unknown;
  const from = inForceFrom(version, calendar);
  if (from === null)
    return t.proposal(
      missingRoles(version)
        .map((role) => roleTitle(role, locale))
        .join(t.comma),
    );
  const words = standing === 'in-force' ? t.inForce : t.signed;
  return words(formatLocal(from, calendar, locale));
}

function factRows({ policy, version, now }: AgreementShown, locale: Locale): readonly (readonly Cell[])[] {
  const t = AGREEMENT_WORDS[locale];
  const { agreement, calendar } = policy;
  const { startsAt } = agreement;
  const goLive = startsAt === 'first-run' ? t.firstRun : formatLocal(startsAt, calendar, locale);
  return [
    [[t.version], [version.version]],
    [[t.effective], [formatDay(version.effective, locale)]],
    [[t.goLive], [goLive]],
    ...(agreement.adopt === undefined
      ? []
      : [[[t.adopt], [t.adopts(durationText(agreement.adopt.openSince, locale))]]]),
    ...(agreement.appliesTo === undefined ? [] : [[[t.appliesTo], [t.appliesToNew]]]),
    ...Object.entries(agreement.roles).map(([role, who]) => [[roleTitle(role, locale)], [who]]),
    ...(now === null ? [] : [[[t.printed], [formatLocal(now, calendar, locale)]]]),
  ];
}

function stageBlocks(rule: StageRule, { policy }: AgreementShown, locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  const { stage, department, when, handOff, secondPass } = rule;
  const heading: readonly Block[] = [
    { heading: stageName(stage, locale), level: 3 },
    { paragraph: t.responsible(DEPARTMENTS[department][locale]) },
  ];
  if (when === undefined) return [...heading, { paragraph: t.takenOver }];
  const demands = demandsOf(when);
  return [
    ...heading,
    { paragraph: demands.length === 1 ? t.one : t.all },
    { list: demands.flatMap((demand) => conditionItems(demand, policy, locale)) },
    ...(handOff === undefined ? [] : [{ paragraph: t.handsOff(teamName(handOff.to, locale)) }]),
    ...(handOff?.brief === true ? [{ paragraph: t.briefed }] : []),
    ...(secondPass === true ? [{ paragraph: t.secondPass }] : []),
  ];
}

/** What the stages do to HubSpot's and Salesforce's own, where that is not the usual. */
function editBlocks({ manualEdits, shownAs: { leadStatus } }: Agreement, locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  const pairs = Object.entries(leadStatus ?? {}).map(([stage, status]) => `${stageName(stage, locale)} → ${status}`);
  return [
    ...(manualEdits === 'flag' ? [{ paragraph: t.flagged }] : []),
    ...(pairs.length === 0 ? [] : [{ paragraph: t.shownAsStatus(pairs.join(t.comma)) }]),
  ];
}

function bantBlocks({ bant }: Agreement, naming: AgreementShown['policy'], locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  if (bant === undefined) return [];
  const rows = Object.entries(BANT_NAMES).map(([item, name]): readonly Cell[] => {
    const { hubspot, salesforce, confirmed } = bant[item as keyof typeof BANT_NAMES];
    const fields = [
      ...(salesforce === undefined ? [] : [`salesforce.${salesforce}`]),
      ...(hubspot === undefined ? [] : [`hubspot.${hubspot}`]),
    ];
    const values = confirmed?.map((value) => quoted(value, locale)).join(t.or);
    return [[name[locale]], fields.map((path) => fieldName(path, naming, locale)), [values ?? t.anyValue]];
  });
  return [{ table: { head: t.bantHead, rows } }];
}

function registrationBlocks(
  { registration }: Agreement,
  naming: AgreementShown['policy'],
  locale: Locale,
): readonly Block[] {
  if (registration === undefined) return [];
  const t = AGREEMENT_WORDS[locale];
  const { required, statusUpdates } = registration;
  const items: readonly Item[] = [
    ...Object.entries(required).map(([stage, paths]) => ({
      text: t.required(stageName(stage, locale), paths.map((path) => fieldName(path, naming, locale)).join(t.comma)),
    })),
    ...(statusUpdates === undefined ? [] : [{ text: t.updates(durationText(statusUpdates, locale)) }]),
  ];
  return items.length === 0 ? [] : [{ list: items }];
}

function reasonBlocks({ reasons = {} }: Agreement, locale: Locale): readonly Block[] {
  const head = AGREEMENT_WORDS[locale].reasonHead;
  const rows = (['rejected', 'recycled', 'disqualified'] as const).map((list): readonly Cell[] => [
    [REASON_LISTS[list][locale]],
    reasons[list] === undefined ? [NOT_AGREED[locale]] : Object.values(reasons[list]),
  ]);
  const means = Object.keys(reasons).length === 0 ? [] : [{ paragraph: AGREEMENT_WORDS[locale].reasonsMean }];
  return [{ table: { head, rows } }, ...means];
}

function targetBlocks({ targets = [] }: Agreement, locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  if (targets.length === 0) return [];
  const rows = targets.map(({ name, percent }): readonly Cell[] => [
    [TARGET_NAMES[name][locale]],
    [name === 'neglected' ? t.mostPercent(percent) : t.leastPercent(percent)],
  ]);
  return [{ table: { head: t.targetHead, rows } }];
}

function reviewBlocks(agreement: Agreement, locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  const { review } = agreement;
  if (review === undefined) return [];
  const who = review.tasksFor.map((role) => roleTitle(role, locale)).join(t.comma);
  return [{ paragraph: t.reviewBy(reviewWords(agreement, locale).join(''), who) }];
}

function teamBlocks({ policy }: AgreementShown, locale: Locale): readonly Block[] {
  const t = AGREEMENT_WORDS[locale];
  const { agreement, owners } = policy;
  const handOffs = agreement.stages.flatMap(({ handOff }) => handOff?.to ?? []);
  const rows = [...new Set(handOffs)].map((team): readonly Cell[] => {
    const { queue, manager, ...receiving } = owners.teams[team] ?? NO_TEAM;
    const members = memberWords(receiving, locale);
    return [
      [teamName(team, locale)],
      [assignWords(receiving, policy, locale)],
      members.length === 0 ? [t.nobody] : members,
      [manager === null ? t.nobody : roleTitle(manager, locale)],
      [queue ?? t.nobody],
    ];
  });
  return rows.length === 0 ? [] : [{ table: { head: t.teamHead, rows } }];
}

/** A version that was signed may name a team that owners.yaml has lost since. */
const NO_TEAM: Team = { members: [], queue: null, manager: null, assign: 'queue' };

function signatureRows({ version, standing, policy: { agreement, calendar } }: AgreementShown, locale: Locale) {
  const t = AGREEMENT_WORDS[locale];
  return SIGNING_ROLES.map((role): readonly Cell[] => {
    const signature = version.signatures.find((one) => one.role === role);
    const none = standing === 'unknown' ? t.notLookedUp : t.unsigned;
    if (signature === undefined) return [[roleTitle(role, locale)], [agreement.roles[role] ?? t.nobody], [none]];
    const { who, how, user, at } = signature;
    return [[roleTitle(role, locale)], [who], [formatLocal(at, calendar, locale), t.how(how, user)]];
  });
}
