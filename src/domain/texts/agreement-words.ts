import type { Signature } from '../agreement/signatures.ts';
import type { InBoth } from './words.ts';

/** The words that hold the agreement's document together: prose is polite, headings and cells are short. */
type Words = Readonly<
  Record<
    | 'about'
    | 'content'
    | 'version'
    | 'effective'
    | 'goLive'
    | 'firstRun'
    | 'adopt'
    | 'appliesTo'
    | 'appliesToNew'
    | 'printed'
    | 'items'
    | 'itemsAre'
    | 'scores'
    | 'stages'
    | 'bant'
    | 'deadlines'
    | 'dayZero'
    | 'registration'
    | 'reasons'
    | 'reasonsMean'
    | 'secondPass'
    | 'flagged'
    | 'targets'
    | 'review'
    | 'handOffs'
    | 'calendar'
    | 'notSigned'
    | 'signatures'
    | 'hashMeans'
    | 'missing'
    | 'takenOver'
    | 'one'
    | 'all'
    | 'anyValue'
    | 'or'
    | 'comma'
    | 'inTurn'
    | 'byQueue'
    | 'nobody'
    | 'unsigned'
    | 'unknown'
    | 'notLookedUp'
    | 'briefed',
    string
  >
> &
  Readonly<
    Record<
      'title' | 'proposal' | 'inForce' | 'signed' | 'handsOff' | 'shownAsStatus' | 'responsible' | 'hash' | 'updates',
      (text: string) => string
    >
  > &
  Readonly<Record<'required' | 'reviewBy', (one: string, other: string) => string>> &
  Readonly<Record<'mostPercent' | 'leastPercent', (percent: number) => string>> &
  Readonly<Record<'bantHead' | 'reasonHead' | 'targetHead' | 'teamHead' | 'signatureHead', readonly string[]>> & {
    readonly adopts: (within: string) => string;
    readonly how: (how: Signature['how'], user: string) => string;
  };

export const AGREEMENT_WORDS: InBoth<Words> = {
  ja: {
    title: (version) => `マーケティングと営業の合意(定義書) ${version}`,
    inForce: (from) => `両部門の責任者が署名した、現在有効な合意です(${from} から)。`,
    signed: (from) => `両部門の責任者が署名済みです。${from} から有効になります。`,
    proposal: (roles) =>
      `これは提案です。${roles}の署名がまだありません。両部門の署名がそろうまで、この内容は効力を持ちません。`,
    unknown: 'agreement.yaml の内容です。台帳を開けなかったため、署名の状況は確認していません。',
    about: '概要',
    content: '内容',
    version: '版',
    effective: '適用日',
    goLive: '運用開始時点',
    firstRun: '最初に承認された実行のとき',
    adopt: '運用開始前からの人',
    adopts: (within) =>
      `運用開始前 ${within}以内にそのステージに入り、その後に進んでおらず、接触もない人を引き取る(引き渡しと期限は運用開始から)`,
    appliesTo: 'この版の適用',
    appliesToNew: 'これから条件を満たす人だけを引き渡す。条件の変更だけで該当した人は、引き渡さない',
    printed: '作成日時',
    items: '合意項目表',
    itemsAre: 'MQL と SQL について、両部門が合意した項目の一覧です。「未設定」は、まだ合意していない項目です。',
    scores: 'スコア',
    stages: 'ステージの条件',
    responsible: (department) => `責任部門: ${department}`,
    one: '次の条件を満たした人です。',
    all: '次のすべてを満たした人です。',
    takenOver: '条件は未設定です。両システムにある記録を引き継ぎます。',
    handsOff: (team) => `この段階に入った人を、${team}へ引き渡します。`,
    briefed:
      '引き渡しのとき、受け取る人へのメモを Salesforce に書きます(理由、スコアの内訳、行動、これまでの接触、最初の話題、期限)。',
    secondPass: '顧客になった人も、その後の行動で条件を満たし直したときは、もう一度引き渡します(2 周目)。',
    flagged: 'HubSpot のライフサイクルステージを手で進めても、ステージは進めず、要確認とします。',
    shownAsStatus: (pairs) => `リードの状況に示します: ${pairs}。`,
    reasonsMean:
      '差し戻しとリサイクルは、理由とともにマーケティングへ戻します。その後の新しい行動で条件を満たすと、次の周として改めて引き渡します。対象外とした人は、自動では戻りません。',
    bant: 'BANT の記録',
    bantHead: ['項目', '記録する場所', '確認済みとみなす値'],
    anyValue: '空欄と「いいえ」以外',
    deadlines: 'フォロー期限',
    dayZero:
      '営業日は、起点の日付を 0 日目として数え、最後の営業日の終業時刻を期限とします。営業時間は、営業している間だけ進みます。',
    registration: '登録ルール',
    required: (stage, fields) => `${stage} までに記入する項目: ${fields}`,
    updates: (within) => `ステータスの更新: ${within}以内`,
    reasons: '理由の一覧',
    reasonHead: ['場面', '選べる理由'],
    targets: '共通 KPI の目標',
    targetHead: ['指標', '目標'],
    leastPercent: (percent) => `${percent}% 以上`,
    mostPercent: (percent) => `${percent}% 以下`,
    review: '見直し',
    reviewBy: (when, who) => `${when}、両部門でこの合意を見直します。担当: ${who}`,
    handOffs: '引き渡し先',
    teamHead: ['チーム', '割り当て', 'メンバー', '責任者', 'キュー'],
    inTurn: '順番に割り当て',
    byQueue: 'キューから各自が取得',
    nobody: 'なし',
    calendar: '営業日と営業時間',
    notSigned: 'この節は運用の設定を写したもので、署名の対象には含まれません。',
    signatures: '署名',
    signatureHead: ['役割', '署名者', '署名'],
    unsigned: '未署名',
    notLookedUp: '未確認',
    how: (how, user) =>
      how === 'command line'
        ? `コマンドライン、OS のユーザー ${user}`
        : how === 'commit'
          ? '署名付きコミット'
          : 'コンソール',
    hash: (hash) => `SHA-256: ${hash}`,
    hashMeans:
      '署名は、この値を持つ agreement.yaml の本文に対するものです。本文が変わると値も変わり、署名は無効になります。',
    missing: 'まだ決まっていません。',
    or: 'または',
    comma: '、',
  },
  en: {
    title: (version) => `Agreement of marketing and sales, version ${version}`,
    inForce: (from) => `Both heads have signed this agreement. It is in force since ${from}.`,
    signed: (from) => `Both heads have signed this agreement. It holds from ${from}.`,
    proposal: (roles) =>
      `This is a proposal. Not signed yet by: ${roles}. It binds nobody until both heads have signed.`,
    unknown:
      'This is what stands in agreement.yaml. The ledger could not be opened, so its signatures were not looked up.',
    about: 'about',
    content: 'this version',
    version: 'version',
    effective: 'effective',
    goLive: 'go-live line',
    firstRun: 'the first run that was approved',
    adopt: 'people from before it',
    adopts: (within) =>
      `whoever entered a stage within ${within} before the go-live line, stands in it still and was not contacted since is taken in (handed over, with deadlines from the line on)`,
    appliesTo: 'applies to',
    appliesToNew: 'whoever meets the criteria from now on; nobody is handed over because of the wording alone',
    printed: 'printed',
    items: 'What was agreed',
    itemsAre: 'What both departments have agreed upon for MQL and SQL. What they have not is said to be open.',
    scores: 'Scores',
    stages: 'What makes a stage',
    responsible: (department) => `Responsible: ${department}`,
    one: 'Somebody of whom this is true:',
    all: 'Somebody of whom all of this is true:',
    takenOver: 'No criteria yet. What stands in either system is taken over.',
    handsOff: (team) => `Whoever enters this stage is handed over to ${team}.`,
    briefed:
      'The receiver finds a brief in Salesforce: why, the score and its parts, what they did, contact so far, what to begin with, by when.',
    secondPass:
      'A customer who meets the criteria anew, by what they did since, is handed over once more (a second pass).',
    flagged: 'A lifecycle stage that is moved on by hand in HubSpot moves nobody on; it is reported.',
    shownAsStatus: (pairs) => `Shown as the status of the Lead: ${pairs}.`,
    reasonsMean:
      'Whoever is rejected or recycled goes back to marketing with the reason, and is handed over again when they meet the criteria by what they do afterwards. Whoever is disqualified does not come back by themselves.',
    bant: 'Where BANT is recorded',
    bantHead: ['item', 'recorded in', 'counts as confirmed'],
    anyValue: 'anything but empty and “no”',
    deadlines: 'Deadlines',
    dayZero:
      'Business days count from the date of the start, which is day 0; the deadline is the close of business on the last of them. Business hours run while the office is open.',
    registration: 'Registration rules',
    required: (stage, fields) => `to be filled in by ${stage}: ${fields}`,
    updates: (within) => `status updates: within ${within}`,
    reasons: 'Reasons',
    reasonHead: ['when', 'reasons to choose from'],
    targets: 'Shared targets',
    targetHead: ['figure', 'target'],
    leastPercent: (percent) => `at least ${percent}%`,
    mostPercent: (percent) => `at most ${percent}%`,
    review: 'Review',
    reviewBy: (when, who) => `Both departments review this agreement ${when}. In charge: ${who}`,
    handOffs: 'Who receives',
    teamHead: ['team', 'assigned', 'members', 'manager', 'queue'],
    inTurn: 'in turn',
    byQueue: 'taken from the queue',
    nobody: 'none',
    calendar: 'Business days and hours',
    notSigned: 'This section shows settings of the operation, which are no part of what is signed.',
    signatures: 'Signatures',
    signatureHead: ['role', 'signed by', 'signature'],
    unsigned: 'not signed',
    notLookedUp: 'not looked up',
    how: (how, user) =>
      how === 'command line' ? `command line, system user ${user}` : how === 'commit' ? 'signed commit' : 'console',
    hash: (hash) => `SHA-256: ${hash}`,
    hashMeans:
      'The signatures are of the text of agreement.yaml that has this value. Another text has another value, and is unsigned.',
    missing: 'Not agreed yet.',
    or: ' or ',
    comma: ', ',
  },
};
