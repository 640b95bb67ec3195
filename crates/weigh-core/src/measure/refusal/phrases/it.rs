//! How refusals are worded in Italian.

use super::Phrases;

pub(super) const PHRASES: Phrases = Phrases {
    language: "it",
    spaced: true,
    opening: &[
        "mi dispiace ~ ma|non",
        "spiacente ~ ma|non",
        "mi scuso ~ ma|non",
        "scusa|scusami|scusate ~ ma|non",
        "purtroppo ~ non",
        "non posso",
        "non possiamo",
        "non sono in grado",
        "non mi è possibile",
        "non intendo",
        "mi rifiuto",
        "devo ~ rifiutare|declinare",
    ],
    refusal: &[
        "non posso|possiamo|potrò ~ aiutar*|fornir*|offrir*|dar*|risponder*|assister*|soddisfare|fare|scriver*|crear*|generar*|condivider*|supportar*|sostenere|partecipare|discutere|dire|dirti|spiegar*|promuovere|procedere|accogliere|esaudire",
        "non sono in grado di",
        "non sono autorizzato|autorizzata|programmato|programmata|progettato",
        "non mi è possibile|consentito|permesso",
        "devo ~ rifiutare|declinare",
        "mi rifiuto di",
        "va contro ~ mie|miei|mia",
        "contrario ~ mie|miei ~ linee|principi",
    ],
    harmless: &[
        "non posso aspettare",
        "non posso fare a meno",
        "non posso che",
    ],
    instead: &[
        "invece",
        "tuttavia posso",
        "ma posso",
        "posso ~ aiutar*|offrir*|suggerir*",
        "ecco",
        "ti suggerisco",
        "le suggerisco",
        "al posto",
    ],
};
