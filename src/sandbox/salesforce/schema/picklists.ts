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
