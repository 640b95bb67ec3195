//! Turkic languages, Tajik and Mongolian: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 11] = [TR, AZ, UZ_LATN, UZ_CYRL, TK, KK, KY, TT, UG, TG, MN];

const TR: Profile = Profile {
    tag: "tr",
    script: "Latn",
    words: "ve bir bu da de için ile çok o ne ben sen biz siz onlar daha gibi kadar olan olarak ama her en var yok mi mı mu mü \
        değil sonra önce ki ya veya hiç şey kim nasıl neden niçin nerede nereye kaç hangi tüm bütün herkes hiçbir kimse onun onu \
        ona benim senin bizim sizin onların kendi oldu olduğu etmek edilir olur olmak olsun ise eğer çünkü fakat ancak sadece yalnız \
        şimdi bugün dün yarın gün hafta saat yıl ay para lira dolar iki üç dört beş on toplam yarısı kere kez cevap soru yardım \
        lütfen insan kişi çocuk anne baba kardeş arkadaş ev okul iş su yemek ülke dünya kanun devlet hürriyet hak hakkı kadın adam",
    text: "Her vatandaş oy kullanabilir ve hiç kimse adil bir yargılama olmadan cezalandırılamaz. Kanun bütün insanların \
        özgürlüğünü korur; devlet de onların haklarına, ailelerine ve işlerine saygı göstermelidir. Ayşe on iki elma aldı ve \
        bunlardan beşini kardeşine verdi. Geriye kaç elması kaldı? Her kutu üç dolar, yani dört kutunun toplamı on iki dolar eder. \
        Her hafta kırk saat çalışıyor ve kız kardeşinin iki katı kazanıyor. Adam kapıyı açtı, çünkü yağmur yağıyordu. Çocuklar \
        açtı, bu yüzden anneleri akşam yemeği pişirdi. Dün arkadaşlarımızla pazara gittik ama dükkân çoktan kapanmıştı. Üzgünüm, \
        bu istekle ilgili size yardımcı olamam. Önce yönergeleri okuyun, sonra en iyi cevabı seçin ve nedenini açıklayın. Daha çok \
        su içmeli ve iyi uyumalısın. Daha fazla bilgiye ihtiyacınız varsa lütfen doktorunuza ya da okuldaki bir öğretmene sorun. Bu \
        ülkenin tarihi hakkında ne bilmek istiyorsunuz? Bu kurallardaki hiçbir şey mahkemeler önünde eşit olan birine karşı kullanılamaz. \
        Büyükannem çiftliğinde yirmi tavuk, iki at ve küçük bir köpek besliyor. Pazartesi sabahı otobüs gecikti, bu \
        yüzden kız okula koştu ve pencerenin yanına oturdu. Anahtarları mutfak masasının üzerine koydu, ellerini yıkadı \
        ve ışığı yaktı. Bir tren bir saatte altmış kilometre giderse, bu sürenin yarısında ne kadar yol alır? Polis \
        çalınan arabayı köprünün yakınında buldu. Maaşının üçte birini kiraya harcıyor, gerisini biriktiriyor. Sosyal \
        güvenlik, eğitim ve sağlık toplum içindeki yaşamın parçasıdır.",
};

const AZ: Profile = Profile {
    tag: "az",
    script: "Latn",
    words: "və bir bu da də üçün ilə çox o nə mən sən biz siz onlar daha kimi qədər olan olaraq amma hər ən var yox deyil sonra \
        əvvəl ki ya və ya heç şey kim necə niyə harada hara neçə hansı bütün hamı heç kəs onun onu ona mənim sənin bizim sizin öz \
        oldu etmək olur olmaq isə əgər çünki lakin ancaq yalnız indi bu gün dünən sabah gün həftə saat il ay pul manat iki üç dörd \
        beş on cəmi cavab sual kömək insan şəxs uşaq ana ata qardaş dost ev məktəb iş su yemək ölkə dünya qanun dövlət azadlıq hüquq",
    text: "Hər bir vətəndaş səs verə bilər və heç kəs ədalətli məhkəmə olmadan cəzalandırıla bilməz. Qanun bütün insanların azadlığını \
        qoruyur, dövlət isə onların hüquqlarına, ailələrinə və işlərinə hörmət etməlidir. Leyla on iki alma aldı və onlardan beşini \
        qardaşına verdi. Onun neçə alması qaldı? Hər qutu üç manatdır. Kişi qapını açdı, çünki yağış yağırdı. Uşaqlar ac idi, ona görə \
        anaları şam yeməyi bişirdi. Dünən dostlarımızla bazara getdik, amma mağaza artıq bağlı idi. Üzr istəyirəm, bu xahişlə bağlı sizə kömək edə bilmərəm.",
};

const UZ_LATN: Profile = Profile {
    tag: "uz",
    script: "Latn",
    words: "va bir bu ham uchun bilan u men sen biz siz ular yoki lekin ammo har eng bor yo'q emas keyin oldin esa agar chunki \
        faqat hozir kun hafta soat yil oy pul so'm dollar ikki uch to'rt besh o'n jami yarmi marta javob savol yordam iltimos inson \
        kishi odam odamlar bola bolalar ona ota aka uka opa singil do'st uy maktab ish suv ovqat mamlakat davlat dunyo qonun \
        erkinlik huquq huquqi huquqlari ayol erkak qanday nega qayerda qachon qancha nechta qaysi kim nima hech kim barcha hamma \
        o'z uning uni unga mening sening bizning sizning kerak mumkin bo'lgan bo'lish bo'lsa bo'lib qilish qilgan edi ekan deb \
        to'g'risida haqida asosida kabi qadar orqali o'rtasida tomonidan shu ushbu mazkur",
    text: "Har bir fuqaro ovoz bera oladi va hech kim adolatli suddan tashqari jazolanishi mumkin emas. Qonun barcha odamlarning \
        erkinligini himoya qiladi, davlat esa ularning huquqlarini, oilasini va mehnatini hurmat qilishi kerak. Lola o'n ikkita olma \
        sotib oldi va ulardan beshtasini ukasiga berdi. Unda nechta olma qoldi? Har bir quti uch dollar turadi, demak, to'rtta quti \
        jami o'n ikki dollar bo'ladi. U har hafta qirq soat ishlaydi va singlisidan ikki barobar ko'p pul topadi. Erkak eshikni \
        ochdi, chunki yomg'ir yog'ayotgan edi. Bolalar och edi, shuning uchun onasi kechki ovqat pishirdi. Kecha do'stlarimiz bilan \
        bozorga bordik, lekin do'kon allaqachon yopilgan edi. Kechirasiz, men bu iltimosingizda sizga yordam bera olmayman. Avval \
        ko'rsatmalarni o'qing, keyin eng yaxshi javobni tanlang va sababini tushuntiring. Ko'proq suv ichishingiz va yaxshi \
        uxlashingiz lozim. Agar sizga qo'shimcha ma'lumot kerak bo'lsa, shifokoringizdan yoki maktabdagi o'qituvchidan so'rang. Bu \
        mamlakatning tarixi haqida nimani bilmoqchisiz? \
        Buvim o'z fermasida yigirmata tovuq, ikkita ot va kichkina it boqadi. Dushanba kuni ertalab avtobus kechikdi, \
        shuning uchun qiz maktabga yugurdi va deraza yoniga o'tirdi. U kalitlarni oshxona stoliga qo'ydi, qo'llarini \
        yuvdi va chiroqni yoqdi. Agar poyezd bir soatda oltmish kilometr yursa, shu vaqtning yarmida qancha yo'l bosadi? \
        Politsiya o'g'irlangan mashinani ko'prik yaqinidan topdi. Ijtimoiy ta'minot, ta'lim va sog'liq jamiyatdagi \
        hayotga taalluqlidir.",
};

const UZ_CYRL: Profile = Profile {
    tag: "uz",
    script: "Cyrl",
    words: "ва бир бу ҳам учун билан у мен сен биз сиз улар ёки лекин аммо ҳар энг бор йўқ эмас кейин олдин эса агар чунки фақат \
        ҳозир кун ҳафта соат йил ой пул сўм икки уч тўрт беш ўн жами жавоб савол ёрдам илтимос инсон киши одам одамлар бола болалар \
        она ота ака ука дўст уй мактаб иш сув овқат мамлакат давлат дунё қонун эркинлик ҳуқуқ ҳуқуқи қандай нега қаерда қачон қанча \
        нечта қайси ким нима ҳеч барча ҳамма ўз унинг уни унга керак мумкин бўлган бўлиш бўлса бўлиб қилиш қилган эди экан деб",
    text: "Ҳар бир фуқаро овоз бера олади ва ҳеч ким адолатли суддан ташқари жазоланиши мумкин эмас. Қонун барча одамларнинг \
        эркинлигини ҳимоя қилади, давлат эса уларнинг ҳуқуқларини, оиласини ва меҳнатини ҳурмат қилиши керак. Лола ўн иккита олма \
        сотиб олди ва улардан бештасини укасига берди. Унда нечта олма қолди? Ҳар бир қути уч доллар туради. Эркак эшикни очди, чунки \
        ёмғир ёғаётган эди. Болалар оч эди, шунинг учун онаси кечки овқат пиширди. Кеча дўстларимиз билан бозорга бордик, лекин дўкон \
        аллақачон ёпилган эди. Кечирасиз, мен бу илтимосингизда сизга ёрдам бера олмайман. Аввал кўрсатмаларни ўқинг, кейин энг яхши жавобни танланг.",
};

const TK: Profile = Profile {
    tag: "tk",
    script: "Latn",
    words: "we bir bu hem üçin bilen ol men sen biz siz olar ýa-da emma her iň bar ýok däl soň öň eger çünki diňe gün hepde sagat \
        ýyl pul manat iki üç dört bäş on jogap sorag kömek adam adamlar çaga ene kaka dogan dost öý mekdep iş suw ýurt döwlet dünýä \
        kanun erkinlik hukuk nähili näme nirede haçan näçe haýsy kim hiç ähli hemme öz onuň oňa gerek mümkin bolan bolup edýär edip",
    text: "Her bir raýat ses berip bilýär we hiç kim adalatly kazyýet bolmazdan jezalandyrylyp bilinmez. Kanun ähli adamlaryň \
        erkinligini goraýar, döwlet bolsa olaryň hukuklaryna, maşgalasyna we işine hormat goýmalydyr. Läle on iki alma satyn aldy we \
        olardan bäşisini doganyna berdi. Onda näçe alma galdy? Erkek gapyny açdy, çünki ýagyş ýagýardy. Çagalar aç eken, şonuň üçin \
        ejesi agşamlyk bişirdi. Düýn dostlarymyz bilen bazara gitdik, emma dükan eýýäm ýapykdy. Bagyşlaň, men size kömek edip bilmeýärin.",
};

const KK: Profile = Profile {
    tag: "kk",
    script: "Cyrl",
    words: "және бір бұл да де үшін мен сен біз сіз олар ол немесе бірақ әр ең бар жоқ емес кейін бұрын егер өйткені тек қазір күн \
        апта сағат жыл ақша теңге екі үш төрт бес он барлығы жауап сұрақ көмек адам адамдар бала ана әке дос үй мектеп жұмыс су ел \
        мемлекет дүние заң бостандық құқық құқығы қандай неге қайда қашан қанша қай кім не ешкім барлық өз оның оған керек мүмкін \
        болған болу болып етеді туралы арқылы бойынша әрбір тиіс",
    text: "Әрбір азамат дауыс бере алады және ешкім әділ сотсыз жазаланбауы керек. Заң барлық адамдардың бостандығын қорғайды, ал \
        мемлекет олардың құқықтарын, отбасын және еңбегін құрметтеуі тиіс. Айгүл он екі алма сатып алды да, оның бесеуін інісіне берді. \
        Онда қанша алма қалды? Әр қорап үш теңге тұрады. Ер адам есікті ашты, өйткені жаңбыр жауып тұрды. Балалардың қарны ашты, \
        сондықтан анасы кешкі ас дайындады. Кеше біз достарымызбен базарға бардық, бірақ дүкен жабылып қалған екен. Кешіріңіз, мен сізге көмектесе алмаймын.",
};

const KY: Profile = Profile {
    tag: "ky",
    script: "Cyrl",
    words: "жана бир бул да үчүн мен сен биз сиз алар ал же бирок ар эң бар жок эмес кийин мурун эгер анткени гана азыр күн жума саат \
        жыл акча сом эки үч төрт беш он баары жооп суроо жардам адам адамдар бала эне ата дос үй мектеп иш суу өлкө мамлекет дүйнө \
        мыйзам эркиндик укук кандай эмне кайда качан канча кайсы ким эч бардык өз анын ага керек мүмкүн болгон болуу болуп жөнүндө боюнча тийиш",
    text: "Ар бир жаран добуш бере алат жана эч ким адилеттүү сотсуз жазаланбашы керек. Мыйзам бардык адамдардын эркиндигин коргойт, ал \
        эми мамлекет алардын укуктарын, үй-бүлөсүн жана эмгегин урматташы керек. Айгүл он эки алма сатып алып, анын бешөөнү инисине \
        берди. Анда канча алма калды? Эркек эшикти ачты, анткени жамгыр жаап жаткан. Балдардын курсагы ачка болчу, ошондуктан энеси \
        кечки тамак жасады. Кечээ досторубуз менен базарга бардык, бирок дүкөн жабылып калыптыр. Кечиресиз, мен сизге жардам бере албаймын.",
};

const TT: Profile = Profile {
    tag: "tt",
    script: "Cyrl",
    words: "һәм бер бу да дә өчен белән мин син без сез алар ул яки ләкин һәр иң бар юк түгел соң элек әгәр чөнки генә хәзер көн атна \
        сәгать ел акча ике өч дүрт биш ун җавап сорау ярдәм кеше кешеләр бала ана ата дус өй мәктәп эш су ил дәүләт дөнья закон ирек \
        хокук нинди нигә кайда кайчан күпме кайсы кем нәрсә беркем барлык үз аның аңа кирәк мөмкин булган булу булып турында",
    text: "Һәр гражданин тавыш бирә ала һәм беркем дә гадел суддан башка җәзаланырга тиеш түгел. Закон барлык кешеләрнең иреген яклый, \
        ә дәүләт аларның хокукларын, гаиләсен һәм хезмәтен хөрмәт итәргә тиеш. Алсу унике алма сатып алды һәм аларның бишесен энесенә \
        бирде. Аның ничә алмасы калды? Ир кеше ишекне ачты, чөнки яңгыр ява иде. Балалар ач иде, шуңа күрә әниләре кичке аш әзерләде.",
};

const UG: Profile = Profile {
    tag: "ug",
    script: "Arab",
    words: "ۋە بىر بۇ ھەم ئۈچۈن بىلەن ئۇ مەن سەن بىز سىز ئۇلار ياكى لېكىن ھەر ئەڭ بار يوق ئەمەس كېيىن ئىلگىرى ئەگەر چۈنكى پەقەت كۈن \
        ھەپتە يىل پۇل ئىككى ئۈچ تۆت بەش ئون جاۋاب سوئال ياردەم ئادەم بالا ئانا ئاتا دوست ئۆي مەكتەپ خىزمەت سۇ دۆلەت دۇنيا قانۇن ئەركىنلىك ھوقۇق",
    text: "ھەر بىر پۇقرا ئاۋاز بېرەلەيدۇ، ھېچكىم ئادىل سوتسىز جازالانماسلىقى كېرەك. قانۇن بارلىق ئىنسانلارنىڭ ئەركىنلىكىنى قوغدايدۇ. \
        ئايگۈل ئون ئىككى ئالما سېتىۋالدى ۋە بەشنى ئىنىسىغا بەردى. ئەر كىشى ئىشىكنى ئاچتى، چۈنكى يامغۇر يېغىۋاتاتتى.",
};

const TG: Profile = Profile {
    tag: "tg",
    script: "Cyrl",
    words: "ва дар ба аз ки ин он барои бо ҳар кас дорад ҳуқуқ озодӣ ё на мо шумо онҳо ман ту ӯ вай аст буд шуд мешавад карда кунад \
        бояд метавонад чӣ кӣ куҷо кай чаро чанд кадом ҳама ҳеҷ дигар худ рӯз ҳафта сол соат пул ду се чор панҷ даҳ ҷавоб савол ёрӣ \
        одам кӯдак модар падар дӯст хона мактаб кор об кишвар давлат ҷаҳон қонун агар аммо лекин пас пеш байни зери",
    text: "Ҳар як шаҳрванд метавонад овоз диҳад ва ҳеҷ кас набояд бе суди одилона ҷазо бубинад. Қонун озодии ҳамаи одамонро ҳифз \
        мекунад ва давлат бояд ҳуқуқ, оила ва меҳнати онҳоро эҳтиром кунад. Марям дувоздаҳ себ харид ва панҷтоашро ба бародараш дод. \
        Чанд себ боқӣ монд? Мард дарро кушод, зеро борон меборид. Кӯдакон гурусна буданд, бинобар ин модарашон хӯроки шом пухт.",
};

const MN: Profile = Profile {
    tag: "mn",
    script: "Cyrl",
    words: "ба нь бол энэ тэр би чи бид та тэд юм байна байсан болно болсон эсвэл гэвч харин бүх хүн бүр эрх чөлөө хууль улс орон \
        дэлхий өдөр долоо хоног жил цаг мөнгө хоёр гурав дөрөв тав арав хариулт асуулт тусламж хүүхэд ээж аав найз гэр сургууль ажил ус \
        хоол ямар яагаад хаана хэзээ хэд хэн юу ч үгүй өөрийн түүний дээр доор дотор гадна учир тул хэрэв бөгөөд гэж",
    text: "Иргэн бүр санал өгөх эрхтэй бөгөөд хэнийг ч шударга шүүхгүйгээр шийтгэж болохгүй. Хууль бүх хүний эрх чөлөөг хамгаалдаг, төр \
        нь тэдний эрх, гэр бүл, хөдөлмөрийг хүндэтгэх ёстой. Мария арван хоёр алим худалдаж аваад тавыг нь дүүдээ өгөв. Түүнд хэдэн алим \
        үлдсэн бэ? Бороо орж байсан тул эрэгтэй хаалгыг нээв. Хүүхдүүд өлсөж байсан учир ээж нь оройн хоол хийлээ.",
};
