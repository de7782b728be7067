import { DOMAIN } from './domain.ts';

/** Where a member of staff has an account, and whether it still works. */
type Seat = 'active' | 'inactive' | 'none';

export type StaffMember = {
  email: string;
  lastName: string;
  firstName: string;
  title: string;
  team: 'is' | 'fs' | 'marketing';
  /** The manager's e-mail; managers stand before their people in the list. */
  manager?: string;
  hubspot: Seat;
  salesforce: Seat;
};

const at = (name: string): string => `${name}@${DOMAIN}`;

/** The people of our own company: both departments, and the seats that such companies really buy. */
export const STAFF: readonly StaffMember[] = [
  {
    email: at('hanako.sato'),
    lastName: '佐藤',
    firstName: '花子',
    title: 'マーケティング部長',
    team: 'marketing',
    hubspot: 'active',
    salesforce: 'none',
  },
  {
    email: at('emi.kato'),
    lastName: '加藤',
    firstName: '恵美',
    title: 'マーケティング担当',
    team: 'marketing',
    manager: at('hanako.sato'),
    hubspot: 'active',
    salesforce: 'none',
  },
  {
    email: at('ken.takahashi'),
    lastName: '高橋',
    firstName: '健',
    title: '営業部長',
    team: 'fs',
    hubspot: 'active',
    salesforce: 'active',
  },
  {
    email: at('mio.tanaka'),
    lastName: '田中',
    firstName: '美緒',
    title: 'インサイドセールス課長',
    team: 'is',
    manager: at('ken.takahashi'),
    hubspot: 'active',
    salesforce: 'active',
  },
  {
    email: at('taro.suzuki'),
    lastName: '鈴木',
    firstName: '太郎',
    title: 'インサイドセールス担当',
    team: 'is',
    manager: at('mio.tanaka'),
    hubspot: 'active',
    salesforce: 'active',
  },
  {
    email: at('aya.ito'),
    lastName: '伊藤',
    firstName: '彩',
    title: 'インサイドセールス担当',
    team: 'is',
    manager: at('mio.tanaka'),
    hubspot: 'active',
    salesforce: 'active',
  },
  {
    email: at('shota.watanabe'),
    lastName: '渡邊',
    firstName: '翔太',
    title: 'インサイドセールス担当',
    team: 'is',
    manager: at('mio.tanaka'),
    hubspot: 'none',
    salesforce: 'active',
  },
  {
    email: at('yuki.nakamura'),
    lastName: '中村',
    firstName: '由紀',
    title: 'フィールドセールス主任',
    team: 'fs',
    manager: at('ken.takahashi'),
    hubspot: 'active',
    salesforce: 'active',
  },
  {
    email: at('daisuke.kobayashi'),
    lastName: '小林',
    firstName: '大輔',
    title: 'フィールドセールス担当',
    team: 'fs',
    manager: at('ken.takahashi'),
    hubspot: 'none',
    salesforce: 'active',
  },
  {
    email: at('goro.yoshida'),
    lastName: '吉田',
    firstName: '五郎',
    title: 'フィールドセールス担当(退職)',
    team: 'fs',
    manager: at('ken.takahashi'),
    hubspot: 'inactive',
    salesforce: 'inactive',
  },
];

export const IS_QUEUE = {
  name: 'インサイドセールス',
  developerName: 'IS_Queue',
  email: at('inside-sales'),
  objects: ['Lead', 'Task'],
} as const;
