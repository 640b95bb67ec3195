//! Germanic languages: common words, and a text of our own in each.

use super::Profile;

pub(super) const ALL: [Profile; 7] = [EN, DE, NL, AF, SV, DA, NB];

const EN: Profile = Profile {
    tag: "en",
    script: "Latn",
    words: "the of and to in a is that it for was on are as with his they at be this have from or had by not but what \
        some we can out other were all there when your how said an each she which their time if will way about many then \
        them would like so these her long make thing see him two has look more could go come did no most who over know than \
        call first may down been now any very where after back only our because does into you my me us its just also even \
        well such through should between before here must without both under while during another every same much how \
        per left total cost price day week hours money people need help please answer question",
    text: "Every citizen may vote, and nobody may be punished without a fair trial. The law protects the freedom of all \
        people, and the state must respect their rights, their family and their work. Maria bought twelve apples and gave \
        five of them to her brother. How many apples does she have left? Each box costs three dollars, so four boxes cost \
        twelve dollars in total. Every week he works forty hours and earns twice as much as his sister. The man opened the \
        door because it was raining. The children were hungry, so their mother cooked dinner. Yesterday we went to the \
        market with our friends, but the shop was already closed. I am sorry, but I cannot help you with this request. \
        First read the instructions, then choose the best answer and explain why. You should drink more water and sleep \
        well. If you need more information, please ask your doctor or a teacher at school. What do you want to know about \
        the history of this country? Nothing in these rules shall be used against anyone who is equal before the courts. \
        My grandmother keeps twenty chickens, two horses and a small dog on her farm. On Monday morning the bus was \
        late, so the girl ran to school and sat down next to the window. He put the keys on the kitchen table, washed \
        his hands and turned on the light. If a train travels sixty miles in one hour, how far will it go in half of \
        that time? The police found the stolen car near the bridge. She spends a third of her salary on rent and saves \
        the rest. Social security, education and health belong to everyone's standard of living.",
};

const DE: Profile = Profile {
    tag: "de",
    script: "Latn",
    words: "der die das und ist in den von zu mit sich des auf für nicht ein eine einen einem einer eines als auch es an er \
        sie wir ihr ich du so dass aus bei nach wird werden wurde wie im dem am zum zur hat haben hatte sind war waren über \
        um noch nur oder aber vor bis mehr durch man sein seine ihre kann können muss müssen soll sollen will wenn weil \
        dann da hier dort was wer wo warum welche welcher jeder jede jedes jeden alle allen alles keine kein mein dein unser \
        euch uns ihm ihn ihnen mir mich dir dich sehr viel viele wieder immer schon zwischen unter gegen ohne während seit \
        diese dieser dieses diesen pro tag tage woche stunden jahr jahre kostet insgesamt hälfte doppelt bitte antwort frage",
    text: "Jeder Bürger darf wählen, und niemand darf ohne ein gerechtes Verfahren bestraft werden. Das Gesetz schützt die \
        Freiheit aller Menschen, und der Staat muss ihre Rechte, ihre Familie und ihre Arbeit achten. Maria hat zwölf Äpfel \
        gekauft und fünf davon ihrem Bruder gegeben. Wie viele Äpfel bleiben ihr übrig? Jede Kiste kostet drei Euro, also \
        kosten vier Kisten insgesamt zwölf Euro. Jede Woche arbeitet er vierzig Stunden und verdient doppelt so viel wie \
        seine Schwester. Der Mann öffnete die Tür, weil es regnete. Die Kinder waren hungrig, deshalb kochte ihre Mutter das \
        Abendessen. Gestern gingen wir mit unseren Freunden auf den Markt, aber das Geschäft war schon geschlossen. Es tut \
        mir leid, aber ich kann Ihnen bei dieser Anfrage nicht helfen. Lesen Sie zuerst die Anleitung, wählen Sie dann die \
        beste Antwort und erklären Sie, warum. Du solltest mehr Wasser trinken und gut schlafen. Wenn Sie weitere \
        Informationen brauchen, fragen Sie bitte Ihren Arzt oder eine Lehrerin in der Schule. Was möchten Sie über die \
        Geschichte dieses Landes wissen? Nichts in diesen Regeln darf gegen jemanden verwendet werden, der vor Gericht gleich ist. \
        Meine Großmutter hält auf ihrem Hof zwanzig Hühner, zwei Pferde und einen kleinen Hund. Am Montagmorgen kam der \
        Bus zu spät, also rannte das Mädchen zur Schule und setzte sich ans Fenster. Er legte die Schlüssel auf den \
        Küchentisch, wusch sich die Hände und schaltete das Licht ein. Wenn ein Zug in einer Stunde sechzig Kilometer \
        fährt, wie weit kommt er dann in der Hälfte der Zeit? Die Polizei fand das gestohlene Auto in der Nähe der \
        Brücke. Sie gibt ein Drittel ihres Gehalts für die Miete aus und spart den Rest. Er bestellt alle zwei Monate \
        eine Datei, einen Kuchen und zehn Prozent mehr Bücher als sonst. Soziale Sicherheit, Bildung und Gesundheit \
        gehören zum Leben in der Gemeinschaft.",
};

const NL: Profile = Profile {
    tag: "nl",
    script: "Latn",
    words: "de het een en van in is dat op te zijn met voor niet aan er die hij zij ze wij we ik je jij u jullie om ook als \
        dan maar naar door over bij nog uit tot of wat wie waar hoe waarom welke deze dit daar hier heeft hebben had was \
        waren wordt worden werd kan kunnen moet moeten mag mogen zal zullen wil willen geen alle alles iedereen elke elk \
        iemand niemand niets iets veel meer meest weinig zeer al altijd weer tussen onder tegen zonder tijdens sinds zijn \
        haar hun hem hen ons onze mijn jouw uw omdat toen want dus zoals twee drie vier vijf tien dag dagen week uur jaar \
        euro kost hoeveel totaal helft antwoord vraag alstublieft mensen wereld land goed nieuw groot eerste",
    text: "Iedere burger mag stemmen en niemand mag zonder eerlijk proces worden gestraft. De wet beschermt de vrijheid van \
        alle mensen, en de staat moet hun rechten, hun gezin en hun werk eerbiedigen. Maria kocht twaalf appels en gaf er vijf \
        van aan haar broer. Hoeveel appels heeft zij nog over? Elke doos kost drie euro, dus vier dozen kosten in totaal \
        twaalf euro. Elke week werkt hij veertig uur en verdient hij twee keer zoveel als zijn zus. De man deed de deur open \
        omdat het regende. De kinderen hadden honger, dus kookte hun moeder het avondeten. Gisteren gingen we met onze \
        vrienden naar de markt, maar de winkel was al gesloten. Het spijt me, maar ik kan u met dit verzoek niet helpen. Lees \
        eerst de aanwijzingen, kies daarna het beste antwoord en leg uit waarom. Je zou meer water moeten drinken en goed \
        moeten slapen. Als u meer informatie nodig heeft, vraag het dan aan uw arts of aan een leraar op school. Wat wilt u \
        weten over de geschiedenis van dit land? Niets in deze regels mag worden gebruikt tegen iemand die voor de rechter gelijk is. \
        Mijn grootmoeder houdt twintig kippen, twee paarden en een kleine hond op haar boerderij. Op maandagochtend was \
        de bus te laat, dus rende het meisje naar school en ging ze bij het raam zitten. Hij legde de sleutels op de \
        keukentafel, waste zijn handen en deed het licht aan. Als een trein in een uur zestig kilometer rijdt, hoe ver \
        komt hij dan in de helft van die tijd? De politie vond de gestolen auto bij de brug. Ze geeft een derde van haar \
        loon uit aan huur en spaart de rest. Sociale zekerheid, onderwijs en gezondheid horen bij het leven in de \
        samenleving.",
};

const AF: Profile = Profile {
    tag: "af",
    script: "Latn",
    words: "die en van in is het nie om te wat vir dat op met hy sy ons hulle ek jy julle dit as aan by sal was kan moet mag \
        wees word geword maar ook of uit deur oor na tot nog al hierdie daardie haar hom sy hul my jou waar hoe wie hoekom \
        elke elkeen almal niemand niks baie meer geen tussen onder teen sonder omdat toe sodat twee drie vier vyf mense",
    text: "Elke burger mag stem en niemand mag sonder 'n regverdige verhoor gestraf word nie. Die wet beskerm die vryheid van \
        alle mense, en die staat moet hulle regte, hulle gesin en hulle werk eerbiedig. Maria het twaalf appels gekoop en vyf \
        daarvan vir haar broer gegee. Hoeveel appels het sy oor? Die man het die deur oopgemaak omdat dit gereën het. Die \
        kinders was honger, en daarom het hulle ma aandete gekook. Ek is jammer, maar ek kan jou nie met hierdie versoek help nie. \
        Lees eers die aanwysings, kies dan die beste antwoord en verduidelik hoekom. Wat wil jy oor die geskiedenis van hierdie land weet?",
};

const SV: Profile = Profile {
    tag: "sv",
    script: "Latn",
    words: "och i att det som en på är av för med till den har de inte om ett han hon vi jag du ni men var sig så från vid \
        kan ska skall skulle eller när hur vad vem varför där här alla allt ingen inget många mycket mer mest också efter \
        under utan mellan mot över sin sitt sina deras hans hennes vår våra min mitt din dig mig oss dem blir blev hade varit \
        måste får eftersom bara redan mycket två tre fyra fem varje dag vecka år hjälp svar fråga människor",
    text: "Varje medborgare får rösta, och ingen får straffas utan en rättvis rättegång. Lagen skyddar alla människors frihet, \
        och staten måste respektera deras rättigheter, deras familj och deras arbete. Maria köpte tolv äpplen och gav fem av dem \
        till sin bror. Hur många äpplen har hon kvar? Varje låda kostar tre kronor. Mannen öppnade dörren eftersom det regnade. \
        Barnen var hungriga, så deras mor lagade middag. I går gick vi till torget med våra vänner, men affären var redan stängd. \
        Jag är ledsen, men jag kan inte hjälpa dig med det här. Läs först anvisningarna och välj sedan det bästa svaret.",
};

const DA: Profile = Profile {
    tag: "da",
    script: "Latn",
    words: "og i at det er en til på som de med for ikke der den et af har han hun vi jeg du men var sig så fra ved kan skal \
        vil ville eller når hvor hvad hvem hvorfor hvordan alle alt ingen intet mange meget mere mest også efter under uden \
        mellem mod over sin sit sine deres hans hendes vores min mit din dig mig os dem bliver blev havde været må får fordi \
        kun allerede to tre fire fem hver dag uge år hjælp svar spørgsmål mennesker",
    text: "Enhver borger må stemme, og ingen må straffes uden en retfærdig rettergang. Loven beskytter alle menneskers frihed, \
        og staten skal respektere deres rettigheder, deres familie og deres arbejde. Maria købte tolv æbler og gav fem af dem til \
        sin bror. Hvor mange æbler har hun tilbage? Hver kasse koster tre kroner. Manden åbnede døren, fordi det regnede. Børnene \
        var sultne, så deres mor lavede aftensmad. I går gik vi på markedet med vores venner, men butikken var allerede lukket. \
        Jeg er ked af det, men jeg kan ikke hjælpe dig med det her. Læs først vejledningen, og vælg derefter det bedste svar.",
};

const NB: Profile = Profile {
    tag: "nb",
    script: "Latn",
    words: "og i det er at en til på som de med for ikke der den et av har han hun vi jeg du men var seg så fra ved kan skal \
        vil ville eller når hvor hva hvem hvorfor hvordan alle alt ingen intet mange mye mer mest også etter under uten \
        mellom mot over sin sitt sine deres hans hennes vår min mitt din deg meg oss dem blir ble hadde vært må får fordi \
        bare allerede to tre fire fem hver dag uke år hjelp svar spørsmål mennesker",
    text: "Enhver borger kan stemme, og ingen må straffes uten en rettferdig rettergang. Loven beskytter alle menneskers frihet, \
        og staten må respektere rettighetene deres, familien og arbeidet. Maria kjøpte tolv epler og ga fem av dem til broren \
        sin. Hvor mange epler har hun igjen? Hver kasse koster tre kroner. Mannen åpnet døren fordi det regnet. Barna var sultne, \
        så moren deres laget middag. I går gikk vi på torget med vennene våre, men butikken var allerede stengt. Jeg beklager, \
        men jeg kan ikke hjelpe deg med dette. Les først veiledningen, og velg deretter det beste svaret.",
};
