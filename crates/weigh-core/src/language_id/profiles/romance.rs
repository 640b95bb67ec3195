//! Romance languages and Haitian Creole: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 8] = [FR, ES, PT, IT, CA, GL, RO, HT];

const FR: Profile = Profile {
    tag: "fr",
    script: "Latn",
    words: "de la le les et des en un une du que est pour qui dans a par plus pas au sur ne se ce il elle ils elles sont avec \
        son sa ses aux on nous vous je tu mais ou si leur leurs y être ont était même fait cette ces comme tout tous toute \
        toutes sans autre autres peut doit après bien où dont entre très aussi avant depuis moins encore cela ça alors donc \
        parce quand comment pourquoi combien quel quelle lui moi toi mon ma mes ton ta tes notre nos votre vos faire avoir \
        peuvent doivent chaque personne aucun aucune jamais toujours deux trois quatre cinq dix jour jours semaine heures an \
        ans coûte reste total moitié réponse question aide homme femme enfant pays monde",
    text: "Chaque citoyen peut voter et personne ne peut être puni sans un procès équitable. La loi protège la liberté de tous \
        les hommes, et l'État doit respecter leurs droits, leur famille et leur travail. Marie a acheté douze pommes et en a \
        donné cinq à son frère. Combien de pommes lui reste-t-il ? Chaque boîte coûte trois euros, donc quatre boîtes coûtent \
        douze euros au total. Chaque semaine, il travaille quarante heures et gagne deux fois plus que sa sœur. L'homme a \
        ouvert la porte parce qu'il pleuvait. Les enfants avaient faim, alors leur mère a préparé le dîner. Hier, nous sommes \
        allés au marché avec nos amis, mais le magasin était déjà fermé. Je suis désolé, mais je ne peux pas vous aider pour \
        cette demande. Lisez d'abord les instructions, puis choisissez la meilleure réponse et expliquez pourquoi. Tu devrais \
        boire plus d'eau et bien dormir. Si vous avez besoin d'autres renseignements, demandez à votre médecin ou à un \
        professeur de l'école. Que voulez-vous savoir sur l'histoire de ce pays ? Rien dans ces règles ne sera utilisé contre quiconque. \
        Ma grand-mère élève vingt poules, deux chevaux et un petit chien dans sa ferme. Lundi matin, le bus était en \
        retard, alors la fille a couru jusqu'à l'école et s'est assise près de la fenêtre. Il posa les clés sur la table \
        de la cuisine, se lava les mains et alluma la lumière. Si un train parcourt soixante kilomètres en une heure, \
        quelle distance fait-il pendant la moitié de ce temps ? La police a retrouvé la voiture volée près du pont. Elle \
        dépense un tiers de son salaire pour le loyer et économise le reste. La sécurité sociale, l'éducation et la \
        santé font partie de la vie en société.",
};

const ES: Profile = Profile {
    tag: "es",
    script: "Latn",
    words: "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque \
        esta entre cuando muy sin sobre también me hasta hay donde quien desde todo toda todos todas nos durante ni contra \
        otros otra ese eso ante ellos ellas e esto mí antes algunos qué unos yo otro él ella tanto esa estos mucho muchos nada \
        nadie cada cuántos cuántas cuánto cómo cuál dónde son fue era está están ha han tiene tienen puede pueden debe deben \
        hacer ser haber si mi tu te usted nosotros dos tres cuatro cinco diez día días semana horas año años cuesta total \
        mitad doble respuesta pregunta ayuda persona personas vez después mismo así",
    text: "Todo ciudadano puede votar y nadie puede ser castigado sin un juicio justo. La ley protege la libertad de todas las \
        personas, y el Estado debe respetar sus derechos, su familia y su trabajo. María compró doce manzanas y le dio cinco a \
        su hermano. ¿Cuántas manzanas le quedan? Cada caja cuesta tres dólares, así que cuatro cajas cuestan doce dólares en \
        total. Cada semana trabaja cuarenta horas y gana el doble que su hermana. El hombre abrió la puerta porque llovía. Los \
        niños tenían hambre, por eso su madre preparó la cena. Ayer fuimos al mercado con nuestros amigos, pero la tienda ya \
        estaba cerrada. Lo siento, pero no puedo ayudarte con esta solicitud. Primero lea las instrucciones, después elija la \
        mejor respuesta y explique por qué. Deberías beber más agua y dormir bien. Si necesita más información, pregunte a su \
        médico o a un maestro de la escuela. ¿Qué quiere saber sobre la historia de este país? Nada en estas reglas será usado \
        contra alguien que es igual ante los tribunales. \
        Mi abuela cría veinte gallinas, dos caballos y un perro pequeño en su granja. El lunes por la mañana el autobús \
        llegó tarde, así que la niña corrió a la escuela y se sentó junto a la ventana. Él dejó las llaves en la mesa de \
        la cocina, se lavó las manos y encendió la luz. Si un tren recorre sesenta kilómetros en una hora, ¿qué \
        distancia recorre en la mitad de ese tiempo? La policía encontró el auto robado cerca del puente. Ella gasta un \
        tercio de su sueldo en el alquiler y ahorra el resto. Un equipo jugó veinte partidos el primer mes y ningún \
        jugador quiso salir. ¿Cuánto le lleva comprar las flores, los libros y las tazas que están en la otra ciudad? La \
        seguridad social, la educación y la salud forman parte de la vida en sociedad.",
};

const PT: Profile = Profile {
    tag: "pt",
    script: "Latn",
    words: "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando \
        muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus suas quem nas me esse eles elas você \
        vocês essa num nem meu minha às numa pelos pelas este esta isto foi era é são está estão tem têm pode podem deve devem \
        ser ter fazer há todo toda todos todas cada nada ninguém algum alguns outro outra outros quantos quantas quanto onde \
        porque qual nós dois duas três quatro cinco dez dia dias semana horas ano anos custa total metade dobro resposta \
        pergunta ajuda pessoa pessoas vez então assim ainda sobre contra durante",
    text: "Todo cidadão pode votar e ninguém pode ser punido sem um julgamento justo. A lei protege a liberdade de todas as \
        pessoas, e o Estado deve respeitar os seus direitos, a sua família e o seu trabalho. Maria comprou doze maçãs e deu \
        cinco delas ao irmão. Com quantas maçãs ela ficou? Cada caixa custa três reais, então quatro caixas custam doze reais \
        no total. Toda semana ele trabalha quarenta horas e ganha o dobro da irmã. O homem abriu a porta porque estava \
        chovendo. As crianças estavam com fome, por isso a mãe fez o jantar. Ontem fomos ao mercado com os nossos amigos, mas \
        a loja já estava fechada. Sinto muito, mas não posso ajudar você com este pedido. Primeiro leia as instruções, depois \
        escolha a melhor resposta e explique por quê. Você deveria beber mais água e dormir bem. Se precisar de mais \
        informações, pergunte ao seu médico ou a um professor da escola. O que você quer saber sobre a história deste país? \
        Nada nestas regras será usado contra alguém que é igual perante os tribunais. \
        Minha avó cria vinte galinhas, dois cavalos e um cachorro pequeno na fazenda dela. Na segunda-feira de manhã o \
        ônibus atrasou, então a menina correu para a escola e sentou-se perto da janela. Ele deixou as chaves na mesa da \
        cozinha, lavou as mãos e acendeu a luz. Se um trem percorre sessenta quilômetros em uma hora, qual distância \
        percorre na metade desse tempo? A polícia encontrou o carro roubado perto da ponte. Ela gasta um terço do \
        salário com o aluguel e economiza o resto. Um time jogou vinte partidas no primeiro mês e nenhum jogador quis \
        sair. A segurança social, a educação e a saúde fazem parte da vida em sociedade.",
};

const IT: Profile = Profile {
    tag: "it",
    script: "Latn",
    words: "di e il la che in a per un è del non una con i le da si dei al come più anche alla della sono ma gli nel lo se su \
        delle ha dal nella o ed questo questa questi queste suo sua loro tra fra cui dalla ci ai era mi ti vi hanno essere \
        stato dopo quando quanto quanti quante dove chi cosa perché quale ogni tutto tutti tutte nessuno niente altro altri \
        sua suoi sue io tu lui lei noi voi può possono deve devono fare avere così sempre già ancora molto molti poi solo \
        senza sul sulla nei degli dagli agli fino contro durante due tre quattro cinque dieci giorno giorni settimana ore anno \
        anni costa totale metà doppio risposta domanda aiuto persona persone mondo paese prima",
    text: "Ogni cittadino può votare e nessuno può essere punito senza un giusto processo. La legge protegge la libertà di tutti \
        gli uomini, e lo Stato deve rispettare i loro diritti, la loro famiglia e il loro lavoro. Maria ha comprato dodici mele \
        e ne ha date cinque a suo fratello. Quante mele le restano? Ogni scatola costa tre euro, quindi quattro scatole costano \
        dodici euro in totale. Ogni settimana lavora quaranta ore e guadagna il doppio di sua sorella. L'uomo aprì la porta \
        perché pioveva. I bambini avevano fame, così la madre preparò la cena. Ieri siamo andati al mercato con i nostri amici, \
        ma il negozio era già chiuso. Mi dispiace, ma non posso aiutarti con questa richiesta. Prima leggi le istruzioni, poi \
        scegli la risposta migliore e spiega il perché. Dovresti bere più acqua e dormire bene. Se avete bisogno di altre \
        informazioni, chiedete al medico o a un insegnante della scuola. Che cosa vuole sapere della storia di questo paese? \
        Nulla in queste regole sarà usato contro chi è uguale davanti ai tribunali. \
        Mia nonna alleva venti galline, due cavalli e un piccolo cane nella sua fattoria. Lunedì mattina l'autobus era \
        in ritardo, così la ragazza corse a scuola e si sedette vicino alla finestra. Egli lasciò le chiavi sul tavolo \
        della cucina, si lavò le mani e accese la luce. Se un treno percorre sessanta chilometri in un'ora, che distanza \
        percorre nella metà del tempo? La polizia ha ritrovato la macchina rubata vicino al ponte. Lei spende un terzo \
        dello stipendio per l'affitto e risparmia il resto. La squadra decise di giocare un'altra partita, ma il pallone \
        fu messo in una borsa. Il ragazzo si sentiva stanco e andò a letto; la sorella gli diede del latte caldo. La \
        sicurezza sociale, l'istruzione e la salute fanno parte della vita in società.",
};

const CA: Profile = Profile {
    tag: "ca",
    script: "Latn",
    words: "de la i el que a en els les un una per del amb és no es al com més seu seva seus seves o si però també són ha han \
        aquest aquesta aquests això tot tota tots totes cada ningú res hi ho ja molt quan on qui què perquè altres sense entre \
        fins dels als pels nosaltres vosaltres ell ella ells jo tu seva nostre vostre pot poden ha haver fer ser estar dos tres \
        quatre cinc deu dia setmana any persona dret drets país",
    text: "Tot ciutadà pot votar i ningú no pot ser castigat sense un judici just. La llei protegeix la llibertat de totes les \
        persones, i l'Estat ha de respectar els seus drets, la seva família i la seva feina. La Maria va comprar dotze pomes i en \
        va donar cinc al seu germà. Quantes pomes li queden? Cada capsa costa tres euros. L'home va obrir la porta perquè plovia. \
        Els nens tenien gana, i la seva mare va fer el sopar. Ahir vam anar al mercat amb els nostres amics, però la botiga ja era \
        tancada. Em sap greu, però no et puc ajudar amb aquesta petició. Primer llegiu les instruccions i després trieu la millor resposta.",
};

const GL: Profile = Profile {
    tag: "gl",
    script: "Latn",
    words: "de a o que e do da en un unha para con non os no se na por máis as dos como pero ao el das á seu súa ou cando moi \
        nos xa eu tamén só polo pola ata iso ela entre despois sen mesmo aos seus súas quen nas este esta isto foi era é son \
        está están ten teñen pode poden debe deben ser ter facer hai todo toda todos todas cada nada ninguén outro outra outros \
        cantos cantas canto onde porque cal nós dous dúas tres catro cinco dez día semana ano persoa persoas dereito",
    text: "Todo cidadán pode votar e ninguén pode ser castigado sen un xuízo xusto. A lei protexe a liberdade de todas as \
        persoas, e o Estado debe respectar os seus dereitos, a súa familia e o seu traballo. María mercou doce mazás e deulle cinco \
        ao seu irmán. Cantas mazás lle quedan? Cada caixa custa tres euros. O home abriu a porta porque chovía. Os nenos tiñan \
        fame, así que a súa nai fixo a cea. Onte fomos ao mercado cos nosos amigos, pero a tenda xa estaba pechada. Síntoo, pero \
        non podo axudarche con isto. Primeiro le as instrucións e despois escolle a mellor resposta.",
};

const RO: Profile = Profile {
    tag: "ro",
    script: "Latn",
    words: "de și în a la cu pe că nu o un este din pentru mai care sunt se au ce fi sau dar al ale lui ei lor prin după fără \
        între orice oricine nimeni nimic fiecare toate toți tot cât câte cum unde când cine de ce eu tu el ea noi voi ele său \
        sa acest această acestea foarte poate trebuie avea doi două trei patru cinci zece zi săptămână an ani dreptul oameni țară",
    text: "Orice cetățean poate vota și nimeni nu poate fi pedepsit fără un proces drept. Legea apără libertatea tuturor \
        oamenilor, iar statul trebuie să respecte drepturile, familia și munca lor. Maria a cumpărat douăsprezece mere și i-a dat \
        cinci fratelui său. Câte mere i-au rămas? Fiecare cutie costă trei lei. Bărbatul a deschis ușa pentru că ploua. Copiilor le \
        era foame, așa că mama lor a gătit cina. Ieri am mers la piață cu prietenii noștri, dar magazinul era deja închis. Îmi pare \
        rău, dar nu te pot ajuta cu această cerere. Mai întâi citiți instrucțiunile, apoi alegeți cel mai bun răspuns.",
};

const HT: Profile = Profile {
    tag: "ht",
    script: "Latn",
    words: "nan ak yo pou li se yon pa ki te moun tout sa nou ka gen ou mwen la a an men si ap pran fè lè kote poukisa kouman \
        konbyen chak okenn anpil plis sou anba san ant dwa peyi travay lekòl fanmi timoun fi gason bay ale vini wè di konnen \
        vle dwe pral sot pi menm lòt anvan apre paske kidonk de twa kat senk dis jou semèn ane lajan dlo manje kay",
    text: "Chak sitwayen gen dwa vote, e pèsonn pa ka pini san yon jijman ki jis. Lalwa pwoteje libète tout moun, epi leta dwe \
        respekte dwa yo, fanmi yo ak travay yo. Mari te achte douz pòm epi li te bay frè li senk ladan yo. Konbyen pòm ki rete li? \
        Chak bwat koute twa dola. Mesye a te louvri pòt la paske lapli t ap tonbe. Timoun yo te grangou, kidonk manman yo te kwit \
        manje. Yè nou te ale nan mache a ak zanmi nou yo, men boutik la te deja fèmen. Mwen regrèt, men mwen pa ka ede w ak demann sa a. \
        Fi a te mete rad li sou kabann nan. Li te santi li byen lè li te wè zanmi l.",
};
