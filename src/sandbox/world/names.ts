export type Reading = { kanji: string; kana: string; romaji: string };

function readings(lines: string): Reading[] {
  return lines
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => {
      const [kanji, kana, romaji] = line.split(' ');
      return { kanji: kanji ?? '', kana: kana ?? '', romaji: romaji ?? '' };
    });
}

/** Faker knows Japanese names but not how they are read, and an address book in Japan needs both. */
export const SURNAMES: readonly Reading[] = readings(`
  佐藤 サトウ sato
  鈴木 スズキ suzuki
  高橋 タカハシ takahashi
  田中 タナカ tanaka
  伊藤 イトウ ito
  渡辺 ワタナベ watanabe
  渡邊 ワタナベ watanabe
  山本 ヤマモト yamamoto
  中村 ナカムラ nakamura
  小林 コバヤシ kobayashi
  加藤 カトウ kato
  吉田 ヨシダ yoshida
  山田 ヤマダ yamada
  佐々木 ササキ sasaki
  山口 ヤマグチ yamaguchi
  松本 マツモト matsumoto
  井上 イノウエ inoue
  木村 キムラ kimura
  林 ハヤシ hayashi
  斎藤 サイトウ saito
  齋藤 サイトウ saito
  清水 シミズ shimizu
  山崎 ヤマザキ yamazaki
  森 モリ mori
  池田 イケダ ikeda
  橋本 ハシモト hashimoto
  阿部 アベ abe
  石川 イシカワ ishikawa
  山下 ヤマシタ yamashita
  中島 ナカジマ nakajima
  石井 イシイ ishii
  小川 オガワ ogawa
  前田 マエダ maeda
  岡田 オカダ okada
  長谷川 ハセガワ hasegawa
  藤田 フジタ fujita
  後藤 ゴトウ goto
  近藤 コンドウ kondo
  村上 ムラカミ murakami
  遠藤 エンドウ endo
  青木 アオキ aoki
  坂本 サカモト sakamoto
  福田 フクダ fukuda
  太田 オオタ ota
  西村 ニシムラ nishimura
  藤井 フジイ fujii
  岡本 オカモト okamoto
  藤原 フジワラ fujiwara
  三浦 ミウラ miura
  中野 ナカノ nakano
  髙田 タカダ takada
  原田 ハラダ harada
  小野 オノ ono
  竹内 タケウチ takeuchi
  金子 カネコ kaneko
  和田 ワダ wada
  中山 ナカヤマ nakayama
  五十嵐 イガラシ igarashi
`);

export const GIVEN_NAMES: readonly Reading[] = readings(`
  翔太 ショウタ shota
  健太郎 ケンタロウ kentaro
  大輔 ダイスケ daisuke
  拓也 タクヤ takuya
  直樹 ナオキ naoki
  誠 マコト makoto
  隆 タカシ takashi
  達也 タツヤ tatsuya
  和彦 カズヒコ kazuhiko
  浩二 コウジ koji
  秀樹 ヒデキ hideki
  亮 リョウ ryo
  哲也 テツヤ tetsuya
  雄大 ユウダイ yudai
  涼太 リョウタ ryota
  英樹 ヒデキ hideki
  博之 ヒロユキ hiroyuki
  祐介 ユウスケ yusuke
  陸 リク riku
  蓮 レン ren
  美咲 ミサキ misaki
  陽子 ヨウコ yoko
  恵子 ケイコ keiko
  由美子 ユミコ yumiko
  智子 トモコ tomoko
  裕子 ヒロコ hiroko
  彩 アヤ aya
  愛 アイ ai
  麻衣 マイ mai
  香織 カオリ kaori
  明美 アケミ akemi
  直美 ナオミ naomi
  優子 ユウコ yuko
  千尋 チヒロ chihiro
  さくら サクラ sakura
  ひなた ヒナタ hinata
  結衣 ユイ yui
  真由美 マユミ mayumi
  沙織 サオリ saori
  葵 アオイ aoi
`);
