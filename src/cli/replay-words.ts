import type { InBoth } from '../domain/texts/words.ts';

type Words = Readonly<Record<Plain, string>> & {
  readonly title: (version: string, from: string, to: string) => string;
  readonly people: (people: number, recorded: number) => string;
  readonly comparedWith: (version: string) => string;
  readonly newly: (count: number) => string;
  readonly dropped: (count: number) => string;
  readonly moved: (earlier: number, later: number) => string;
  readonly more: (count: number) => string;
  /** `whose`: proposed, or in force. */
  readonly by: (whose: string, line: string) => string;
  readonly few: (enough: number) => string;
  readonly gapsMean: (people: number, of: number) => string;
  readonly unknown: (people: number) => string;
};

type Plain =
  | 'nothingInForce'
  | 'writesNothing'
  | 'proposed'
  | 'inForce'
  | 'happened'
  | 'happenedMeans'
  | 'month'
  | 'months'
  | 'total'
  | 'hits'
  | 'mqls'
  | 'won'
  | 'openOrWon'
  | 'when'
  | 'stage'
  | 'name'
  | 'company'
  | 'why'
  | 'saidByPeople'
  | 'noCriterion'
  | 'load'
  | 'loadMeans'
  | 'team'
  | 'week'
  | 'deadlines'
  | 'deadlinesMean'
  | 'deadline'
  | 'kept'
  | 'lapsed'
  | 'open'
  | 'unread'
  | 'gaps'
  | 'noGaps'
  | 'field'
  | 'affected';

/** What a replay is told in. */
export const REPLAY_WORDS: InBoth<Words> = {
  ja: {
    title: (version, from, to) => `合意 ${version} の試算(${from} から ${to} まで)`,
    people: (people, recorded) => `台帳の ${people} 人を判定しました。うち期間中に記録があるのは ${recorded} 人です。`,
    comparedWith: (version) => `有効な合意 ${version} を同じ記録に当てはめた結果と比べています。`,
    nothingInForce: '有効な合意がないため、比較はしていません。',
    writesNothing: '記録を読んで計算しただけで、何も書き込んでいません。',
    proposed: '提案',
    inForce: '有効',
    happened: '実績',
    happenedMeans: '実績は、期間中に実際に記録されたステージの件数です。',
    month: '月',
    months: '月別の件数',
    total: '合計',
    hits: '商談につながった割合(今日の時点)',
    mqls: 'MQL になる人',
    won: '受注あり',
    openOrWon: '受注または進行中の商談あり',
    few: (enough) => `${enough} 人に満たないものは、少なすぎるため割合を出していません。`,
    newly: (count) => `新たに該当する: ${count} 件`,
    dropped: (count) => `該当しなくなる: ${count} 件`,
    moved: (earlier, later) =>
      `どちらの合意でも該当する人のうち、時期が早まるのは ${earlier} 件、遅くなるのは ${later} 件です。`,
    more: (count) => `ほか ${count} 件`,
    by: (whose, line) => `${whose}: ${line}`,
    when: '日時',
    stage: 'ステージ',
    name: '氏名',
    company: '会社',
    why: '理由',
    saidByPeople: '記録されたステージによる',
    noCriterion: 'もう一方の合意には、このステージの条件がない',
    load: '週ごとの引き渡し件数',
    loadMeans: 'かっこ内は担当者 1 人あたりの件数です。営業日のない週は、引き渡しがなければ載せていません。',
    team: 'チーム',
    week: '週(月曜日)',
    deadlines: '初回接触などの期限',
    deadlinesMean:
      '条件を満たした時刻に引き渡したものとし、記録に残る接触で判定しています。担当者とチームは今日のものです。',
    deadline: '期限',
    kept: '守れた',
    lapsed: '超過',
    open: '期限前',
    unread: '判定できない',
    gaps: '履歴がない項目',
    noGaps: '合意が見る項目は、すべて当時の値で判定しました。',
    gapsMean: (people, of) =>
      `${of} 人のうち ${people} 人は、次の項目の当時の値が台帳にないため、その後の値(履歴がまったくなければ今日の値)で判定しました。`,
    unknown: (people) => `${people} 人は、読めていないものがあるため、条件の一部を判定できませんでした。`,
    field: '項目',
    affected: '人数',
  },
  en: {
    title: (version, from, to) => `Agreement ${version} over what is on record, ${from} to ${to}`,
    people: (people, recorded) =>
      `${people === 1 ? '1 person was' : `${people} people were`} judged; of ${recorded} anything in the period is on record.`,
    comparedWith: (version) => `Compared with agreement ${version}, which is in force, over the same record.`,
    nothingInForce: 'No agreement is in force, so there is nothing to compare with.',
    writesNothing: 'This only read and counted. Nothing was written anywhere.',
    proposed: 'proposed',
    inForce: 'in force',
    happened: 'recorded',
    happenedMeans: '"recorded" counts the stages that were in fact entered in the period.',
    month: 'month',
    months: 'By month',
    total: 'total',
    hits: 'What became of the MQLs, as of today',
    mqls: 'MQLs',
    won: 'with a won deal',
    openOrWon: 'with an open or won deal',
    few: (enough) => `Of fewer than ${enough} people no share is given: they are too few.`,
    newly: (count) => `Would newly qualify: ${count}`,
    dropped: (count) => `Would no longer qualify: ${count}`,
    moved: (earlier, later) => `Of those who qualify under both: ${earlier} earlier, ${later} later.`,
    more: (count) => `and ${count} more`,
    by: (whose, line) => `${whose}: ${line}`,
    when: 'when',
    stage: 'stage',
    name: 'name',
    company: 'company',
    why: 'why',
    saidByPeople: 'by a stage that is on record',
    noCriterion: 'the other agreement has no criterion for this stage',
    load: 'Hand-offs by week',
    loadMeans:
      'In brackets: for each member of the team. Weeks without a business day are left out, unless somebody is handed over.',
    team: 'team',
    week: 'week (Monday)',
    deadlines: 'Contact deadlines',
    deadlinesMean:
      'Counted from the instant at which the stage is reached, and held against the contact that is on record. Owner and team are those of today.',
    deadline: 'deadline',
    kept: 'kept',
    lapsed: 'lapsed',
    open: 'not yet due',
    unread: 'cannot be told',
    gaps: 'Fields without history',
    noGaps: 'Every field that the agreement reads was judged by its value at the time.',
    gapsMean: (people, of) =>
      `${people} of ${of} people were judged by a later value of these fields, today's where there is no history at all: the ledger does not have the one of the time.`,
    unknown: (people) =>
      `Of ${people === 1 ? '1 person' : `${people} people`} a part of the criteria could not be judged, for something was never read.`,
    field: 'field',
    affected: 'people',
  },
};
