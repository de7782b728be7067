import { faker } from '@faker-js/faker/locale/ja';
import type { Random } from '../kernel/random.ts';
import { drawPhone, type Phone } from './phones.ts';

type Industry = { hubspot: string; salesforce: string };

/** HubSpot keeps a code, a Japanese Salesforce org its own word. */
const INDUSTRIES: readonly Industry[] = [
  { hubspot: 'MANUFACTURING', salesforce: '製造' },
  { hubspot: 'BANKING', salesforce: '金融' },
  { hubspot: 'INFORMATION_TECHNOLOGY_AND_SERVICES', salesforce: '情報通信' },
  { hubspot: 'RETAIL', salesforce: '小売' },
  { hubspot: 'CONSTRUCTION', salesforce: '建設' },
  { hubspot: 'HOSPITAL_HEALTH_CARE', salesforce: '医療' },
  { hubspot: 'EDUCATION_MANAGEMENT', salesforce: '教育' },
  { hubspot: 'LOGISTICS_AND_SUPPLY_CHAIN', salesforce: 'その他' },
];

export type Company = {
  name: string;
  /** The same company as another hand wrote it. */
  otherName: string;
  domain: string;
  industry: Industry;
  prefecture: string;
  phone: Phone;
};

const CORES: readonly (readonly [name: string, romaji: string])[] = [
  ['東和', 'towa'],
  ['日進', 'nisshin'],
  ['大栄', 'daiei'],
  ['みなと', 'minato'],
  ['さくら', 'sakura'],
  ['北辰', 'hokushin'],
  ['富士見', 'fujimi'],
  ['青葉', 'aoba'],
  ['三栄', 'sanei'],
  ['朝日野', 'asahino'],
  ['光陽', 'koyo'],
  ['中央', 'chuo'],
  ['瑞穂', 'mizuho'],
  ['若松', 'wakamatsu'],
  ['常盤', 'tokiwa'],
  ['新星', 'shinsei'],
  ['くすのき', 'kusunoki'],
  ['飛鳥', 'asuka'],
  ['秋月', 'akizuki'],
  ['ひかり', 'hikari'],
];

const TRADES: Readonly<Record<string, readonly (readonly [name: string, romaji: string])[]>> = {
  MANUFACTURING: [
    ['製作所', 'seisakusho'],
    ['精機', 'seiki'],
    ['化学工業', 'kagaku'],
  ],
  BANKING: [
    ['信用金庫', 'shinkin'],
    ['ファイナンス', 'finance'],
  ],
  INFORMATION_TECHNOLOGY_AND_SERVICES: [
    ['システムズ', 'systems'],
    ['ソフトウェア', 'software'],
    ['データ', 'data'],
  ],
  RETAIL: [
    ['ストア', 'store'],
    ['商店', 'shoten'],
    ['百貨店', 'department'],
  ],
  CONSTRUCTION: [
    ['建設', 'kensetsu'],
    ['工務店', 'komuten'],
  ],
  HOSPITAL_HEALTH_CARE: [
    ['メディカル', 'medical'],
    ['医療機器', 'iryo'],
  ],
  EDUCATION_MANAGEMENT: [
    ['アカデミー', 'academy'],
    ['教育出版', 'kyoiku'],
  ],
  LOGISTICS_AND_SUPPLY_CHAIN: [
    ['運輸', 'unyu'],
    ['ロジスティクス', 'logistics'],
  ],
};

/** Faker's table, our draw: seeding its own generator for every company would cost more than all the rest. */
const PREFECTURES: readonly string[] = faker.definitions.location.state ?? [];

/** Companies with domains under `example.co.jp`, each name once. */
export function drawCompanies(random: Random, count: number): Company[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, () => {
    const industry = random.pick(INDUSTRIES);
    const [core, coreRomaji] = random.pick(CORES);
    const [trade, tradeRomaji] = random.pick(TRADES[industry.hubspot] ?? [['商事', 'shoji'] as const]);
    const label = unique(taken, `${coreRomaji}-${tradeRomaji}`);
    const bare = label.number === 1 ? `${core}${trade}` : `第${label.number}${core}${trade}`;
    const before = random.chance(0.6);
    return {
      name: before ? `株式会社${bare}` : `${bare}株式会社`,
      otherName: before ? `(株)${bare}` : `${bare}㈱`,
      domain: `${label.text}.example.co.jp`,
      industry,
      prefecture: random.pick(PREFECTURES),
      phone: drawPhone(random),
    };
  });
}

function unique(taken: Set<string>, wanted: string): { text: string; number: number } {
  let number = 1;
  let text = wanted;
  while (taken.has(text)) {
    number += 1;
    text = `${wanted}${number}`;
  }
  taken.add(text);
  return { text, number };
}
