/**
 * Hosts that many companies and people stand behind, so that sharing one says nothing. A name below one of them (`aozora.wixsite.com`)
 * is as good as the host itself: it is given away with the account, and goes with it.
 *
 * A host that is missing here brings strangers together; one too many only leaves a match to name and key. In doubt it belongs here.
 */
const SHARED = {
  // Free mail, the world's
  freeMail: `
    gmail.com googlemail.com yahoo.com ymail.com rocketmail.com aol.com aim.com mail.com outlook.com hotmail.com
    live.com msn.com windowslive.com icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com
    fastmail.com zoho.com zohomail.com hey.com gmx.com gmx.net gmx.de web.de yandex.com yandex.ru mail.ru naver.com
    hanmail.net daum.net qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com 139.com yahoo.co.uk yahoo.fr
    yahoo.de yahoo.com.tw yahoo.com.hk yahoo.co.in hotmail.co.uk`,
  // Free mail, Japan
  freeMailInJapan: `
    yahoo.co.jp yahoo.ne.jp ybb.ne.jp outlook.jp hotmail.co.jp live.jp aol.jp excite.co.jp infoseek.jp goo.jp
    goo.ne.jp livedoor.com inter7.jp nifmail.jp`,
  // Mail of Japan's mobile carriers
  mobileCarriers: `
    docomo.ne.jp mopera.net ezweb.ne.jp au.com auone.jp uqmobile.jp softbank.ne.jp i.softbank.jp vodafone.ne.jp
    disney.ne.jp disneymobile.ne.jp jp-t.ne.jp ymobile.ne.jp ymobile1.ne.jp y-mobile.ne.jp emnet.ne.jp emobile.ne.jp
    willcom.com wcm.ne.jp pdx.ne.jp rakumail.jp mineo.jp iijmio-mail.jp tu-ka.ne.jp`,
  // Mail and home pages of Japan's access providers, which small firms use for business
  accessProviders: `
    nifty.com nifty.ne.jp ocn.ne.jp ocn.jp biglobe.ne.jp biglobe.jp so-net.ne.jp so-net.jp plala.or.jp odn.ne.jp
    odn.jp dion.ne.jp auone-net.jp asahi-net.or.jp eonet.ne.jp zaq.ne.jp zaq.jp home.ne.jp hi-ho.ne.jp wakwak.com
    infoweb.ne.jp dti.ne.jp bekkoame.ne.jp commufa.jp iij4u.or.jp tiki.ne.jp cyberhome.ne.jp tcp-ip.or.jp ctt.ne.jp
    rim.or.jp sannet.ne.jp highway.ne.jp megaegg.ne.jp pikara.ne.jp bbiq.jp mctv.ne.jp coara.or.jp`,
  // Sites made of parts, given away under the maker's name
  siteMakers: `
    wix.com wixsite.com jimdo.com jimdofree.com jimdosite.com jimdoweb.com weebly.com wordpress.com blogspot.com
    squarespace.com webflow.io strikingly.com godaddysites.com site123.me sites.google.com business.site g.page
    goo.gl forms.gle notion.site carrd.co github.io netlify.app vercel.app pages.dev herokuapp.com azurewebsites.net
    web.app firebaseapp.com peraichi.com crayonsite.com crayonsite.net amebaownd.com shopinfo.jp themedia.jp
    localinfo.jp studio.site goope.jp webnode.jp webnode.com owst.jp`,
  // Space rented from Japanese hosts, before a domain of one's own
  rentedSpace: `
    sakura.ne.jp sakuraweb.com xsrv.jp lolipop.jp heteml.net heteml.jp coreserver.jp starfree.jp fc2.com fc2web.com
    geocities.jp geocities.co.jp kagoyacloud.com conohawing.com xdomain.jp valueserver.jp wadax.ne.jp cpi.ad.jp
    bizmw.com`,
  // Shops, pages and profiles on somebody else's platform
  platforms: `
    myshopify.com thebase.in base.shop base.ec stores.jp shop-pro.jp makeshop.jp ocnk.net rakuten.co.jp
    rakuten.ne.jp amazon.co.jp amazon.com facebook.com fb.com instagram.com twitter.com x.com linkedin.com
    youtube.com youtu.be tiktok.com line.me lin.ee linktr.ee lit.link note.com note.mu ameblo.jp ameba.jp
    hatenablog.com hatenablog.jp hatena.ne.jp livedoor.blog blog.jp qiita.com medium.com bit.ly tabelog.com
    gnavi.co.jp hotpepper.jp ekiten.jp itp.ne.jp wantedly.com prtimes.jp baseconnect.in`,
};

const SHARED_HOSTS: ReadonlySet<string> = new Set(Object.values(SHARED).flatMap((hosts) => hosts.trim().split(/\s+/u)));

/** Is this host, or one above it, everybody's? */
export function isShared(host: string): boolean {
  const labels = host.split('.');
  return labels.some((_, nth) => SHARED_HOSTS.has(labels.slice(nth).join('.')));
}

/** `co.jp`, `com.tw`: where names are handed out below, and nobody is at home. */
const REGISTRY = /^(?:ac|ad|co|com|ed|edu|go|gov|gr|lg|ne|net|or|org)\.[a-z]{2}$/u;

/** Is this host a registry's own? */
export function isRegistry(host: string): boolean {
  return REGISTRY.test(host);
}
