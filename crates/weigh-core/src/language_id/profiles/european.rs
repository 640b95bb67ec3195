//! Other European and American languages in Latin letters: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 7] = [HU, FI, ET, EU, SQ, QU, LA];

const HU: Profile = Profile {
    tag: "hu",
    script: "Latn",
    words: "a az és hogy nem is egy ez van volt de csak meg már még mint vagy ha el ki be fel le én te ő mi ti ők minden senki \
        semmi aki ami amely hol mikor miért hogyan hány mennyi melyik joga van lehet kell nélkül alatt felett között után előtt nagyon \
        sok kevés két három négy öt tíz nap hét év óra pénz forint válasz kérdés segítség ember emberek gyermek anya apa barát ház \
        iskola munka víz ország világ törvény szabadság minden ember személy saját valamint illetve szerint ezért azonban",
    text: "Minden állampolgár szavazhat, és senkit sem lehet igazságos tárgyalás nélkül megbüntetni. A törvény védi minden ember \
        szabadságát, az államnak pedig tiszteletben kell tartania jogaikat, családjukat és munkájukat. Mária tizenkét almát vett, és \
        ötöt odaadott a bátyjának. Hány almája maradt? Minden doboz három euróba kerül. A férfi kinyitotta az ajtót, mert esett az eső. \
        A gyerekek éhesek voltak, ezért az anyjuk vacsorát főzött. Tegnap elmentünk a piacra a barátainkkal, de a bolt már zárva volt. \
        Sajnálom, de ebben a kérésben nem tudok segíteni. Először olvassa el az utasításokat, azután válassza ki a legjobb választ.",
};

const FI: Profile = Profile {
    tag: "fi",
    script: "Latn",
    words: "ja on ei se että hän oli joka mutta niin kun kuin myös tai sekä ole ovat olla olivat minä sinä me te he tämä tuo nämä ne \
        jos koska missä milloin miksi miten kuinka monta paljon mikä kuka jokainen kaikki kukaan mitään vain vielä jo voi täytyy pitää \
        oikeus ilman alla yli välillä jälkeen ennen hyvin kaksi kolme neljä viisi kymmenen päivä viikko vuosi tunti raha euroa vastaus \
        kysymys apu ihminen ihmiset lapsi äiti isä ystävä talo koulu työ vesi maa maailma laki vapaus oma hänen heidän",
    text: "Jokainen kansalainen saa äänestää, eikä ketään saa rangaista ilman oikeudenmukaista oikeudenkäyntiä. Laki suojelee kaikkien \
        ihmisten vapautta, ja valtion on kunnioitettava heidän oikeuksiaan, perhettään ja työtään. Maria osti kaksitoista omenaa ja \
        antoi niistä viisi veljelleen. Montako omenaa hänelle jäi? Jokainen laatikko maksaa kolme euroa. Mies avasi oven, koska satoi. \
        Lapset olivat nälkäisiä, joten heidän äitinsä laittoi ruokaa. Eilen menimme torille ystäviemme kanssa, mutta kauppa oli jo kiinni.",
};

const ET: Profile = Profile {
    tag: "et",
    script: "Latn",
    words: "ja on ei see et ta oli kes aga nii kui ka või ning ole olla olid mina sina meie teie nemad tema ma sa me te nad too need \
        kui sest kus millal miks kuidas mitu palju mis igaüks kõik keegi midagi ainult veel juba võib peab õigus ilma all üle vahel \
        pärast enne väga kaks kolm neli viis kümme päev nädal aasta tund raha eurot vastus küsimus abi inimene inimesed laps ema isa \
        sõber maja kool töö vesi maa maailm seadus vabadus oma tema nende mees naine poiss tüdruk",
    text: "Iga kodanik võib hääletada ja kedagi ei tohi karistada ilma õiglase kohtuta. Seadus kaitseb kõigi inimeste vabadust ning \
        riik peab austama nende õigusi, perekonda ja tööd. Maria ostis kaksteist õuna ja andis viis neist oma vennale. Mitu õuna talle \
        jäi? Iga karp maksab kolm eurot. Mees avas ukse, sest sadas vihma. Lapsed olid näljased, seepärast tegi ema õhtusööki. Eile \
        käisime sõpradega turul, aga pood oli juba kinni. Tüdruk pani raamatu lauale. Tal hakkas halb. Ta tundis end üksikuna ja läks koju.",
};

const EU: Profile = Profile {
    tag: "eu",
    script: "Latn",
    words: "eta da ez bat du edo dute dira ditu zuen zen baina ere bere izan izateko eskubidea pertsona orok guztiak guztien hori hau \
        hura nor zer non noiz zergatik nola zenbat zein inor ezer gabe artean ondoren aurretik oso asko gutxi bi hiru lau bost hamar \
        egun aste urte ordu diru erantzun galdera laguntza gizon emakume haur ama aita lagun etxe eskola lan ur herri mundu lege \
        askatasun behar daiteke egin den dela duen beste gainean azpian",
    text: "Herritar orok bozka eman dezake eta inor ezin da zigortu bidezko epaiketarik gabe. Legeak pertsona guztien askatasuna \
        babesten du, eta estatuak haien eskubideak, familia eta lana errespetatu behar ditu. Mariak hamabi sagar erosi zituen eta bost \
        eman zizkion anaiari. Zenbat sagar gelditu zaizkio? Kutxa bakoitzak hiru euro balio du. Gizonak atea ireki zuen, euria ari \
        zuelako. Haurrak gose ziren, eta amak afaria prestatu zuen. Atzo azokara joan ginen lagunekin, baina denda itxita zegoen.",
};

const SQ: Profile = Profile {
    tag: "sq",
    script: "Latn",
    words: "dhe të në e një për me që nga është nuk se i ka si më kjo ky do ai ajo ata ne ju unë ti por ose kur ku kush çfarë pse sa \
        cili çdo të gjithë askush asgjë vetëm ende tashmë mund duhet drejtë pa nën mbi midis pas para shumë pak dy tre katër pesë \
        dhjetë ditë javë vit orë para përgjigje pyetje ndihmë njeri njerëz fëmijë nënë baba mik shtëpi shkollë punë ujë vend botë ligj liri",
    text: "Çdo qytetar mund të votojë dhe askush nuk mund të dënohet pa një gjyq të drejtë. Ligji mbron lirinë e të gjithë njerëzve, \
        dhe shteti duhet të respektojë të drejtat, familjen dhe punën e tyre. Maria bleu dymbëdhjetë mollë dhe i dha pesë prej tyre \
        vëllait të saj. Sa mollë i mbetën? Burri hapi derën sepse binte shi. Fëmijët ishin të uritur, prandaj nëna e tyre gatoi darkën. \
        Dje shkuam në treg me miqtë tanë, por dyqani ishte mbyllur. Më vjen keq, por nuk mund t'ju ndihmoj.",
};

const QU: Profile = Profile {
    tag: "qu",
    script: "Latn",
    words: "kay chay runa runakuna llapa sapa hinaspa icha mana ama manan pi ima may hayka imarayku ñuqa qan pay ñuqanchik paykuna \
        wan wasi llank'ay yaku mikhuna wawa warma mama tayta masi llaqta pacha kamachiy huk iskay kimsa tawa pichqa chunka punchaw \
        wata qullqi kutichiy tapuy yanapay warmi qhari karqan kanku kan kachkan rirqan rurarqan munan atin chayqa hinaqa lliw tukuy",
    text: "Llapan llaqta runan akllayta atin, manataqmi pipas allin taripaymanta mana hamuspaqa muchuchisqachu kanan. Kamachiyqa llapa \
        runakunap qispi kayninta amachan, estadotaq derechonkuta, ayllunkuta, llamk'ayninkutapas yupaychanan. Mariya chunka iskayniyuq \
        manzanata rantirqan, turinman pichqata qurqan. Hayka manzanataq puchurqan? Qhariqa punkuta kicharqan para chayamuptin. Wawakuna \
        yarqasqa karqanku, chaymi mamanku mikhunata wayk'urqan. Warmiqa qhatuman rirqan. Warmaqa wasinman kutirqan, hinaspa puñurqan.",
};

const LA: Profile = Profile {
    tag: "la",
    script: "Latn",
    words: "et in est non ad ut cum sed si quod qui quae ex ab de per pro sine sub inter post ante esse sunt erat fuit hic haec hoc \
        ille illa ipse is ea id ego tu nos vos omnes omnis nemo nihil iam etiam atque aut vel nec neque autem enim ergo quam quid quis \
        ubi quando cur duo tres quattuor quinque decem dies annus homo homines lex ius vita urbs",
    text: "Omnis civis suffragium ferre potest, neque quisquam sine iusto iudicio puniri debet. Lex libertatem omnium hominum tuetur, et \
        res publica iura eorum, familiam laboremque colere debet. Maria duodecim mala emit et quinque ex eis fratri dedit. Quot mala ei \
        manserunt? Vir portam aperuit quod pluebat. Pueri esuriebant, itaque mater cenam paravit. Heri cum amicis ad forum ivimus, sed taberna iam clausa erat.",
};
