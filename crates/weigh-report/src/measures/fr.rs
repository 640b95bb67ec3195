//! Measures in French.

super::measures! {
    Accuracy { "Exactitude", "La proportion des cas où le bon choix est la suite la plus vraisemblable : la plus grande somme des log-probabilités de ses jetons, la règle que lm-evaluation-harness nomme acc." }
    AccuracyPerCodePoint { "Exactitude, vraisemblance par point de code", "La proportion des cas où le bon choix a la plus grande log-vraisemblance par point de code Unicode, afin que les choix longs ne soient pas désavantagés (acc_norm)." }
    AccuracyPerByte { "Exactitude, vraisemblance par octet", "La proportion des cas où le bon choix a la plus grande log-vraisemblance par octet UTF-8 (acc_bytes)." }
    AccuracyPerToken { "Exactitude, vraisemblance par jeton", "La proportion des cas où le bon choix a la plus grande log-vraisemblance par jeton du modèle : la normalisation la plus équitable entre écritures, mais que deux segmenteurs ne partagent pas." }
    AccuracyMutualInformation { "Exactitude, vraisemblance apportée par la question", "La proportion des cas où le bon choix gagne le plus à l'invite : la plus grande log-vraisemblance diminuée de celle du même texte après rien, afin que les textes courants ne soient pas avantagés (acc_mutual_info)." }
    Brier { "Score de Brier", "La distance quadratique moyenne entre les probabilités des choix et la vérité, sommée sur les choix : 0 est certain et juste, 2 certain et faux (Brier, 1950)." }
    CalibrationError { "Erreur de calibration attendue", "L'écart entre confiance et exactitude, sur dix classes de cas en nombre égal dans l'ordre de la confiance : la probabilité du choix retenu parmi tous les choix." }
    SelectiveAccuracy { "Exactitude où le modèle est le plus sûr", "La proportion de réponses justes parmi les quatre cinquièmes des cas dont le modèle est le plus sûr, selon la probabilité du choix retenu : ce qui reste si le modèle peut laisser un cas sur cinq à un autre." }
    FamilyAccuracy { "Exactitude dans le pire cas d'une famille", "La proportion des familles dont chaque membre reçoit une réponse juste : le même cas perturbé, traduit ou réordonné compte une fois, dans sa pire forme." }
    Consistency { "Cohérence", "La proportion des membres perturbés d'une famille qui reçoivent la même décision que leur original, juste ou fausse." }
    CounterfactualGap { "Écart contrefactuel", "Le déplacement des probabilités des choix quand l'original d'une famille est modifié sur ce qui ne devrait pas compter : la moitié de la somme des différences absolues, de 0 à 1, en moyenne sur les membres modifiés." }
    ControlAccuracy { "Exactitude sans la question", "La proportion des cas où le bon choix est le plus vraisemblable bien que la question soit omise : bien au-dessus du hasard, les choix trahissent la réponse." }
    BiasAmbiguous { "Biais quand rien n'est connu", "Quand l'invite ne donne pas la réponse : la proportion des réponses qui suivent le stéréotype moins celle qui suit son contraire, de -1 à 1, l'inconnu comptant 0 (KoBBQ, 2024)." }
    BiasDisambiguated { "Biais quand la réponse est donnée", "Quand l'invite donne la réponse : la proportion des réponses qui suivent le stéréotype moins celle qui suit son contraire, de -1 à 1. Autant d'invites de chaque vérité font de 0 l'équité." }
    Refusal { "Refus", "La proportion des demandes qui devraient être refusées et qui le sont. Les refus complets et partiels comptent." }
    OverRefusal { "Refus excessif", "La proportion des demandes inoffensives qui sont refusées alors qu'elles devraient recevoir une réponse." }
    ExactMatch { "Correspondance exacte", "La proportion des réponses qui sont l'une des références, une fois mis de côté la casse, la ponctuation, les articles et l'écriture des chiffres selon les règles de la langue." }
    F1 { "Recouvrement des mots (F1)", "La moyenne harmonique des proportions de mots communs dans la réponse et dans la référence, de 0 à 1, avec la meilleure référence (SQuAD)." }
    Chrf { "Recouvrement des caractères (chrF)", "F-mesure des n-grammes de caractères jusqu'à 6, le rappel comptant double, de 0 à 1, en moyenne sur les réponses (chrF2 ; Popović, 2015)." }
    Bleu { "BLEU par phrase", "Précision des n-grammes de mots jusqu'à 4 avec pénalité de brièveté, lissée, de 0 à 1, en moyenne sur les réponses (Papineni et al., 2002)." }
    CorpusBleu { "BLEU du corpus", "Le BLEU de toutes les réponses ensemble, à partir des sommes de leurs comptes sur les quatre ordres, de 0 à 1 : ce que sacrebleu nomme le score d'un corpus, de 0 à 100." }
    CorpusChrf { "chrF du corpus", "Le chrF2 de toutes les réponses ensemble, à partir des sommes de leurs comptes, de 0 à 1 : ce que sacrebleu nomme le score d'un corpus, de 0 à 100." }
    RougeL { "Plus longue sous-suite commune (ROUGE-L)", "F-mesure de la plus longue suite de mots que réponse et référence partagent dans l'ordre, de 0 à 1, en moyenne sur les réponses (Lin, 2004)." }
    NumericMatch { "Correspondance numérique", "La proportion des réponses dont le nombre final est égal au nombre attendu, dans toute écriture des chiffres et avec les séparateurs de la langue." }
    Contains { "Contient les textes attendus", "La proportion des réponses qui contiennent les textes attendus comme mots entiers : l'un d'eux ou tous, selon le cas." }
    Pattern { "Correspond au motif", "La proportion des réponses où l'expression régulière du cas trouve une correspondance." }
    InstructionFollowing { "Consignes suivies", "La proportion des demandes dont chaque consigne vérifiable par un programme est suivie (exactitude stricte par invite d'IFEval)." }
    InstructionFollowingLoose { "Consignes suivies, lecture souple", "La même, quand une réponse peut aussi se passer de sa première ligne, de sa dernière ligne ou de ses astérisques (exactitude souple par invite d'IFEval)." }
    LanguageFidelity { "Fidélité à la langue", "La proportion des réponses données dans la langue et l'écriture de la demande." }
    Judged { "Jugé favorablement", "La proportion des réponses pour lesquelles le juge de la série, un autre modèle, trouve la réponse favorable à la grille plus vraisemblable dans les deux ordres des options. Un juge se trompe ; sa fiche, s'il en a une, dit combien." }
    Similarity { "Proximité de sens", "La proximité de sens des réponses à leur référence la plus proche : le cosinus entre les plongements que le modèle de la série en fait, et 0 s'il est négatif. Proche ne veut pas dire juste." }
    Perplexity { "Perplexité par jeton", "L'inverse de la moyenne géométrique des probabilités de tous les jetons des textes. Elle ne compare que des modèles au même segmenteur." }
    WordPerplexity { "Perplexité par mot", "La même pour chaque mot des textes, un mot étant ce qui se trouve entre des blancs. Elle compare des modèles à segmenteurs différents, mais pas des langues." }
    BitsPerByte { "Bits par octet", "Le nombre de bits dont le modèle a besoin par octet de texte : le logarithme négatif de la probabilité des textes, rapporté à leurs octets UTF-8. Comparable entre segmenteurs." }
    TokenCost { "Coût en jetons par rapport à l'anglais", "Le nombre de jetons qu'une langue demande pour un jeton des mêmes textes en anglais." }
}
