//! Latin-letter languages of South-East Asia: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 7] = [ID, MS, JV, SU, VI, TL, CEB];

const ID: Profile = Profile {
    tag: "id",
    script: "Latn",
    words: "yang dan di dengan untuk tidak ini itu dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih sudah \
        atau saat oleh sebagai dia ia kami kita kamu anda telah dapat menjadi hanya hingga sampai setelah sebelum sangat antara \
        para lain sama orang setiap seorang sebuah hak apa siapa mana kapan bagaimana berapa mengapa jika kalau maka agar supaya \
        tetapi namun bahwa masih belum pernah harus boleh bukan tanpa semua seluruh banyak sedikit hari minggu jam tahun bulan \
        uang rupiah dolar dua tiga empat lima sepuluh total setengah kali jawaban pertanyaan tolong silakan anak ibu ayah teman \
        rumah sekolah pekerjaan air makan negara dunia hukum pemerintah kebebasan perempuan adalah karenanya uangnya membuat \
        atas berhak pria wanita pria-pria kewarganegaraan pemerintahan negeri perburuhan upah agen terhadap apapun \
        siapapun seperti mobil sepeda motor kantor polisi sakit kamar ibunya ayahnya dirinya merasa saudara kakak adik \
        cowok cewek kulkas sepatu kursi kue bekas sore siang kemarin besok senin selasa rabu kamis jumat sabtu nomor \
        ponsel telepon listrik gratis coba mau gadis tas koran sepak bola resmi mahasiswa perusahaan karyawan ruang \
        kelas peserta pelaku pesawat bandara dokter perawat pasien obat berbicara membicarakan ketika bagaimanapun \
        seekor",
    text: "Setiap warga negara boleh memilih dan tidak seorang pun boleh dihukum tanpa pengadilan yang adil. Undang-undang \
        melindungi kebebasan semua orang, dan negara harus menghormati hak, keluarga, dan pekerjaan mereka. Maria membeli dua belas \
        apel dan memberikan lima di antaranya kepada adiknya. Berapa apel yang masih dia miliki? Setiap kotak harganya tiga dolar, \
        jadi empat kotak harganya dua belas dolar seluruhnya. Setiap minggu dia bekerja empat puluh jam dan mendapat dua kali lipat \
        dari saudara perempuannya. Lelaki itu membuka pintu karena hujan turun. Anak-anak itu lapar, jadi ibu mereka memasak makan \
        malam. Kemarin kami pergi ke pasar bersama teman-teman kami, tetapi tokonya sudah tutup. Maaf, saya tidak bisa membantu Anda \
        dengan permintaan ini. Pertama-tama baca petunjuknya, lalu pilih jawaban yang terbaik dan jelaskan alasannya. Kamu sebaiknya \
        minum lebih banyak air dan tidur yang cukup. Jika Anda membutuhkan informasi lebih lanjut, silakan bertanya kepada dokter \
        atau guru di sekolah. Apa yang ingin Anda ketahui tentang sejarah negeri ini? Dia merasa senang karena pekerjaannya berhasil. \
        Nenek saya memelihara dua puluh ekor ayam, dua ekor kuda, dan seekor anjing kecil di ladangnya. Pada Senin pagi \
        bus datang terlambat, karena itu gadis itu berlari ke sekolah dan duduk di dekat jendela. Ia meletakkan kunci di \
        meja dapur, mencuci tangannya, lalu menyalakan lampu. Jika sebuah kereta api menempuh enam puluh kilometer dalam \
        satu jam, berapa jauh kereta itu melaju selama setengah dari waktu tersebut? Polisi menemukan mobil yang dicuri \
        di dekat jembatan. Ia menghabiskan sepertiga gajinya untuk membayar sewa dan menabung sisanya. Saya mau beli \
        sepeda, tapi uang saya nggak cukup. Pria itu merasa lelah, kemudian pulang ke rumahnya. Jaminan sosial, \
        pendidikan, dan kesehatan merupakan bagian dari kehidupan bermasyarakat; perempuan dan anak-anak harus mendapat \
        perlindungan.",
};

const MS: Profile = Profile {
    tag: "ms",
    script: "Latn",
    words: "yang dan di dengan untuk tidak ini itu daripada dalam akan pada juga saya ke kerana tersebut boleh ada mereka lebih \
        sudah atau ketika oleh sebagai dia ia kami kita awak anda telah dapat menjadi hanya sehingga selepas sebelum sangat antara \
        para lain sama orang setiap seseorang sebuah hak apa siapa mana bila bagaimana berapa mengapa jika kalau maka agar supaya \
        tetapi namun bahawa masih belum pernah mesti hendaklah bukan tanpa semua seluruh banyak sedikit hari minggu jam tahun bulan \
        wang ringgit dua tiga empat lima sepuluh jumlah separuh kali jawapan soalan tolong sila kanak-kanak ibu bapa kawan rumah \
        sekolah kerja air makan negara dunia undang-undang kerajaan kebebasan perempuan ialah beliau kereta \
        negeri basikal motosikal pejabat polis hospital bilik emak ayahnya dirinya berasa abang kakak adik peti sejuk \
        kasut kerusi kek petang semalam esok ahad isnin selasa rabu khamis jumaat sabtu nombor telefon elektrik percuma \
        cuba mahu gadis beg surat khabar bola sepak rasmi pelajar universiti syarikat pekerja ruang peserta kapal \
        terbang lapangan doktor jururawat pesakit ubat bercakap apabila manakala iaitu sahaja adalah kepada bagi \
        mestilah sesiapa tiada kesemua berhak kewarganegaraan",
    text: "Setiap warganegara boleh mengundi dan tiada sesiapa boleh dihukum tanpa perbicaraan yang adil. Undang-undang melindungi \
        kebebasan semua orang, dan kerajaan mesti menghormati hak, keluarga dan pekerjaan mereka. Maria membeli dua belas biji epal \
        dan memberikan lima biji kepada adik lelakinya. Berapa biji epal yang tinggal padanya? Setiap kotak berharga tiga ringgit, \
        jadi empat kotak berharga dua belas ringgit kesemuanya. Setiap minggu dia bekerja selama empat puluh jam. Lelaki itu membuka \
        pintu kerana hari hujan. Kanak-kanak itu lapar, jadi ibu mereka memasak makan malam. Semalam kami pergi ke pasar bersama \
        kawan-kawan kami, tetapi kedai itu sudah tutup. Maaf, saya tidak dapat membantu awak dengan permintaan ini. Mula-mula baca \
        arahan, kemudian pilih jawapan yang terbaik dan terangkan sebabnya. Jika anda memerlukan maklumat lanjut, sila tanya doktor \
        atau guru di sekolah. Apakah yang anda ingin tahu tentang sejarah negara ini? \
        Nenek saya membela dua puluh ekor ayam, dua ekor kuda dan seekor anjing kecil di ladangnya. Pada pagi Isnin bas \
        itu lambat, oleh itu budak perempuan itu berlari ke sekolah lalu duduk di tepi tingkap. Beliau meletakkan kunci \
        di atas meja dapur, membasuh tangan dan memasang lampu. Sekiranya sebuah kereta api bergerak enam puluh \
        kilometer dalam masa sejam, berapakah jarak yang dilaluinya? Polis menjumpai kereta yang dicuri berhampiran \
        jambatan. Dia membelanjakan satu pertiga gajinya untuk sewa. Saya nak beli basikal, tetapi duit saya tak cukup. \
        Jaminan sosial, pelajaran dan kesihatan merupakan sebahagian daripada kehidupan bermasyarakat.",
};

const JV: Profile = Profile {
    tag: "jv",
    script: "Latn",
    words: "lan ing sing kang iku iki uga saka karo kanggo ora wong saben hak marang dening utawa yen amarga supaya bisa kudu wis \
        durung arep lagi ana apa sapa endi kapan piye kepriye pira aku kowe dheweke kita panjenengan kabeh akeh sithik dina minggu \
        taun dhuwit loro telu papat lima sepuluh omah sekolah gawe gaweyan banyu mangan anak ibu bapak kanca negara donya ukum \
        pamarentah kamardikan wadon lanang kapindho menawa sarta tanpa antarane sajroning miturut liyane bab nduweni",
    text: "Saben warga negara kena milih lan ora ana wong sing kena diukum tanpa pengadilan kang adil. Angger-angger ngayomi \
        kamardikaning kabeh wong, lan negara kudu ngajeni hak, kulawarga lan pagaweane. Maria tuku apel rolas banjur sing lima \
        diwenehake marang adhine. Apele kari pira? Saben kothak regane telung dolar. Wong lanang iku mbukak lawang amarga udan. \
        Bocah-bocah padha luwe, mula ibune masak kanggo mangan bengi. Wingi aku lan kanca-kanca lunga menyang pasar, nanging tokone \
        wis tutup. Nyuwun pangapunten, aku ora bisa nulungi panjalukmu iki. Wacanen dhisik pituduhe, banjur pilihen wangsulan sing \
        paling apik lan terangna sebabe. Kepriye carane nggawe barang iku tanpa dingerteni wong liya?",
};

const SU: Profile = Profile {
    tag: "su",
    script: "Latn",
    words: "jeung anu dina ku kana nu teu éta ieu ti pikeun boga hak unggal jalma jelema atawa sarta ogé henteu lamun supaya kudu \
        bisa geus acan rék aya naon saha mana iraha kumaha sabaraha abdi kuring anjeun manéhna urang sadayana kabéh loba saeutik \
        poé minggu taun duit dua tilu opat lima sapuluh imah sakola gawé cai dahar budak indung bapa babaturan nagara dunya hukum \
        pamaréntah kamerdikaan awéwé lalaki antara tanpa nurutkeun séjén séjénna hal kalawan keur sangkan",
    text: "Unggal warga nagara meunang milih sarta taya saurang ogé anu meunang dihukum tanpa pangadilan anu adil. Undang-undang \
        ngajaga kabébasan sakabéh jalma, sarta nagara kudu ngahormat hak, kulawarga jeung pagawéanana. Maria meuli apel dua belas, \
        lima di antarana dibikeun ka adina. Sabaraha apel deui nu masih aya di manéhna? Unggal kotak hargana tilu dolar. Éta lalaki \
        muka panto sabab hujan. Barudak lalapar, ku kituna indungna masak keur dahar peuting. Kamari urang indit ka pasar jeung \
        babaturan, tapi tokona geus tutup. Hapunten, abdi teu tiasa ngabantosan kana pamundut ieu.",
};

const VI: Profile = Profile {
    tag: "vi",
    script: "Latn",
    words: "và của là có không được trong cho một những người các với này để đã khi từ đến cũng về như ra vào làm ở thì mà nhưng vì \
        nếu hay hoặc bị bởi theo trên dưới sau trước giữa tôi bạn anh chị em nó họ chúng ta mình ông bà ai gì nào đâu sao bao nhiêu \
        mỗi mọi tất cả nhiều ít hơn nhất rất đang sẽ phải nên cần ngày tuần giờ năm tháng tiền đồng hai ba bốn mười tổng nửa lần câu \
        trả lời hỏi giúp xin nhà trường việc nước ăn con mẹ cha bạn thế giới pháp luật quyền tự do phụ nữ đàn cô đó vậy lại",
    text: "Mọi công dân đều có thể bỏ phiếu và không ai có thể bị trừng phạt nếu không được xét xử công bằng. Luật pháp bảo vệ tự do \
        của tất cả mọi người, và nhà nước phải tôn trọng quyền, gia đình và công việc của họ. Lan mua mười hai quả táo và cho em \
        trai năm quả. Cô ấy còn lại bao nhiêu quả táo? Mỗi hộp giá ba đô la, vậy bốn hộp giá tổng cộng mười hai đô la. Mỗi tuần anh \
        ấy làm việc bốn mươi giờ và kiếm được gấp đôi chị gái mình. Người đàn ông mở cửa vì trời đang mưa. Bọn trẻ đói nên mẹ chúng \
        nấu bữa tối. Hôm qua chúng tôi đi chợ với bạn bè, nhưng cửa hàng đã đóng cửa. Xin lỗi, tôi không thể giúp bạn với yêu cầu \
        này. Trước hết hãy đọc hướng dẫn, sau đó chọn câu trả lời tốt nhất và giải thích tại sao. Bạn nên uống nhiều nước hơn và ngủ \
        ngon. Nếu bạn cần thêm thông tin, hãy hỏi bác sĩ hoặc thầy giáo ở trường. Bạn muốn biết gì về lịch sử của đất nước này? \
        Bà tôi nuôi hai mươi con gà, hai con ngựa và một con chó nhỏ ở nông trại. Sáng thứ hai xe buýt đến muộn nên cô \
        gái chạy đến trường và ngồi cạnh cửa sổ. Anh ấy đặt chìa khóa lên bàn bếp, rửa tay và bật đèn. Nếu một đoàn tàu \
        đi được sáu mươi ki-lô-mét trong một giờ thì nó đi được bao xa trong nửa thời gian đó? Cảnh sát tìm thấy chiếc \
        xe bị mất gần cây cầu. An sinh xã hội, giáo dục và sức khỏe là một phần của đời sống.",
};

const TL: Profile = Profile {
    tag: "tl",
    script: "Latn",
    words: "ang ng sa na mga at ay ko siya hindi kung si para ako nang mo ka ito may kanyang niya kanya lang pa sila nila kanila \
        tayo kami namin natin amin atin inyo kayo ninyo iyo akin iyon iyan ano sino saan kailan paano ilan magkano bakit dahil \
        upang ngunit pero o kaya rin din nga po ba wala walang mayroon meron dapat maaari pwede bawat lahat ibang iba isang isa \
        dalawa dalawang tatlo apat lima sampu araw linggo oras taon buwan pera piso dolyar kabuuan kalahati beses sagot tanong \
        tulong pakiusap tao bata ina ama kapatid kaibigan bahay paaralan trabaho tubig pagkain bansa mundo batas pamahalaan \
        kalayaan karapatan babae lalaki habang pagkatapos bago noong nasa mula hanggang tungkol",
    text: "Maaaring bumoto ang bawat mamamayan, at walang sinuman ang maaaring parusahan nang walang makatarungang paglilitis. \
        Pinoprotektahan ng batas ang kalayaan ng lahat ng tao, at dapat igalang ng pamahalaan ang kanilang mga karapatan, pamilya at \
        trabaho. Bumili si Maria ng labindalawang mansanas at ibinigay niya ang lima sa kanyang kapatid. Ilang mansanas ang natira sa \
        kanya? Tatlong piso ang halaga ng bawat kahon, kaya labindalawang piso ang kabuuan ng apat na kahon. Bawat linggo ay \
        nagtatrabaho siya ng apatnapung oras at kumikita ng doble kaysa sa kanyang ate. Binuksan ng lalaki ang pinto dahil umuulan. \
        Nagugutom ang mga bata, kaya nagluto ng hapunan ang kanilang ina. Kahapon ay pumunta kami sa palengke kasama ang aming mga \
        kaibigan, pero sarado na ang tindahan. Paumanhin, hindi kita matutulungan sa kahilingang ito. Basahin muna ang mga tagubilin, \
        saka piliin ang pinakamabuting sagot at ipaliwanag kung bakit. Dapat kang uminom ng mas maraming tubig at matulog nang \
        mabuti. Kung kailangan mo ng karagdagang impormasyon, magtanong ka sa iyong doktor o sa guro sa paaralan. Ano ang gusto mong \
        malaman tungkol sa kasaysayan ng bansang ito? \
        Nag-aalaga ang lola ko ng dalawampung manok, dalawang kabayo at isang maliit na aso sa kanyang bukid. Noong \
        Lunes ng umaga ay nahuli ang bus, kaya tumakbo ang batang babae papunta sa paaralan at umupo sa tabi ng bintana. \
        Inilagay niya ang mga susi sa mesa sa kusina, naghugas ng kamay at binuksan ang ilaw. Kung ang isang tren ay \
        naglalakbay ng animnapung kilometro sa isang oras, gaano kalayo ang mararating nito? Natagpuan ng pulis ang \
        ninakaw na kotse malapit sa tulay. Ang edukasyon at kalusugan ay bahagi ng buhay sa lipunan.",
};

const CEB: Profile = Profile {
    tag: "ceb",
    script: "Latn",
    words: "ang sa nga ug mga kay dili siya ako ikaw kita kami sila niya nila nato namo ako imong iyang ilang akong si ni kang \
        kini kana kadto unsa kinsa asa kanus-a unsaon pila nganong apan kon kung aron tungod wala walay adunay aduna matag tanan \
        lain usa duha tulo upat lima napulo adlaw semana oras tuig kwarta piso tubag pangutana tabang tawo bata inahan amahan igsoon \
        higala balay eskwelahan trabaho tubig pagkaon nasod kalibotan balaod gobyerno kagawasan katungod babaye lalaki usab pud",
    text: "Ang matag lungsoranon makahimo sa pagbotar, ug walay bisan kinsa nga silotan kon walay makiangayong husay. Ang balaod \
        nanalipod sa kagawasan sa tanang tawo, ug ang gobyerno kinahanglang motahod sa ilang mga katungod, pamilya ug trabaho. Si Maria \
        mipalit og napulog duha ka mansanas ug mihatag og lima sa iyang igsoong lalaki. Pila ka mansanas ang nahibilin kaniya? Ang \
        lalaki miabli sa pultahan kay nag-ulan. Ang mga bata gigutom, busa ang ilang inahan nagluto og panihapon. Kagahapon miadto kami \
        sa merkado uban sa among mga higala, apan ang tindahan sirado na. Pasayloa ko, dili ko makatabang kanimo niini nga hangyo.",
};
