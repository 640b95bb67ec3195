//! Slavic and Baltic languages in Latin and Cyrillic letters: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 15] = [
    RU, UK, BE, BG, MK, SR_CYRL, SR_LATN, HR, BS, SL, PL, CS, SK, LT, LV,
];

const RU: Profile = Profile {
    tag: "ru",
    script: "Cyrl",
    words: "и в не на я что он с как это она по но они мы к у ты из за вы так же от все всё о его до для мне её было быть был была \
        были если или ни есть уже их при когда где кто чтобы этот эта эти этого той только ещё может можно нет да вот надо нужно \
        должен должны каждый каждая каждое каждого человек люди право имеет без под над между после перед через очень много \
        сколько почему какой какая какие который которая которое которые себя свой своей своих него ней них нам вам им меня тебя \
        один два три четыре пять десять день дней неделю недели час часов год лет стоит всего половина вдвое раз ответ вопрос помощь",
    text: "Каждый гражданин может голосовать, и никто не может быть наказан без справедливого суда. Закон защищает свободу всех \
        людей, а государство обязано уважать их права, их семью и их труд. Мария купила двенадцать яблок и отдала пять из них \
        своему брату. Сколько яблок у неё осталось? Каждая коробка стоит три доллара, значит, четыре коробки стоят всего двенадцать \
        долларов. Каждую неделю он работает сорок часов и зарабатывает вдвое больше, чем его сестра. Мужчина открыл дверь, потому \
        что шёл дождь. Дети были голодны, поэтому их мать приготовила ужин. Вчера мы ходили на рынок с нашими друзьями, но магазин \
        уже был закрыт. Извините, но я не могу помочь вам с этой просьбой. Сначала прочитайте указания, затем выберите лучший ответ \
        и объясните почему. Тебе следует пить больше воды и хорошо спать. Если вам нужны дополнительные сведения, спросите врача \
        или учителя в школе. Что вы хотите узнать об истории этой страны? Ничто в этих правилах не может быть использовано против кого-либо. \
        Моя бабушка держит на своей ферме двадцать кур, двух лошадей и маленькую собаку. В понедельник утром автобус \
        опоздал, поэтому девочка побежала в школу и села у окна. Он положил ключи на кухонный стол, вымыл руки и включил \
        свет. Если поезд за один час проезжает шестьдесят километров, то какое расстояние он проедет за половину этого \
        времени? Полиция нашла украденную машину возле моста. Она тратит треть зарплаты на аренду квартиры, а остальное \
        откладывает. На каждом этаже находится восемь комнат, в другом здании их вполовину меньше. Для салата требуется \
        два помидора и сто граммов сыра, согласно рецепту. Социальное обеспечение, образование и здоровье относятся к \
        жизни в обществе.",
};

const UK: Profile = Profile {
    tag: "uk",
    script: "Cyrl",
    words: "і в не на я що він з як це вона по але вони ми до у ти із за ви так же від всі все про його для мені її було бути був \
        була були якщо або ні є вже їх при коли де хто щоб цей ця ці цього тієї тільки ще може можна немає так ось треба потрібно \
        повинен повинні кожний кожен кожна кожного людина люди право має без під над між після перед через дуже багато скільки \
        чому який яка яке які себе свій своєї своїх нього неї них нам вам їм мене тебе один два три чотири п'ять десять день днів \
        тиждень тижня година годин рік років коштує всього половина вдвічі раз відповідь питання допомога та й чи",
    text: "Кожен громадянин може голосувати, і ніхто не може бути покараний без справедливого суду. Закон захищає свободу всіх \
        людей, а держава зобов'язана поважати їхні права, їхню родину та їхню працю. Марія купила дванадцять яблук і віддала п'ять \
        із них своєму братові. Скільки яблук у неї залишилося? Кожна коробка коштує три долари, отже, чотири коробки коштують усього \
        дванадцять доларів. Щотижня він працює сорок годин і заробляє вдвічі більше, ніж його сестра. Чоловік відчинив двері, тому \
        що йшов дощ. Діти були голодні, тому їхня мати приготувала вечерю. Учора ми ходили на ринок із нашими друзями, але крамниця \
        вже була зачинена. Вибачте, але я не можу допомогти вам із цим проханням. Спочатку прочитайте вказівки, потім виберіть \
        найкращу відповідь і поясніть чому. Тобі слід пити більше води й добре спати. Якщо вам потрібні додаткові відомості, \
        запитайте лікаря або вчителя в школі. Що ви хочете дізнатися про історію цієї країни? Ніщо в цих правилах не може бути використане проти будь-кого. \
        Моя бабуся тримає на своїй фермі двадцять курей, двох коней і маленького собаку. У понеділок уранці автобус \
        запізнився, тому дівчинка побігла до школи й сіла біля вікна. Він поклав ключі на кухонний стіл, вимив руки й \
        увімкнув світло. Якщо потяг за одну годину проїжджає шістдесят кілометрів, то яку відстань він проїде за \
        половину цього часу? Поліція знайшла вкрадену машину біля мосту. Вона витрачає третину зарплати на оренду \
        квартири, а решту заощаджує. Соціальне забезпечення, освіта та здоров'я належать до життя в суспільстві.",
};

const BE: Profile = Profile {
    tag: "be",
    script: "Cyrl",
    words: "і ў не на я што ён з як гэта яна па але яны мы да у ты за вы так жа ад усе усё пра яго для мне яе было быць быў была \
        былі калі або ні ёсць ужо іх дзе хто каб гэты гэтая гэтыя толькі яшчэ можа можна няма трэба павінен кожны чалавек людзі \
        права мае без пад над паміж пасля перад праз вельмі шмат колькі чаму які якая якія сябе свой адзін два тры чатыры пяць \
        дзесяць дзень тыдзень год каштуе адказ пытанне дапамога",
    text: "Кожны грамадзянін можа галасаваць, і ніхто не можа быць пакараны без справядлівага суда. Закон абараняе свабоду ўсіх \
        людзей, а дзяржава павінна паважаць іх правы, іх сям'ю і іх працу. Марыя купіла дванаццаць яблыкаў і аддала пяць з іх свайму \
        брату. Колькі яблыкаў у яе засталося? Кожная скрынка каштуе тры рублі. Мужчына адчыніў дзверы, таму што ішоў дождж. Дзеці былі \
        галодныя, таму іх маці прыгатавала вячэру. Учора мы хадзілі на рынак з нашымі сябрамі, але крама ўжо была зачынена.",
};

const BG: Profile = Profile {
    tag: "bg",
    script: "Cyrl",
    words: "и на да се в е за не от с че по са като но си до това той тя те ние вие аз ти го му ѝ ги им беше бяха съм сме сте ще \
        или ако при когато къде кой коя кое които което която защо как колко какво всеки всички всичко никой нищо много само още \
        вече може трябва има няма право човек хора без под над между след преди през един една две три четири пет десет ден дни \
        седмица час година струва общо отговор въпрос помощ така обаче",
    text: "Всеки гражданин може да гласува и никой не може да бъде наказан без справедлив съд. Законът защитава свободата на всички \
        хора, а държавата трябва да зачита техните права, семейството и труда им. Мария купи дванадесет ябълки и даде пет от тях на \
        брат си. Колко ябълки ѝ останаха? Всяка кутия струва три лева. Мъжът отвори вратата, защото валеше дъжд. Децата бяха гладни, \
        затова майка им приготви вечеря. Вчера ходихме на пазара с нашите приятели, но магазинът вече беше затворен. Съжалявам, но не \
        мога да ви помогна с това. Първо прочетете указанията, след това изберете най-добрия отговор.",
};

const MK: Profile = Profile {
    tag: "mk",
    script: "Cyrl",
    words: "и на да се во е за не од со дека по се како но си до ова тој таа тие ние вие јас ти го му ја ги им беше беа сум сме сте \
        ќе или ако при кога каде кој која кое кои зошто како колку што секој сите сѐ никој ништо многу само уште веќе може треба има \
        нема право човек луѓе без под над меѓу по пред преку еден една две три четири пет десет ден недела година чини одговор прашање",
    text: "Секој граѓанин може да гласа и никој не смее да биде казнет без праведно судење. Законот ја штити слободата на сите луѓе, а \
        државата мора да ги почитува нивните права, нивното семејство и нивната работа. Марија купи дванаесет јаболка и му даде пет \
        на својот брат. Колку јаболка ѝ останаа? Секоја кутија чини три денари. Мажот ја отвори вратата затоа што врнеше дожд. Децата \
        беа гладни, па мајка им подготви вечера. Вчера отидовме на пазар со нашите пријатели, но продавницата веќе беше затворена.",
};

const SR_CYRL: Profile = Profile {
    tag: "sr",
    script: "Cyrl",
    words: "и у је да се на за не од са су као што а или који која које ће би али он она они ми ви ја ти га му јој их им био била \
        било бити смо сте сам ако кад када где ко зашто како колико шта свако сваки сви све нико ништа много само још већ може треба \
        мора има нема право човек људи без под над између после пре кроз један једна два три четири пет десет дан недеља година \
        кошта одговор питање помоћ његов њен њихов свој овај ова ово тај та то",
    text: "Сваки грађанин може да гласа и нико не сме бити кажњен без праведног суђења. Закон штити слободу свих људи, а држава мора \
        да поштује њихова права, њихову породицу и њихов рад. Марија је купила дванаест јабука и дала пет од њих свом брату. Колико \
        јој је јабука остало? Свака кутија кошта три динара. Човек је отворио врата зато што је падала киша. Деца су била гладна, па \
        је њихова мајка спремила вечеру. Јуче смо ишли на пијацу са нашим пријатељима, али продавница је већ била затворена. Жао ми \
        је, али не могу да вам помогнем са овим захтевом. Прво прочитајте упутства, а затим изаберите најбољи одговор.",
};

const SR_LATN: Profile = Profile {
    tag: "sr",
    script: "Latn",
    words: "i u je da se na za ne od sa su kao što a ili koji koja koje će bi ali on ona oni mi vi ja ti ga mu joj ih im bio bila \
        bilo biti smo ste sam ako kad kada gde ko zašto kako koliko šta svako svaki svi sve niko ništa mnogo samo još već može treba \
        mora ima nema pravo čovek ljudi bez pod nad između posle pre kroz jedan jedna dva tri četiri pet deset dan nedelja godina \
        košta odgovor pitanje pomoć njegov njen njihov svoj ovaj ova ovo taj ta to",
    text: "Svaki građanin može da glasa i niko ne sme biti kažnjen bez pravednog suđenja. Zakon štiti slobodu svih ljudi, a država \
        mora da poštuje njihova prava, njihovu porodicu i njihov rad. Marija je kupila dvanaest jabuka i dala pet od njih svom bratu. \
        Koliko joj je jabuka ostalo? Svaka kutija košta tri dinara. Čovek je otvorio vrata zato što je padala kiša. Deca su bila \
        gladna, pa je njihova majka spremila večeru. Juče smo išli na pijacu sa našim prijateljima, ali prodavnica je već bila \
        zatvorena. Žao mi je, ali ne mogu da vam pomognem sa ovim zahtevom. Prvo pročitajte uputstva, a zatim izaberite najbolji odgovor.",
};

const HR: Profile = Profile {
    tag: "hr",
    script: "Latn",
    words: "i u je da se na za ne od s sa su kao što a ili koji koja koje će bi ali on ona oni mi vi ja ti ga mu joj ih im bio bila \
        bilo biti smo ste sam ako kad kada gdje tko zašto kako koliko što svatko svaki svi sve nitko ništa mnogo samo još već može \
        treba mora ima nema pravo čovjek ljudi bez pod nad između poslije prije kroz jedan jedna dva tri četiri pet deset dan tjedan \
        godina stoji odgovor pitanje pomoć njegov njezin njihov svoj ovaj ova ovo taj ta to",
    text: "Svaki građanin može glasovati i nitko ne smije biti kažnjen bez pravednog suđenja. Zakon štiti slobodu svih ljudi, a \
        država mora poštovati njihova prava, njihovu obitelj i njihov rad. Marija je kupila dvanaest jabuka i dala pet od njih svojem \
        bratu. Koliko joj je jabuka ostalo? Svaka kutija stoji tri eura. Čovjek je otvorio vrata jer je padala kiša. Djeca su bila \
        gladna, pa je njihova majka pripremila večeru. Jučer smo išli na tržnicu s našim prijateljima, ali trgovina je već bila \
        zatvorena. Žao mi je, ali ne mogu vam pomoći s ovim zahtjevom. Najprije pročitajte upute, a zatim odaberite najbolji odgovor.",
};

const BS: Profile = Profile {
    tag: "bs",
    script: "Latn",
    words: "i u je da se na za ne od s sa su kao što a ili koji koja koje će bi ali on ona oni mi vi ja ti ga mu joj ih im bio bila \
        bilo biti smo ste sam ako kad kada gdje ko zašto kako koliko šta svako svaki svi sve niko ništa mnogo samo još već može \
        treba mora ima nema pravo čovjek ljudi bez pod nad između poslije prije kroz jedan jedna dva tri četiri pet deset dan sedmica \
        godina košta odgovor pitanje pomoć njegov njen njihov svoj ovaj ova ovo taj ta to",
    text: "Svaki građanin može glasati i niko ne smije biti kažnjen bez pravednog suđenja. Zakon štiti slobodu svih ljudi, a država \
        mora poštovati njihova prava, njihovu porodicu i njihov rad. Marija je kupila dvanaest jabuka i dala pet od njih svom bratu. \
        Koliko joj je jabuka ostalo? Svaka kutija košta tri marke. Čovjek je otvorio vrata zato što je padala kiša. Djeca su bila \
        gladna, pa je njihova majka spremila večeru. Jučer smo išli na pijacu s našim prijateljima, ali prodavnica je već bila \
        zatvorena. Žao mi je, ali ne mogu vam pomoći s ovim zahtjevom. Prvo pročitajte uputstva, a zatim izaberite najbolji odgovor.",
};

const SL: Profile = Profile {
    tag: "sl",
    script: "Latn",
    words: "in je v na da se za ne s z so ki ali pri po kot če pa tudi od do bi bo lahko mora ima nima vsak vsi vse nihče nič kdo \
        kaj kje kdaj kako koliko zakaj on ona oni mi vi jaz ti njegov njen njihov svoj ta to te brez pod nad med pred skozi en dva \
        tri štiri pet deset dan teden leto stane odgovor vprašanje pomoč pravica človek ljudje zelo samo še že",
    text: "Vsak državljan lahko voli in nihče ne sme biti kaznovan brez poštenega sojenja. Zakon varuje svobodo vseh ljudi, država pa \
        mora spoštovati njihove pravice, njihovo družino in njihovo delo. Marija je kupila dvanajst jabolk in jih pet dala bratu. \
        Koliko jabolk ji je ostalo? Vsaka škatla stane tri evre. Moški je odprl vrata, ker je deževalo. Otroci so bili lačni, zato je \
        njihova mati skuhala večerjo. Včeraj smo šli na trg s prijatelji, toda trgovina je bila že zaprta. Žal vam ne morem pomagati.",
};

const PL: Profile = Profile {
    tag: "pl",
    script: "Latn",
    words: "i w nie na się z do to że jest o jak ale po co tak za od jego jej ich by był była było być są już lub albo czy gdy kiedy \
        gdzie kto który która które którzy każdy każda wszyscy wszystko nikt nic tylko jeszcze może można musi ma mają prawo bez pod \
        nad między przed przez bardzo wiele ile dlaczego jaki on ona oni my wy ja ty mnie ciebie jeden dwa trzy cztery pięć dziesięć \
        dzień dni tydzień godzin rok lat kosztuje odpowiedź pytanie pomoc człowiek ludzie swój swoje oraz także dla",
    text: "Każdy obywatel może głosować i nikt nie może zostać ukarany bez sprawiedliwego procesu. Prawo chroni wolność wszystkich \
        ludzi, a państwo musi szanować ich prawa, ich rodzinę i ich pracę. Maria kupiła dwanaście jabłek i dała pięć z nich swojemu \
        bratu. Ile jabłek jej zostało? Każde pudełko kosztuje trzy złote. Mężczyzna otworzył drzwi, ponieważ padał deszcz. Dzieci były \
        głodne, więc ich matka ugotowała kolację. Wczoraj poszliśmy na targ z naszymi przyjaciółmi, ale sklep był już zamknięty. \
        Przykro mi, ale nie mogę ci pomóc w tej sprawie. Najpierw przeczytaj instrukcję, a potem wybierz najlepszą odpowiedź.",
};

const CS: Profile = Profile {
    tag: "cs",
    script: "Latn",
    words: "a se v je na že s z do i to o k ve pro za by ale si po jako jsem jsou byl byla bylo být už nebo když kde kdo který \
        která které každý všichni všechno nikdo nic jen ještě může musí má mají právo bez pod nad mezi před přes velmi mnoho kolik \
        proč jaký on ona oni my vy já ty jeden dva tři čtyři pět deset den dní týden hodin rok let stojí odpověď otázka pomoc člověk lidé svůj",
    text: "Každý občan může volit a nikdo nesmí být potrestán bez spravedlivého procesu. Zákon chrání svobodu všech lidí a stát musí \
        respektovat jejich práva, jejich rodinu a jejich práci. Marie koupila dvanáct jablek a pět z nich dala svému bratrovi. Kolik \
        jablek jí zbylo? Každá krabice stojí tři koruny. Muž otevřel dveře, protože pršelo. Děti měly hlad, a tak jejich matka uvařila \
        večeři. Včera jsme šli na trh s našimi přáteli, ale obchod byl už zavřený. Je mi líto, ale s touto žádostí vám nemohu pomoci.",
};

const SK: Profile = Profile {
    tag: "sk",
    script: "Latn",
    words: "a sa v je na že s z do i to o k vo pre za by ale si po ako som sú bol bola bolo byť už alebo keď kde kto ktorý ktorá \
        ktoré každý všetci všetko nikto nič len ešte môže musí má majú právo bez pod nad medzi pred cez veľmi mnoho koľko prečo aký \
        on ona oni my vy ja ty jeden dva tri štyri päť desať deň dní týždeň hodín rok rokov stojí odpoveď otázka pomoc človek ľudia svoj",
    text: "Každý občan môže voliť a nikto nesmie byť potrestaný bez spravodlivého procesu. Zákon chráni slobodu všetkých ľudí a štát \
        musí rešpektovať ich práva, ich rodinu a ich prácu. Mária kúpila dvanásť jabĺk a päť z nich dala svojmu bratovi. Koľko jabĺk \
        jej zostalo? Každá škatuľa stojí tri eurá. Muž otvoril dvere, pretože pršalo. Deti boli hladné, a tak ich matka uvarila večeru. \
        Včera sme išli na trh s našimi priateľmi, ale obchod bol už zatvorený. Je mi ľúto, ale s touto žiadosťou vám nemôžem pomôcť.",
};

const LT: Profile = Profile {
    tag: "lt",
    script: "Latn",
    words: "ir yra kad į su ne tai iš jis ji jie mes jūs aš tu jo jos jų ar arba bet kaip kai kur kas kuris kuri kiekvienas visi \
        niekas nieko tik dar jau gali turi teisę be po prieš per labai daug kiek kodėl koks vienas du trys keturi penki dešimt diena \
        savaitė metai kainuoja atsakymas klausimas pagalba žmogus žmonės savo buvo bus būti už nuo iki dėl pagal",
    text: "Kiekvienas pilietis gali balsuoti ir niekas negali būti nubaustas be teisingo teismo. Įstatymas saugo visų žmonių laisvę, \
        o valstybė turi gerbti jų teises, šeimą ir darbą. Marija nusipirko dvylika obuolių ir penkis atidavė broliui. Kiek obuolių jai \
        liko? Vyras atidarė duris, nes lijo. Vaikai buvo alkani, todėl motina išvirė vakarienę. Vakar su draugais ėjome į turgų, bet \
        parduotuvė jau buvo uždaryta. Atsiprašau, bet negaliu jums padėti.",
};

const LV: Profile = Profile {
    tag: "lv",
    script: "Latn",
    words: "un ir ka uz ar ne tas no viņš viņa viņi mēs jūs es tu vai bet kā kad kur kas kurš kura katrs katram visi neviens nekas \
        tikai vēl jau var tiesības bez pēc pirms caur ļoti daudz cik kāpēc kāds viens divi trīs četri pieci desmit diena nedēļa gads \
        maksā atbilde jautājums palīdzība cilvēks cilvēki savu bija būs būt par līdz pie",
    text: "Katrs pilsonis var balsot, un nevienu nedrīkst sodīt bez taisnīgas tiesas. Likums aizsargā visu cilvēku brīvību, un valstij \
        ir jāciena viņu tiesības, ģimene un darbs. Marija nopirka divpadsmit ābolus un piecus no tiem atdeva brālim. Cik ābolu viņai \
        palika? Vīrietis atvēra durvis, jo lija lietus. Bērni bija izsalkuši, tāpēc māte pagatavoja vakariņas. Vakar mēs ar draugiem \
        gājām uz tirgu, bet veikals jau bija slēgts. Diemžēl es nevaru jums palīdzēt.",
};
