/**
 * Ends of host names by which a bare `example.com` is told from other words with a dot: all of countries, and of the
 * general ones those that are in use. `ltd` is missing: companies write `Co.Ltd`.
 */
const countries = `
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci
ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp
gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li
lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om
pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc
td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`;

const general = `
com net org info biz edu gov mil int name pro aero asia cat coop jobs mobi museum post tel travel xxx academy actor ads adult
agency apartments app art associates auction audio auto autos baby band bank bar bargains beauty beer berlin best bet bid bike
bingo bio black blog blue boats boo boston boutique broker build builders business buzz cab cafe cam camera camp capital cards
care careers cars casa cash casino catering center cfd charity chat cheap christmas church city claims cleaning click clinic
clothing cloud club coach codes coffee college community company computer condos construction consulting contact contractors
cooking cool country coupons courses credit creditcard cricket cruises cyou dad date dating day deals degree delivery democrat
dental dentist desi design dev diamonds diet digital direct directory discount doctor dog domains download earth education email
energy engineer engineering enterprises equipment esq estate eus events exchange expert exposed express fail faith family fan
fans farm fashion film finance financial fish fishing fit fitness flights florist flowers foo football forex forsale forum
foundation fun fund furniture futbol fyi gallery game games garden gay gift gifts gives giving glass global gmbh gold golf
goo google graphics gratis green gripe group guide guitars guru hair haus health healthcare help hiphop hockey holdings holiday
homes horse hospital host hosting hotel hotels house icu immo immobilien inc industries ink institute insurance insure
international investments irish jetzt jewelry kaufen kids kim kitchen kiwi land lat law lawyer lease legal lgbt life lighting
limited limo link live llc loan loans lol london lotto love luxe luxury makeup management market marketing markets mba media
memorial men menu moda moe mom monster mortgage motorcycles mov movie network new news ngo ninja nyc observer one onl online
ooo osaka page paris partners parts party pet phd photo photography photos pics pictures pink pizza plumbing plus poker porn
press prod productions prof promo properties property protection pub qpon quest racing realestate realty recipes red rehab
reisen rent rentals repair report republican rest restaurant review reviews rich rip rocks rodeo rsvp run sale salon sbs school
science secure security select services sex sexy shiksha shoes shop shopping show singles site ski skin soccer social software
solar solutions space sport store stream studio style sucks supplies supply support surf surgery sydney systems tattoo tax taxi
team tech technology tennis theater theatre tickets tienda tips tires tires today tokyo tools top tours town toys trade trading
training tube university uno vacations ventures vet viajes video villas vin vip vision vodka vote voting voyage wang watch
webcam website wedding wiki win wine work works world wtf xyz yachts yoga zip zone`;

const otherScripts = `
ไทย คอม рф бг мкд укр срб бел қаз онлайн сайт дети орг ком 中国 中國 香港 台湾 台灣 澳門 新加坡 公司 网络 网址 网店 在线 中文网 商城
みんな コム 한국 닷컴 भारत भारतम् संगठन ভারত இந்தியா இலங்கை ලංකා ລາວ გე հայ ευ ελ موقع شبكة امارات السعودية مصر ایران المغرب ישראל קום`;

const known = new Set(`${countries} ${general} ${otherScripts}`.trim().split(/\s+/u));

/** Whether the last label of a host name can be one, in any case. */
export function isTopLevel(label: string): boolean {
  const lower = label.toLowerCase();
  return known.has(lower) || /^xn--[a-z0-9-]{2,}$/u.test(lower);
}
