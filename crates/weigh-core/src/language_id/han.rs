//! Chinese, Cantonese and Japanese, and which of the two Chinese scripts a text is written in.
//!
//! Kana decide for Japanese. The two Chinese scripts share most characters; what tells them apart are
//! characters that only one of them has. Characters that are simplified forms and traditional words of
//! their own (后, 里, 云) are no evidence for the simplified script, nor those that Japanese has, too, against Japanese.

/// Simplified characters that the traditional script has not.
const SIMPLIFIED: &str = "\
    们这来国说对时会为个过还没见现点问间话语车书长东门开关儿农阳阴动务员听声学写买卖钱东饭馆电脑网络视频\
    发经济应该让认识让给约结线红绿细终组织继续编练纸经级纪纯绍纳统绝缘则刚创别刘剧剑办务劳势动勋\
    单卫厂厅历厉压县参双变叙号叹吗响员听启呜哟唤啸团园围图圆圣场坏块坚坛垒处备头夹夺奋奖妇妈娱娄\
    孙宁宝实宠审宪宽宾对寻导将尔尘尝层届属岁岂岗岛峡币帅师帐带帮广庄庆库应庙废开异弃张弯弹强归录彻\
    忆忧怀态总恋恳恶恼悬惊惧惨惩惯愤愿懒戏战户扑执扩扫扬抚抛抢护报担拟拥择挂挡挣挤挥损换据掷搅携摄摆摇\
    敌数断无旧旷昼显晋晒晓暂术机杀杂权条极构枪柜标栈栋树样桥档检楼榄欢欧残毁毕气汇汉汤沟没泪泽洁浅测浏\
    济浓涛润涨渐温湾湿满滞滥滩灭灯灵炉炼烂烟烦烧热爱牵犹狭狱猎献环电画畅疗疯监盖盘矿码砖确碍礼祸离种积\
    称稳穷窃竞笔笼筑签简类粮紧约级纷纸纹纺纽线练组细织终绍经结绕绘给络绝统继绩续维绵综绿缓编缝缩罗罚罢\
    职联肃肠肤肿胀胁胜脉脏脑脚脱脸腾艺节苏范茎荐荣药莱获营萧萨蓝虑虫虽蚀蚁蛮补装见观规觉览触订认讨让训\
    议讯记讲许论设访证评识诉词译试诗诚话诞询该详语误说请诸读课谁调谈谊谋谓谢谣谦谨谱贝负贡财责贤败货质\
    购贯贱贴贵贷贸费贺资赏赔赖赚赛赞赢赵赶趋跃践踪车轨轩转轮软轰轻载较辅辆辈辉输辑边达迁过运还这进远违\
    连迟适选递逻遗邓邮邻郑酱释针钉钓钟钢钥钱铁铃铅银链锁错锋锐键锻镇镜长门闪闭问闲间闷闹闻阅阔队阳阶际陆\
    陈险随隐难雾静顶顷项顺须顾顿颁预领颇频题颜额风飞饥饭饮饰饱饼馆驱驶驾验骂骄骑骗骤鱼鲁鲜鸟鸡鸣鸭鸿麦黄齐龄龙";

/// Traditional characters that the simplified script has not.
const TRADITIONAL: &str = "\
    們這來國說對時會為個過還沒見現點問間話語車書長東門開關兒農陽陰動務員聽聲學寫買賣錢飯館電腦網絡視頻\
    發經濟應該讓認識給約結線紅綠細終組織繼續編練紙級紀純紹納統絕緣則剛創別劉劇劍辦勞勢勳單衛廠廳歷厲壓縣\
    參雙變敘號嘆嗎響啟嗚喲喚嘯團園圍圖圓聖場壞塊堅壇壘處備頭夾奪奮獎婦媽娛婁孫寧寶實寵審憲寬賓尋導將爾\
    塵嘗層屆屬歲豈崗島峽幣帥師帳帶幫廣莊慶庫廟廢異棄張彎彈歸錄徹憶憂懷態總戀懇惡惱懸驚懼慘懲慣憤願懶戲\
    戰戶撲執擴掃揚撫拋搶護報擔擬擁擇掛擋掙擠揮損換據擲攪攜攝擺搖敵數斷無舊曠晝顯晉曬曉暫術機殺雜權條極\
    構槍櫃標棧棟樹樣橋檔檢樓歡歐殘毀畢氣匯漢湯溝淚澤潔淺測瀏濃濤潤漲漸溫灣濕滿滯濫灘滅燈靈爐煉爛煙煩燒\
    熱愛牽猶狹獄獵獻環畫暢療瘋監蓋盤礦碼磚確礙禮禍離種積稱穩窮竊競筆籠築簽簡類糧緊紛紋紡紐繞繪績維綿綜\
    緩縫縮羅罰罷職聯肅腸膚腫脹脅勝脈臟腳脫臉騰藝節蘇莖薦榮藥萊獲營蕭薩藍慮蟲雖蝕蟻蠻補裝觀規覺覽觸訂討\
    訓議訊記講許論設訪證評訴詞譯試詩誠誕詢詳誤請諸讀課誰調談誼謀謂謝謠謙謹譜貝負貢財責賢敗貨質購貫賤貼貴\
    貸貿費賀資賞賠賴賺賽贊贏趙趕趨躍踐蹤軌軒轉輪軟轟輕載較輔輛輩輝輸輯邊達遷運進遠違連遲適選遞邏遺鄧郵鄰\
    鄭醬釋針釘釣鐘鋼鑰鐵鈴鉛銀鏈鎖錯鋒銳鍵鍛鎮鏡閃閉閒悶鬧聞閱闊隊階際陸陳險隨隱難霧靜頂頃項順須顧頓頒預\
    領頗題顏額風飛飢飲飾飽餅驅駛駕驗罵驕騎騙驟魚魯鮮鳥雞鳴鴨鴻麥黃齊齡龍裡麼於後";

/// Characters of written Cantonese.
const CANTONESE: &str = "嘅咗喺唔佢哋冇嘢嚟睇啲咁嗰噉攞畀俾";

/// What the characters of a text say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    ideographs: u32,
    kana: u32,
    simplified: u32,
    traditional: u32,
    cantonese: u32,
}

impl Evidence {
    /// Adds the characters of a word.
    pub(super) fn add(&mut self, word: &str) {
        for c in word.chars() {
            match super::script::of(c) {
                Some("Hani") => self.ideograph(c),
                Some("Hira" | "Kana") => self.kana += 1,
                Some(_) | None => {}
            }
        }
    }

    fn ideograph(&mut self, c: char) {
        self.ideographs += 1;
        self.cantonese += u32::from(CANTONESE.contains(c));
        self.simplified += u32::from(SIMPLIFIED.contains(c) && !TRADITIONAL.contains(c));
        self.traditional += u32::from(TRADITIONAL.contains(c) && !SIMPLIFIED.contains(c));
    }

    /// The language: one kana in ten characters makes a text Japanese, one Cantonese character in
    /// forty makes it Cantonese.
    pub(super) const fn language(&self) -> &'static str {
        if self.kana * 9 >= self.ideographs && self.kana > 0 {
            "ja"
        } else if self.cantonese * 40 >= self.ideographs && self.cantonese > 0 {
            "yue"
        } else {
            "zh"
        }
    }

    /// The script: `Jpan`; `Hans` or `Hant` where four of five telling characters are of that
    /// script; `Hani` where none is telling, or neither script has four of five.
    #[cfg(test)]
    pub(super) fn script(&self) -> &'static str {
        self.script_of(self.language())
    }

    /// The script in which these characters are, if their language is this one.
    pub(super) fn script_of(&self, language: &str) -> &'static str {
        let telling = self.simplified + self.traditional;
        let most = |n: u32| n > 0 && n * 5 >= telling * 4;
        match language {
            "ja" => "Jpan",
            _ if most(self.simplified) => "Hans",
            _ if most(self.traditional) => "Hant",
            _ => "Hani",
        }
    }

    /// Whether a kana is among the characters.
    pub(super) const fn has_kana(&self) -> bool {
        self.kana > 0
    }

    /// Whether both languages may be there: some kana, but few for a Japanese text.
    pub(super) const fn is_mixed(&self) -> bool {
        self.kana > 0 && self.kana < self.ideographs
    }

    /// Whether the text is written alike in both Chinese scripts.
    pub(super) const fn is_common(&self) -> bool {
        self.simplified + self.traditional == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: &str, script: &str) {
        let mut evidence = Evidence::default();
        evidence.add(text);
        assert_eq!(
            (evidence.language(), evidence.script()),
            (language, script),
            "{text}"
        );
    }

    #[test]
    fn characters_tell_language_and_script() {
        check("今天天气很好我们去买书", "zh", "Hans");
        check("今天天氣很好我們去買書", "zh", "Hant");
        check("今天天天在山上", "zh", "Hani");
        check("我們去买", "zh", "Hani");
        check("佢哋喺屋企食緊飯", "yue", "Hant");
        check("今日は天気がいいので本を買いに行きます", "ja", "Jpan");
        check("カタカナ", "ja", "Jpan");
    }

    #[test]
    fn no_character_is_of_both_scripts() {
        let both: String = SIMPLIFIED
            .chars()
            .filter(|c| TRADITIONAL.contains(*c))
            .collect();
        assert_eq!(both, "");
    }
}
