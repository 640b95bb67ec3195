//! Languages of Africa in Latin and Ethiopic letters: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 14] = [SW, HA, YO, ZU, XH, IG, SO, RW, LG, SN, WO, FF, AM, TI];

const SW: Profile = Profile {
    tag: "sw",
    script: "Latn",
    words: "na ya wa kwa ni katika za la cha kila mtu watu haki yake wake ana kuwa au bila kama hii huo hayo huyo hiyo hizo \
        hilo lake zake vyake yao wao zao lakini pia tu sana sasa bado hata kwamba ili ambayo ambao ambaye yeye mimi wewe sisi \
        nyinyi ninyi hapa huko pale nini nani gani wapi lini vipi ngapi mingapi wangapi kiasi jumla nusu mara siku wiki saa \
        mwezi mwaka miaka dola pesa shilingi moja mbili tatu nne tano sita saba nane tisa kumi mia elfu yote wote zote vyote \
        lote mtoto watoto mwanamke mwanamume mama baba ndugu rafiki nyumba shule kazi nchi dunia serikali sheria uhuru \
        alikuwa walikuwa ilikuwa anataka alifanya hakuna kuna baada kabla juu chini ndani nje kati jibu swali tafadhali samahani",
    text: "Kila raia anaweza kupiga kura, na hakuna mtu anayeweza kuadhibiwa bila kesi ya haki. Sheria inalinda uhuru wa watu \
        wote, na serikali lazima iheshimu haki zao, familia zao na kazi zao. Maria alinunua matufaha kumi na mawili akampa kaka \
        yake matano. Je, amebaki na matufaha mangapi? Kila sanduku linagharimu dola tatu, kwa hivyo masanduku manne yanagharimu \
        dola kumi na mbili kwa jumla. Kila wiki yeye hufanya kazi kwa saa arobaini na hupata mara mbili ya dada yake. Mwanamume \
        huyo alifungua mlango kwa sababu mvua ilikuwa ikinyesha. Watoto walikuwa na njaa, kwa hivyo mama yao akapika chakula cha \
        jioni. Jana tulienda sokoni pamoja na marafiki wetu, lakini duka lilikuwa tayari limefungwa. Samahani, siwezi kukusaidia \
        kwa ombi hili. Kwanza soma maagizo, kisha uchague jibu bora na ueleze kwa nini. Unapaswa kunywa maji zaidi na kulala vizuri. \
        Ikiwa unahitaji habari zaidi, tafadhali muulize daktari wako au mwalimu shuleni. Unataka kujua nini kuhusu historia ya nchi \
        hii? Hakuna chochote katika kanuni hizi kitakachotumiwa dhidi ya mtu yeyote aliye sawa mbele ya mahakama. \
        Bibi yangu anafuga kuku ishirini, farasi wawili na mbwa mdogo kwenye shamba lake. Jumatatu asubuhi basi \
        lilichelewa, kwa hivyo msichana alikimbia shuleni na kuketi karibu na dirisha. Aliweka funguo kwenye meza ya \
        jikoni, akanawa mikono yake na kuwasha taa. Ikiwa treni husafiri kilomita sitini kwa saa moja, itasafiri umbali \
        gani kwa nusu ya muda huo? Polisi walipata gari lililoibiwa karibu na daraja. Yeye hutumia theluthi moja ya \
        mshahara wake kulipa kodi ya nyumba na kuweka akiba iliyobaki. Nilifungua kitabu, nikasoma kurasa kumi na \
        kuandika barua kwenye karatasi. Yule mvulana alianguka kutoka kwenye mti na kuumia mguu, kisha akachukuliwa \
        hospitalini. Mchezaji alitupa mpira uwanjani na wimbo ulichezwa. Usalama wa jamii, elimu na afya ni sehemu ya \
        maisha.",
};

const HA: Profile = Profile {
    tag: "ha",
    script: "Latn",
    words: "da na ta a ya ba su ko kuma cikin wani wata wasu don domin daga zuwa kowa kowane kowace kowanne mutum mutane ne ce \
        shi ita mu ku ni kai ke yana tana suna muna kuna ina za zai zata zasu zan zaka zamu sai amma idan lokacin bisa tare \
        wanda wadda waɗanda wannan wancan waɗannan nasa nata nasu sa ta mai masu marasa babu akwai bai ba yi yin duk dukkan \
        dukan tun har saboda haka yaya yadda me mene mece ina wane nawa guda biyu uku huɗu biyar shida bakwai takwas tara goma \
        ɗari dubu rana ranar mako wata shekara shekaru sa'a kuɗi naira ruwa abinci gida aiki makaranta yara yaro yarinya mata \
        miji uwa uba ƙasa ƙasar duniya hukuma gwamnati doka dokar 'yanci 'yancin hakki haƙƙi ƙarƙashin gaban bayan amsa tambaya",
    text: "Kowane ɗan ƙasa yana iya jefa ƙuri'a, kuma ba za a hukunta kowa ba tare da shari'a ta gaskiya ba. Doka tana kare \
        'yancin dukkan mutane, kuma dole gwamnati ta girmama haƙƙoƙinsu da iyalansu da ayyukansu. Mariya ta sayi tuffa goma sha \
        biyu ta ba ɗan'uwanta guda biyar. Tuffa nawa suka rage mata? Kowane akwati yana kai naira uku, saboda haka akwatuna huɗu \
        sun kai naira goma sha biyu gaba ɗaya. Kowane mako yana aiki na sa'a arba'in, yana samun kuɗi ninki biyu na 'yar'uwarsa. \
        Mutumin ya buɗe ƙofa saboda ana ruwan sama. Yaran suna jin yunwa, don haka mahaifiyarsu ta dafa abincin dare. Jiya mun je \
        kasuwa tare da abokanmu, amma an riga an rufe shagon. Yi haƙuri, ba zan iya taimaka maka da wannan buƙata ba. Da farko ka \
        karanta umarnin, sa'an nan ka zaɓi amsa mafi kyau ka bayyana dalili. Ya kamata ka sha ruwa da yawa ka yi barci sosai. Idan \
        kana buƙatar ƙarin bayani, ka tambayi likitanka ko malamin makaranta. Me kake so ka sani game da tarihin wannan ƙasa? Ba za \
        a yi amfani da kome a cikin waɗannan dokoki a kan wani ba. \
        Kakata tana kiwon kaji ashirin, dawakai biyu da wani ƙaramin kare a gonarta. Ranar Litinin da safe motar bas ta \
        makara, saboda haka yarinyar ta ruga zuwa makaranta ta zauna kusa da taga. Ya ajiye makullai a kan teburin \
        kicin, ya wanke hannuwansa ya kunna fitila. Idan jirgin ƙasa yana tafiyar kilomita sittin a sa'a ɗaya, nisan \
        nawa zai yi a rabin wannan lokacin? 'Yan sanda sun sami motar da aka sace kusa da gada. Tana kashe kashi ɗaya \
        bisa uku na albashinta wajen biyan haya, sauran kuma tana ajiyewa. Ilimi da lafiya suna cikin rayuwar al'umma.",
};

const YO: Profile = Profile {
    tag: "yo",
    script: "Latn",
    words: "ní ti tí àti sí fún kan náà wọ́n àwọn rẹ̀ rẹ ó ni ló kò kì gbogbo ẹni ènìyàn ọmọ láti nínú tàbí pẹ̀lú bí ìjọba ẹ̀tọ́ \
        òmìnira òfin ilẹ̀ orílẹ̀ èdè kọ̀ọ̀kan kankan ohun wọn mi mo èmi ìwọ a wa yín ẹ ṣe jẹ́ wà lè máa yóò ń yìí yẹn nítorí pé \
        ṣùgbọ́n nígbà ọjọ́ ọ̀sẹ̀ ọdún wákàtí owó náírà méjì mẹ́ta mẹ́rin márùn-ún mẹ́wàá méló kí ta èló ibo báwo ilé iṣẹ́ ìwé omi \
        oúnjẹ bàbá ìyá ẹgbọ́n àbúrò obìnrin ọkùnrin ayé lára gẹ́gẹ́ lábẹ́ lórí lọ wá rí mọ̀ gbọ́dọ̀ sì ọ̀kan gan-an jọ̀wọ́ ìdáhùn ìbéèrè",
    text: "Gbogbo ọmọ orílẹ̀-èdè ló lè dìbò, a kò sì gbọ́dọ̀ fìyà jẹ ẹnikẹ́ni láìsí ìgbẹ́jọ́ tó tọ́. Òfin ń dáàbò bo òmìnira gbogbo \
        ènìyàn, ìjọba sì gbọ́dọ̀ bọ̀wọ̀ fún ẹ̀tọ́ wọn, ẹbí wọn àti iṣẹ́ wọn. Màríà ra èso méjìlá, ó sì fún arákùnrin rẹ̀ ní márùn-ún. \
        Èso mélòó ló kù fún un? Àpótí kọ̀ọ̀kan jẹ́ náírà mẹ́ta, nítorí náà àpótí mẹ́rin jẹ́ náírà méjìlá lápapọ̀. Ní ọ̀sẹ̀ kọ̀ọ̀kan ó máa \
        ń ṣiṣẹ́ fún ogójì wákàtí, owó rẹ̀ sì jẹ́ ìlọ́po méjì ti àbúrò rẹ̀ obìnrin. Ọkùnrin náà ṣí ilẹ̀kùn nítorí pé òjò ń rọ̀. Ebi ń pa \
        àwọn ọmọ náà, nítorí náà ìyá wọn se oúnjẹ alẹ́. Lánàá a lọ sí ọjà pẹ̀lú àwọn ọ̀rẹ́ wa, ṣùgbọ́n wọ́n ti ti ìsọ̀ náà. Ẹ má bínú, mi \
        ò lè ràn yín lọ́wọ́ nípa ohun tí ẹ béèrè yìí. Kọ́kọ́ ka ìtọ́ni náà, lẹ́yìn náà yan ìdáhùn tó dára jù lọ kí o sì ṣàlàyé ìdí rẹ̀. Ó \
        yẹ kí o máa mu omi púpọ̀, kí o sì máa sùn dáadáa. Tí o bá nílò ìsọfúnni sí i, jọ̀wọ́ béèrè lọ́wọ́ dókítà rẹ tàbí olùkọ́ ní ilé \
        ẹ̀kọ́. Kí lo fẹ́ mọ̀ nípa ìtàn orílẹ̀-èdè yìí? Kò sí ohun kankan nínú àwọn òfin yìí tí a lè lò lòdì sí ẹnikẹ́ni. \
        Ìyá àgbà mi ń sin adìẹ ogún, ẹṣin méjì àti ajá kékeré kan nínú oko rẹ̀. Ní àárọ̀ ọjọ́ Ajé, bọ́ọ̀sì pẹ́, nítorí \
        náà ọmọbìnrin náà sáré lọ sí ilé ẹ̀kọ́, ó sì jókòó sí ẹ̀gbẹ́ fèrèsé. Ó gbé kọ́kọ́rọ́ sórí tábìlì inú ilé ìdáná, \
        ó fọ ọwọ́ rẹ̀, ó sì tan iná. Bí ọkọ̀ ojú irin bá rin ọgọ́ta kìlómítà ní wákàtí kan, báwo ni yóò ṣe jìnnà tó ní \
        ìdajì àkókò yẹn? Àwọn ọlọ́pàá rí ọkọ̀ tí wọ́n jí nítòsí afárá. Ètò ẹ̀kọ́ àti ìlera jẹ́ apá kan ìgbésí ayé ní \
        àwùjọ.",
};

const ZU: Profile = Profile {
    tag: "zu",
    script: "Latn",
    words: "futhi noma ukuthi kanye ngoba kodwa uma lapho nje kakhulu manje yonke bonke zonke wonke lonke konke umuntu abantu \
        ilungelo amalungelo inkululeko umthetho izwe umhlaba ngokuba ngaphandle phakathi phambi emva ngenxa kumele kufanele \
        angeke akukho akekho yena mina wena thina nina bona lokhu lokho leli lelo lesi leso lezi lezo lo lowo laba labo yini \
        ubani kuphi nini kanjani malini ngaki zingaki usuku izinsuku isonto ihora amahora unyaka iminyaka imali amarandi kubili \
        kuthathu okubili amabili amathathu amahlanu ayishumi ingane izingane umama ubaba umfowabo udadewabo indoda umfazi \
        indlu isikole umsebenzi amanzi ukudla sicela impendulo umbuzo wakhe yakhe zakhe babo yabo zabo wami yami ezinye abanye omunye \
        uhulumeni hulumeni kuhulumeni ohulumeni umphakathi emphakathini komphakathi isintu iqhaza inkolo ubuzwe ubulili \
        ibala igunya ukhetho isakhamuzi izakhamuzi umndeni imindeni impela ngempela kuphela khona njalo unelungelo \
        banelungelo lokuthi lokuba kumuntu komuntu ngumuntu womuntu yomuntu muntu isizwe izizwe amazwe emazweni ezweni \
        efanayo ofanayo okufanayo ngokulingana belingana ngokukhululeka inhlonipho isithunzi ukuphepha ukuthola ukwenza \
        ukusebenza ukufunda ukuhlala imfundo imvume icala inkantolo umholo iholo impilo enhle izindaba izinto ezithile \
        ethile othile elithize cishe kangaka lapha laphaya yikho ngakho ngalokho kusho ngokwakhe ngokwabo ngaphezu \
        ngaphansi eduze",
    text: "Sonke isakhamuzi singavota, futhi akekho ongajeziswa ngaphandle kokuthethwa kwecala ngendlela efanele. Umthetho \
        uvikela inkululeko yabo bonke abantu, futhi umbuso kufanele uhloniphe amalungelo abo, imindeni yabo kanye nomsebenzi wabo. \
        UMaria wathenga ama-apula ayishumi nambili wanika umfowabo amahlanu. Mangaki ama-apula asele kuye? Ibhokisi ngalinye \
        libiza amarandi amathathu, ngakho amabhokisi amane abiza amarandi ayishumi nambili esewonke. Isonto ngalinye usebenza \
        amahora angamashumi amane futhi uhola imali ephindwe kabili kunodadewabo. Indoda yavula umnyango ngoba izulu belina. \
        Izingane zazilambile, ngakho umama wazo wapheka isidlo sakusihlwa. Izolo siye emakethe nabangani bethu, kodwa isitolo besesivaliwe. \
        Ngiyaxolisa, kodwa angikwazi ukukusiza ngalesi sicelo. Okokuqala funda imiyalelo, bese ukhetha impendulo engcono kakhulu uchaze \
        ukuthi kungani. Kufanele uphuze amanzi amaningi ulale kahle. Uma udinga ulwazi olwengeziwe, sicela ubuze udokotela wakho noma \
        uthisha esikoleni. Ufuna ukwazini ngomlando waleli lizwe? Akukho lutho kule mithetho okuyosetshenziswa ngokumelene nanoma ngubani. \
        Ugogo wami ufuye izinkukhu ezingamashumi amabili, amahhashi amabili nenja encane epulazini lakhe. NgoMsombuluko \
        ekuseni ibhasi lifike sekwephuzile, ngakho intombazane yagijima yaya esikoleni yahlala eduze kwefasitela. Wabeka \
        okhiye etafuleni lasekhishini, wageza izandla wayesekhanyisa isibani. Uma isitimela sihamba amakhilomitha \
        angamashumi ayisithupha ngehora, sizohamba ibanga elingakanani ngengxenye yaleso sikhathi? Amaphoyisa athola \
        imoto eyebiwe ngasebhulohweni. Uchitha ingxenye yeholo lakhe ekukhokheni irenti bese onga okusele. Izizwe \
        zomhlaba zivumelene ngokuthi imfundo, impilo nokulondeka komphakathi kuyizinto umuntu anelungelo lokuzithola \
        ezweni lakubo, kungakhathaliseki ubuhlanga, ulimi noma inkolo yakhe. Akekho okufanele aphathwe ngendlela enonya \
        noma enehlazo. \
        Kubalulekile ukuthi bonke abantu baqonde kahle ukuthi uhulumeni usebenzela umphakathi, hhayi ukuthi umphakathi \
        usebenzele uhulumeni. Intando yabantu ivezwa ngokhetho olukhululekile. Lezi zinhlangano zisiza izingane \
        ezihluphekayo ngokudla, ngezingubo nangezincwadi zesikole, ngokunjalo nabantu abagulayo nabakhubazekile. \
        Abasebenzi bayakwazi ukuhlangana bakhulume ngokukhululeka ngomholo wabo nangamahora okusebenza, baphumule \
        ngamaholide. Noma ngubani ohlala kuleli zwe uyakwazi ukushada, ukuba nendlu yakhe nokuthenga umhlaba. Le \
        nkampani ikhiqiza izinto eziningi ezithengiswa kwamanye amazwe, futhi inzuzo yayo iyakhula njalo ngonyaka.",
};

const XH: Profile = Profile {
    tag: "xh",
    script: "Latn",
    words: "kwaye okanye ukuba kunye kuba kodwa xa apho nje kakhulu ngoku yonke bonke zonke wonke lonke konke umntu abantu \
        ilungelo amalungelo inkululeko umthetho ilizwe ihlabathi ngaphandle phakathi phambi emva ngenxa kufuneka mayi akukho \
        akakho yena mna wena thina nina bona oku oko eli elo esi eso ezi ezo lo lowo aba abo yintoni ngubani phi nini njani \
        malini usuku iintsuku iveki iyure unyaka iminyaka imali iirandi zimbini zintathu ezimbini umntwana abantwana umama utata \
        indoda umfazi indlu isikolo umsebenzi amanzi ukutya nceda impendulo umbuzo wakhe yakhe zakhe babo yabo zabo wam yam \
        ngokunjalo nokuba njengoko nawuphi nayiphi ezinye abanye omnye \
        urhulumente rhulumente kurhulumente oorhulumente uluntu eluntwini intsapho iintsapho abemi ummi unyulo inkundla \
        unelungelo banelungelo lokuba emntwini womntu yomntu nomntu amazwe emazweni kwilizwe elizweni afanayo efanayo \
        ofanayo ngokulinganayo imbeko isidima ukhuseleko ukufumana ukwenza ukusebenza ukufunda ukuhlala imfundo imvume \
        ityala umvuzo impilo iindaba izinto ezithile ethile othile apha phaya yiyo ngoko ngokwakhe ngaphezulu ngaphantsi \
        kufutshane ngokuphathelele malunga kwakhona kuphela kanti nangona",
    text: "Wonke ummi angavota, kwaye akukho mntu unokohlwaywa ngaphandle kokuchotshelwa kwetyala ngendlela efanelekileyo. \
        Umthetho ukhusela inkululeko yabo bonke abantu, kwaye urhulumente kufuneka ahloniphe amalungelo abo, iintsapho zabo kunye \
        nomsebenzi wabo. UMaria wathenga ii-apile ezilishumi elinesibini waza wanika umntakwabo ezintlanu. Zingaphi ii-apile \
        ezishiyekileyo? Ibhokisi nganye ixabisa iirandi ezintathu. Indoda yavula ucango kuba bekunetha. Abantwana babelambile, ngoko \
        umama wabo wapheka isidlo sangokuhlwa. Izolo siye emarikeni kunye nabahlobo bethu, kodwa ivenkile ibisele ivaliwe. Uxolo, \
        andikwazi ukukunceda ngesi sicelo. Okokuqala funda imiyalelo, uze ukhethe eyona mpendulo ilungileyo uchaze ukuba kutheni. \
        Ufanele usele amanzi amaninzi ulale kakuhle. Ukuba ufuna iinkcukacha ezithe kratya, nceda ubuze ugqirha wakho okanye utitshala \
        esikolweni. Ufuna ukwazi ntoni ngembali yeli lizwe? \
        UMakhulu wam ufuye iinkuku ezingamashumi amabini, amahashe amabini nenja encinane efama yakhe. NgoMvulo kusasa \
        ibhasi ifike emva kwexesha, ngoko intombazana yabaleka yaya esikolweni yahlala ngasefestileni. Wabeka izitshixo \
        etafileni yasekhitshini, wahlamba izandla waza walayita isibane. Ukuba uloliwe uhamba iikhilomitha ezingamashumi \
        amathandathu ngeyure, uya kuhamba umgama ongakanani ngesiqingatha selo xesha? Amapolisa afumana imoto ebiweyo \
        ngasebhulorhweni. Izizwe zehlabathi zivumelene ngokuba imfundo, impilo nokhuseleko loluntu zizinto umntu \
        anelungelo lokuzifumana kwilizwe lakhe, nokuba luluphi na uhlanga, ulwimi okanye unqulo lwakhe. Akukho mntu \
        ufanele ukuphathwa ngenkohlakalo. \
        Kubalulekile ukuba bonke abantu baqonde kakuhle ukuba urhulumente usebenzela uluntu, hayi ukuba uluntu \
        lusebenzele urhulumente. Intando yabantu ivakaliswa ngonyulo olukhululekileyo. Le mibutho inceda abantwana \
        abahluphekayo ngokutya, ngeempahla nangeencwadi zesikolo, ngokunjalo nabantu abagulayo nabakhubazekileyo. \
        Abasebenzi banokudibana bathethe ngokukhululekileyo ngomvuzo wabo nangeeyure zokusebenza, baphumle ngeeholide. \
        Nabani na ohlala kweli lizwe unokutshata, abe nendlu yakhe kwaye athenge umhlaba. Le nkampani ivelisa izinto \
        ezininzi ezithengiswa kwamanye amazwe, kwaye ingeniso yayo iyakhula minyaka yonke.",
};

const IG: Profile = Profile {
    tag: "ig",
    script: "Latn",
    words: "na nke ndị onye ọ bụla nwere ikike ya ha o bụ ga ka n'ime maka site mmadụ obodo niile ma ọbụ dị mere iji nwa ụmụ \
        ihe nwoke nwanyị oke ruuru enweghị ọzọ anyị gị m mụ unu gịnị kedu ebee olee ole ụbọchị izu afọ ego abụọ atọ anọ ise iri \
        ụlọ akwụkwọ ọrụ mmiri nri nne nna nwanne enyi ụwa iwu ọchịchị nnwere onwe n'ihi mana mgbe tupu gasịrị biko azịza ajụjụ",
    text: "Nwa amaala ọ bụla nwere ike ịtụ vootu, a gaghị enye onye ọ bụla ntaramahụhụ ma e kpeghị ikpe ziri ezi. Iwu na-echebe \
        nnwere onwe nke mmadụ niile, ọchịchị ga-akwanyere ikike ha, ezinụlọ ha na ọrụ ha ùgwù. Maria zụrụ apụl iri na abụọ wee nye \
        nwanne ya nwoke ise n'ime ha. Apụl ole fọdụụrụ ya? Igbe ọ bụla na-efu naịra atọ. Nwoke ahụ meghere ụzọ n'ihi na mmiri na-ezo. \
        Agụụ na-agụ ụmụaka ahụ, ya mere nne ha siri nri abalị. Ụnyaahụ anyị gara ahịa anyị na ndị enyi anyị, mana e mechiela ụlọ ahịa \
        ahụ. Ndo, enweghị m ike inyere gị aka n'ihe a ị rịọrọ. Buru ụzọ gụọ ntụziaka ahụ, họrọ azịza kacha mma.",
};

const SO: Profile = Profile {
    tag: "so",
    script: "Latn",
    words: "iyo in uu ay ee oo ku ka u si ama waa qof kasta wuxuu xaq leh leeyahay dadka dhammaan kale mid la loo lagu waxaa waxay \
        isaga iyada aan aad anigu adiga innaga qofna ma maya haa laakiin haddii marka sababta maxaa maxay kee goorma xaggee immisa \
        maalin toddobaad sannad lacag laba saddex afar shan toban guri dugsi shaqo biyo cunto hooyo aabbe walaal saaxiib dunida \
        dal dalka sharci sharciga xorriyad dawladda jawaab su'aal fadlan kuwa ahayn dhexe hor dib isku",
    text: "Muwaadin kasta wuu codayn karaa, qofna lama ciqaabi karo iyada oo aan maxkamad caddaalad ah la saarin. Sharcigu wuxuu \
        ilaaliyaa xorriyadda dadka oo dhan, dawladduna waa in ay ixtiraamto xuquuqdooda, qoyskooda iyo shaqadooda. Maryan waxay \
        iibsatay laba iyo toban tufaax, shan ka mid ahna waxay siisay walaalkeed. Immisa tufaax ayaa u hadhay? Sanduuq kasta qiimihiisu \
        waa saddex doolar. Ninku albaabka ayuu furay sababtoo ah roob baa da'ayay. Carruurtu way gaajaysnaayeen, sidaas darteed hooyadood \
        ayaa casho karisay. Shalay waxaan suuqa u raacnay saaxiibbadeen, laakiin dukaanku wuu xirnaa. Waan ka xumahay, kuma caawin karo \
        codsigan. Marka hore akhri tilmaamaha, kadibna dooro jawaabta ugu fiican.",
};

const RW: Profile = Profile {
    tag: "rw",
    script: "Latn",
    words: "mu ku no na kandi cyangwa umuntu abantu wese bose afite uburenganzira bwo bw' ry' by' y' w' k' igihugu ibihugu muri \
        kugira ngo ariko kuko iyo uko ubwo aho nta ntawe we jye wowe twe mwe bo iki iyi uyu aba ibi icyo ibyo byose buri kimwe \
        ashobora agomba amategeko umuryango umurimo ishuri amazi ibiryo umwana abana mama data umuvandimwe inshuti amafaranga \
        umunsi icyumweru umwaka kabiri gatatu bibiri bitatu cumi angahe he ryari gute igisubizo ikibazo nyuma mbere",
    text: "Buri muturage ashobora gutora, kandi nta muntu ushobora guhanwa ataraciriwe urubanza ruboneye. Itegeko rirengera \
        ubwisanzure bw'abantu bose, kandi Leta igomba kubahiriza uburenganzira bwabo, imiryango yabo n'umurimo wabo. Mariya yaguze pome \
        cumi n'ebyiri maze aha musaza we eshanu. Asigaranye pome zingahe? Buri gasanduku kagura amafaranga atatu. Uwo mugabo yakinguye \
        umuryango kubera ko imvura yagwaga. Abana bari bashonje, bityo nyina ateka ibiryo bya nimugoroba. Ejo twagiye ku isoko \
        n'inshuti zacu, ariko iduka ryari rimaze gufungwa. Mumbabarire, sinshobora kugufasha muri ibi usabye. Banza usome amabwiriza, hanyuma uhitemo igisubizo cyiza.",
};

const LG: Profile = Profile {
    tag: "lg",
    script: "Latn",
    words: "mu ku ne na nga era oba buli muntu abantu bonna alina eddembe okuba ye gwe nze ffe mmwe bo kino ekyo eno ezo gino naye \
        kubanga singa bwe nti tewali teri omuntu yenna ensi eggwanga amateeka omulimu essomero amazzi emmere omwana abaana maama taata \
        muganda mukwano ssente olunaku wiiki omwaka bbiri ssatu nnya ttaano kkumi mmeka ki wa ddi otya okuddamu ekibuuzo awatali wansi",
    text: "Buli munnansi asobola okulonda, era tewali muntu asobola kubonerezebwa nga tannawozesebwa mu mazima. Etteeka likuuma \
        eddembe ly'abantu bonna, era gavumenti eteekwa okussa ekitiibwa mu ddembe lyabwe, amaka gaabwe n'emirimu gyabwe. Maria yagula \
        apo kkumi na bbiri n'awaako mwannyina ttaano. Asigazza apo mmeka? Buli kibokisi kigula ssente ssatu. Omusajja yaggulawo oluggi \
        kubanga enkuba yali etonnya. Abaana baali balumwa enjala, nnyaabwe n'afumba ekyeggulo. Jjo twagenda mu katale ne mikwano gyaffe, \
        naye edduuka lyali liggaddwa. Nsonyiwa, siyinza kukuyamba ku kusaba kuno. Sooka osome ebiragiro, oluvannyuma olonde okuddamu okusinga obulungi.",
};

const SN: Profile = Profile {
    tag: "sn",
    script: "Latn",
    words: "ne uye kana kuti munhu vanhu wese vose ane kodzero kuva iye ini iwe isu imi ivo ichi icho iyi iyo asi nekuti kana apo \
        hapana nyika mutemo basa chikoro mvura chikafu mwana vana amai baba hama shamwari mari zuva vhiki gore piri tatu ina shanu \
        gumi ngani chii ani kupi rini sei mhinduro mubvunzo pasina pasi pamusoro pamberi zvose zvake yake wake wavo dzavo zvakanaka",
    text: "Mugari wenyika wese anokwanisa kuvhota, uye hapana munhu angarangwa pasina kutongwa kwakarurama. Mutemo unodzivirira \
        rusununguko rwevanhu vose, uye hurumende inofanira kuremekedza kodzero dzavo, mhuri dzavo nebasa ravo. Maria akatenga maapuro \
        gumi nemaviri akapa hanzvadzi yake mashanu. Asara nemaapuro mangani? Bhokisi rimwe nerimwe rinodhura madhora matatu. Murume \
        akavhura musuo nekuti kwainaya mvura. Vana vaiva nenzara, saka amai vavo vakabika kudya kwemanheru. Nezuro takaenda kumusika \
        neshamwari dzedu, asi chitoro chainge chavharwa. Ndine urombo, handigoni kukubatsira pachikumbiro ichi. Tanga waverenga mirayiro.",
};

const WO: Profile = Profile {
    tag: "wo",
    script: "Latn",
    words: "ak ci di bu la nit ku nekk am na sañ ñu ne mu ko te lu bi gi yi ñi mbaa wala ba moom dañu réew mi askan wi yoon sañ-sañ \
        dara kenn ñépp lépp bépp képp yow man nun yéen ñoom lan kan fan kañ naka ñaata bés ayubés at xaalis ñaar ñett ñent juróom fukk \
        kër ekool liggéey ndox lekk doom xale yaay baay xarit àdduna waaye ndax su bu kon ginaaw balaa tontu laaj",
    text: "Bépp way-réew mën na wote, te kenn mënul a jot daan su ko àttekat bu jub àttewul. Yoon dafay aar moomeel ak jàmm ju ñépp, \
        te nguur gi war na wormaal àqi nit ñi, seen njaboot ak seen liggéey. Mariyaama jënd na fukki pom ak ñaar, jox mag am juróom. \
        Ñaata pom ñoo ko desee? Waxambaane wi ubbi na bunt bi ndax taw bi dafa doon dal. Xale yi dañu xiifoon, moo tax seen yaay togg \
        reer bi. Démb dem nanu ca ja ba ak sunuy xarit, waaye butig ba tëjoon na. Baal ma, mënuma la dimbali ci li nga laaj.",
};

const FF: Profile = Profile {
    tag: "ff",
    script: "Latn",
    words: "e nder fof neɗɗo yimɓe kala mo jogii hakke walla ko ɗum o ɓe ɗe ɗo ha to fii so kono sabu nde no hay gooto aduna leydi \
        laamu golle janngirde ndiyam ñaamri ɓiɗɗo suka neene baaba sehil kaalis ñalnde yontere hitaande ɗiɗi tati nayi joyi sappo ɗi \
        makko maɓɓe maa am amen men wona alaa haray wondude dow ley yeeso caggal jaabawol naamndal hino fow kon ñannde e",
    text: "Kala ɓii-leydi ina waawi wootaade, hay gooto fotaani leppeede tawa ñaawaaka e nuunɗal. Laawol ngol ina reena ndimaagu \
        yimɓe fof, kadi laamu ngu ina foti teddinde hakkeeji maɓɓe, ɓesnguuji maɓɓe e golle maɓɓe. Mariyama soodii pommeeji sappo e \
        ɗiɗi, o rokki mawniiko joyi. Gorko oo udditii damal ngal sabu toɓo ngo ina toɓa. Sukaaɓe ɓee ina njaynoo heege, yumma maɓɓe defi hiraande.",
};

const AM: Profile = Profile {
    tag: "am",
    script: "Ethi",
    words: "እና ነው ላይ ውስጥ ወይም ግን ሰው ሁሉ ማንኛውም መብት አለው የሆነ ይህ ያለ እንደ ጋር ለ ነበር ነበሩ አይደለም እኔ አንተ እርሱ እሷ እኛ እናንተ እነርሱ ምን ማን የት መቼ \
        እንዴት ስንት ቀን ሳምንት ዓመት ብር ሁለት ሦስት አራት አምስት አሥር ቤት ሥራ ውሃ ምግብ ልጅ እናት አባት ወንድም እህት ጓደኛ አገር ዓለም ሕግ መንግሥት ነፃነት መልስ ጥያቄ እባክዎ",
    text: "እያንዳንዱ ዜጋ መምረጥ ይችላል፤ ማንም ሰው ያለ ትክክለኛ ፍርድ ሊቀጣ አይችልም። ሕጉ የሁሉንም ሰዎች ነፃነት ይጠብቃል፤ መንግሥትም መብታቸውን፣ ቤተሰባቸውንና ሥራቸውን ማክበር አለበት። \
        ማርያም አሥራ ሁለት ፖም ገዝታ አምስቱን ለወንድሟ ሰጠች። ስንት ፖም ቀራት? እያንዳንዱ ሣጥን ሦስት ብር ያወጣል። ሰውየው ዝናብ ስለሚዘንብ በሩን ከፈተ። ልጆቹ ርቧቸው ነበር፤ ስለዚህ እናታቸው እራት ሠራች። \
        ትናንት ከጓደኞቻችን ጋር ወደ ገበያ ሄድን፤ ነገር ግን ሱቁ ተዘግቶ ነበር። ይቅርታ፣ በዚህ ጥያቄ ልረዳዎት አልችልም። በመጀመሪያ መመሪያውን ያንብቡ፤ ከዚያም የተሻለውን መልስ ይምረጡ።",
};

const TI: Profile = Profile {
    tag: "ti",
    script: "Ethi",
    words: "እዩ ኣብ ናይ ምስ ወይ ግን ሰብ ኩሉ ኩሎም መሰል ኣለዎ ዝኾነ እዚ እቲ እታ እቶም ከም ንሱ ንሳ ንሕና ኣነ ንስኻ ንሳቶም እንታይ መን ኣበይ መዓስ ከመይ ክንደይ መዓልቲ ሰሙን ዓመት \
        ክልተ ሰለስተ ኣርባዕተ ሓሙሽተ ዓሰርተ ቤት ስራሕ ማይ መግቢ ቆልዓ ኣደ ኣቦ ሓው ሓብቲ ዓርኪ ሃገር ዓለም ሕጊ መንግስቲ ናጽነት መልሲ ሕቶ በጃኹም ኣይኮነን ነበረ እውን ካብ ናብ",
    text: "ነፍሲ ወከፍ ዜጋ ክመርጽ ይኽእል እዩ፣ ዝኾነ ሰብ ብዘይ ቅኑዕ ፍርዲ ክቕጻዕ ኣይክእልን እዩ። እቲ ሕጊ ንናጽነት ኩሎም ሰባት ይሕሉ፣ መንግስቲ ድማ መሰላቶም፣ ስድራቤቶምን ስራሖምን ከኽብር ኣለዎ። \
        ማርያም ዓሰርተ ክልተ ቱፋሕ ገዚኣ ሓሙሽተ ንሓዋ ሂባቶ። ክንደይ ቱፋሕ ተሪፍዋ? እቲ ሰብኣይ ዝናብ ይዘንብ ስለ ዝነበረ ማዕጾ ከፈተ። እቶም ቆልዑ ጠምዮም ነበሩ፣ ስለዚ ኣዲኦም ድራር ሰርሐትሎም።",
};
