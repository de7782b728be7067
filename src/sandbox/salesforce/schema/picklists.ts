/**
 * The lists of a Japanese org. Their API names are Japanese too, as they are in most orgs that were set up in Japan,
 * so a connector with English values in its code fails here as it would there.
 */

export const LEAD_STATUSES = ['未対応', '対応中', '見込みあり', '対象外'] as const;
export const LEAD_STATUS_DEFAULT = '未対応';
export const LEAD_STATUS_CONVERTED = '見込みあり';

export const TASK_STATUSES = ['未着手', '進行中', '完了', '待機', '延期'] as const;
export const TASK_STATUS_DEFAULT = '未着手';
export const TASK_STATUS_CLOSED = '完了';

export const TASK_PRIORITIES = ['高', '中', '低'] as const;
export const TASK_PRIORITY_DEFAULT = '中';
export const TASK_PRIORITY_HIGH = '高';

export const TASK_SUBTYPES = ['Task', 'Call', 'Email', 'ListEmail', 'Cadence', 'LinkedIn'] as const;
export const LEAD_SOURCES = ['Web', '広告', '展示会', '紹介', 'その他'] as const;
export const INDUSTRIES = ['製造', '金融', '情報通信', '小売', '建設', '医療', '教育', 'その他'] as const;
export const RATINGS = ['高', '中', '低'] as const;
export const SALUTATIONS = ['様', '先生'] as const;

type Stage = { name: string; probability: number; forecast: string; closed?: boolean; won?: boolean };

/** In the order of the sales process; the forecast categories keep their English names in every org. */
export const STAGES: readonly Stage[] = [
  { name: '初回訪問', probability: 10, forecast: 'Pipeline' },
  { name: '提案', probability: 30, forecast: 'Pipeline' },
  { name: '見積提示', probability: 50, forecast: 'Best Case' },
  { name: '交渉', probability: 75, forecast: 'Commit' },
  { name: '受注', probability: 100, forecast: 'Closed', closed: true, won: true },
  { name: '失注', probability: 0, forecast: 'Omitted', closed: true },
];

export const FORECAST_CATEGORIES = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'] as const;
export const OPPORTUNITY_TYPES = ['新規顧客', '既存顧客 - アップグレード', '既存顧客 - 追加'] as const;
export const CONTACT_ROLES = ['決裁者', '承認者', '評価者', '利用部門', '窓口', 'その他'] as const;
export const LOSS_REASONS = ['価格', '競合', '予算凍結', '時期尚早', '機能不足', 'その他'] as const;
export const ACCOUNT_TIERS = ['A', 'B', 'C'] as const;

export const CAMPAIGN_TYPES = ['展示会', 'セミナー', 'ウェビナー', 'メール', '広告', 'その他'] as const;
export const CAMPAIGN_STATUSES = ['計画中', '進行中', '完了', '中止'] as const;
/** What every new campaign offers, the first of them to a member that names none. */
export const MEMBER_STATUSES = [
  { label: '送信', responded: false },
  { label: 'レスポンスあり', responded: true },
] as const;

/** Stored as digits: new, read, replied, sent, forwarded, draft. */
export const MAIL_STATUSES = ['0', '1', '2', '3', '4', '5'] as const;
export const MAIL_DRAFT = '5';
