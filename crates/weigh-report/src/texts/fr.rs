//! The fixed texts in French.

super::translation! {
    // The document.
    TestReport { "Rapport d'essai" }
    ReportNumber { "Numéro du rapport" }
    TestReportId { "Rapport d'essai {id}" }
    EndOfReportId { "Fin du rapport {id}" }
    PageOf { "Page {page} sur {pages}" }
    Draft { "PROJET, non signé" }
    DraftNote { "Personne n'a signé ce rapport : c'est un projet, qui n'autorise rien." }
    AmendedReplaces { "Rapport modifié, remplace {id}" }
    AmendmentReason { "Raison de la modification" }
    AmendmentNote { "L'enregistrement de l'essai et tous les résultats sont ceux du rapport remplacé. Les déclarations du laboratoire sont remplacées dans leur ensemble." }
    ReplacedStatement { "Déclaration remplacée" }
    ReplacedIssued { "Le rapport remplacé a été émis" }
    RecordWords { "Les noms et les conditions figurent dans les termes de l'enregistrement, qui est le même dans toutes les langues." }
    RecordReasons { "De même les écarts, les motifs et les remarques qui ne sont pas dans la langue de cette page." }
    Contents { "Sommaire" }
    NotStated { "non indiqué" }
    None { "aucun" }
    All { "toutes" }

    // Verdicts, and what the overall verdict means.
    Conforms { "Conforme" }
    Inconclusive { "Non concluant" }
    NotAssessed { "Non évalué" }
    DoesNotConform { "Non conforme" }
    VerdictWord { "Verdict" }
    OverallConforms { "L'enregistrement montre que toutes les exigences du profil sont satisfaites." }
    OverallInconclusive { "Aucune exigence n'est démontrée non satisfaite, mais pour l'une au moins l'enregistrement ne permet pas de trancher." }
    OverallNotAssessed { "Aucune exigence n'est démontrée non satisfaite, mais l'une au moins n'a pas été mesurée : rien ne peut être dit de l'ensemble." }
    OverallDoesNotConform { "L'enregistrement montre qu'au moins une exigence du profil n'est pas satisfaite." }

    // Section titles.
    Summary { "Synthèse" }
    ItemTested { "Objet soumis à l'essai" }
    Parties { "Laboratoire, client et dates" }
    MethodTitle { "Méthode" }
    DecisionRule { "Règle de décision et incertitude" }
    Findings { "Constatations" }
    ForestPlot { "Estimations et limites" }
    Results { "Résultats par série" }
    Completeness { "Complétude de l'enregistrement" }
    Deviations { "Écarts par rapport à la méthode" }
    Conditions { "Conditions de l'essai" }
    Checking { "Comment vérifier ce rapport" }
    Opinions { "Avis et interprétations" }
    Statements { "Déclarations" }
    Digests { "Empreintes" }

    // Summary.
    SummarySentence { "Le modèle {model} a été soumis à l'essai selon le profil {profile}, version {version} (épreuves : {trials} ; séries : {suites})." }
    CountsCaption { "Constatations par verdict" }
    FailedRequirements { "Exigences non satisfaites" }
    OpenRequirements { "Exigences que l'enregistrement laisse ouvertes" }
    UnmeasuredRequirements { "Exigences non mesurées" }
    Issued { "Émis le" }
    Signer { "Signé par la clé" }
    Trust { "Valeur de la signature" }
    Unsigned { "personne" }
    FirstParty { "auto-signé, première partie" }
    KeyGiven { "par la clé que le lecteur a donnée" }
    KeyOfPolicy { "reconnue par la politique de confiance {policy}" }

    // Item.
    ItemName { "Nom" }
    Files { "Fichiers, tels que leurs octets ont été lus" }
    FileName { "Fichier" }
    FileSize { "Taille" }
    FileDigest { "SHA-256" }
    Bytes { "{count} octets" }
    Tokenizer { "Segmenteur en jetons" }
    Config { "Configuration" }
    ChatTemplate { "Gabarit de conversation" }
    Judges { "Juges" }
    JudgesNote { "D'autres modèles ont lu les réponses et dit laquelle de deux options s'applique. Un juge se trompe parfois, et aucun chiffre n'en est corrigé ici." }
    JudgeName { "Juge" }
    JudgeMissing { "N'a pas pu être ouvert" }

    // Parties.
    LaboratoryName { "Laboratoire" }
    LaboratoryAddress { "Adresse du laboratoire" }
    PlaceOfTest { "Lieu de l'essai" }
    Customer { "Client" }
    CustomerContact { "Coordonnées du client" }
    Received { "Objet reçu le" }
    ConditionOnReceipt { "État à la réception" }
    ExternalProviders { "Prestataires externes" }
    AuthorisedBy { "Autorisé par" }
    Accreditation { "Accréditation, selon le laboratoire" }
    AccreditationReference { "Référence de l'accréditation" }
    Drawn { "Cas tirés, fichiers lus pour la première fois" }
    Performed { "Essai réalisé" }
    PerformedFromTo { "du {from} au {to}" }
    Resumed { "Reprise du travail" }
    DateOfIssue { "Date d'émission" }
    MissingFields { "Non indiqué, bien que l'ISO/IEC 17025:2017, 7.8 le demande : {fields}. Le laboratoire l'indique dans lab.toml, avant l'essai ou dans un rapport modifié." }
    NoMissingFields { "Tout ce que l'ISO/IEC 17025:2017, 7.8 demande au laboratoire est indiqué." }

    // Method.
    Harness { "Logiciel d'essai" }
    JournalFormat { "Format de l'enregistrement" }
    ProfileWord { "Profil" }
    Suites { "Séries" }
    Suite { "Série" }
    Version { "Version" }
    Trials { "Épreuves" }
    Requests { "Requêtes au modèle" }
    Tier { "Niveau" }
    TierQuick { "rapide" }
    TierStandard { "standard" }
    TierFull { "complet" }
    SampleLimit { "Limite de familles par série et par langue" }
    Languages { "Langues" }
    Seed { "Graine" }
    SamplingPlan { "Plan d'échantillonnage" }
    SamplingNote { "Les épreuves sont tirées des séries selon les options et la graine indiquées ici, avant le chargement du modèle ; l'empreinte du plan couvre chacune d'elles." }
    Look { "Examen" }
    LookOf { "{number} sur {of} ; les examens jusqu'ici dépensent {spent} de alpha = 1 - niveau de confiance" }
    LookExtends { "Prolonge les essais dont voici les têtes de journal" }
    Measures { "Mesures" }

    // Measures.
    HigherIsBetter { "plus c'est élevé, mieux c'est" }
    LowerIsBetter { "plus c'est bas, mieux c'est" }
    NearZeroIsBetter { "plus c'est proche de zéro, mieux c'est" }

    // Cards of instruments.
    Cards { "Erreurs des évaluateurs" }
    CardsNote { "Un évaluateur qui a été confronté à des étiquettes posées par des personnes possède une fiche. Les proportions qu'il compte sont données telles quelles, puis une seconde fois sans ses erreurs (Rogan et Gladen, 1978), avec un intervalle qui tient compte de l'incertitude de la fiche elle-même (Lang et Reiczigel, 2014). Les exigences sont confrontées aux proportions comptées." }
    CardOf { "{name}, version {version}" }
    Sensitivity { "Sensibilité" }
    Specificity { "Spécificité" }
    ShareOf { "{part} sur {whole}" }
    Corrected { "sans les erreurs de l'évaluateur : {estimate}" }
    CorrectedRow { "sans les erreurs de l'évaluateur" }
    NotCorrected { "non corrigé : {reason}" }
    UncorrectedNothing { "aucune unité n'a de valeur" }
    UncorrectedFew { "moins de deux grappes : rien ne montre combien les grappes diffèrent" }
    UncorrectedCard { "la fiche de l'évaluateur ne contient aucun élément de l'une des deux sortes" }
    UncorrectedWeak { "sensibilité + spécificité - 1 vaut {youden}, au moins {lower} : c'est trop peu" }
    UncorrectedContradicted { "l'évaluateur signale une proportion de {apparent}, que sa fiche exclut quelle que soit la vraie proportion" }

    // Decision rule.
    RuleThreeWay { "À trois issues" }
    RuleGuardBand { "Bande de garde" }
    RulePoint { "Acceptation simple" }
    RuleThreeWayMeans { "Une exigence est satisfaite si tout l'intervalle est dans la limite, non satisfaite si tout l'intervalle est au-delà, et non concluante si l'intervalle chevauche la limite." }
    RuleGuardBandMeans { "Une exigence est satisfaite si tout l'intervalle est dans la limite, et non satisfaite sinon : le doute joue contre le modèle." }
    RulePointMeans { "L'estimation ponctuelle décide seule. Tant que des unités manquantes pourraient renverser la décision, elle est non concluante." }
    RuleUsedBy { "Appliquée à {count} constatations sur {all}." }
    NoRule { "Aucune exigence n'a été confrontée à une limite." }
    RuleFixed { "Les règles ont été fixées dans le profil avant l'essai (ILAC-G8:09/2019)." }
    RuleRisk { "Avec un intervalle bilatéral au niveau {level}, un modèle dont la vraie valeur est juste au-delà d'une limite est déclaré conforme, selon la règle à trois issues ou la bande de garde, dans au plus {risk} environ de tels essais." }
    RuleLooks { "Le profil a fixé d'avance combien de fois un essai non concluant peut être prolongé et réexaminé, et ce que chaque examen peut dépenser de 1 - niveau de confiance ; chacun décide avec un intervalle plus large qui lui est propre, de sorte que tous ensemble gardent le niveau de confiance (Bonferroni). Un essai peut être prolongé en secret plus d'une fois : demandez les enregistrements de tous les examens." }
    RuleWorst { "Le verdict global est le plus défavorable des verdicts, dans cet ordre : conforme, non concluant, non évalué, non conforme." }
    RuleMissing { "Une unité prévue mais sans score compte comme un échec à la borne inférieure de l'intervalle et comme une réussite à la borne supérieure, quelle qu'en soit la raison." }
    Uncertainty { "Incertitude de mesure" }
    UncertaintyCovers { "Les intervalles couvrent le tirage des cas dans une population de cas semblables, la dépendance des cas d'une même famille et les unités manquantes. Ils ne couvrent ni les erreurs des règles de notation, ni la représentativité des cas pour un usage réel. Les réponses étant déterministes dans les conditions indiquées, la répétition n'apporte rien." }
    ClopperPearson { "binomial exact (Clopper et Pearson, 1934)" }
    KornGraubard { "binomial exact à la taille effective de cas en grappes (Korn et Graubard, 1998)" }
    Student { "t de Student sur les grappes de cas (Liang et Zeger, 1986)" }
    RatioStudent { "t de Student sur les grappes de cas, linéarisé pour un rapport (Cochran, 1977)" }
    CalibrationInterval { "t de Student sur les grappes de cas, la borne inférieure diminuée du biais que le hasard donne à l'erreur" }
    BootstrapInterval { "bootstrap BCa sur les grappes de cas (Efron, 1987), 2000 rééchantillonnages" }
    IntervalMethod { "Intervalle" }

    // Findings.
    Requirement { "Exigence" }
    Clause { "Article" }
    EstimateAndInterval { "Estimation [intervalle]" }
    Limit { "Limite" }
    Reason { "Motif" }
    Scope { "Portée" }
    ScopeAll { "tous les cas" }
    ScopeLanguage { "langue {name}" }
    ScopeTag { "étiquette {name}" }
    FindingsNote { "Les estimations sont des proportions des unités notées. Les intervalles sont bilatéraux, au niveau {level}." }
    NoFindings { "Le profil ne pose aucune exigence : il n'y a rien à constater." }
    NoEstimate { "pas d'estimation" }
    ForestHow { "Le point est l'estimation ponctuelle, la barre son intervalle, le trait discontinu la limite ; le côté ombré de la limite est conforme. Chaque valeur est une proportion des unités notées." }
    ForestRow { "Estimation {estimate} ; limite {limit} ; {verdict}." }
    ForestRowNone { "Pas d'estimation ; {verdict}." }

    // Results.
    Overall { "Tous les cas" }
    Measure { "Mesure" }
    ClopperPearsonShort { "Clopper-Pearson" }
    KornGraubardShort { "Korn-Graubard" }
    StudentShort { "Student" }
    RatioStudentShort { "Student, rapport" }
    CalibrationIntervalShort { "Student, biais" }
    BootstrapIntervalShort { "BCa" }
    ScoredOfPlanned { "{scored} sur {planned}" }
    UnitsOf { "n = {scored} sur {planned}" }
    SuiteFacts { "Version {version}, épreuves : {trials}" }
    ByLanguage { "Par langue" }
    ByTag { "Par étiquette" }
    Language { "Langue" }
    Tag { "Étiquette" }
    WeakestLanguage { "Langue la plus faible" }
    WeakestIs { "{measure} : {languages}" }
    WeakestMark { "la plus faible" }
    NoWeakest { "pas de différence" }
    WeakestNote { "Plus la couleur est soutenue, plus la valeur est loin de la meilleure. La langue la plus faible est celle dont l'estimation ponctuelle est la moins bonne ; une langue sans aucun score compte comme la moins bonne. Si les intervalles se chevauchent, l'ordre peut être dû au hasard." }
    OnlyLanguage { "Une seule langue a été soumise à l'essai : {name}." }
    NoEstimates { "Cette série n'a donné aucune estimation." }
    NotMeasured { "non mesuré" }
    NoScore { "pas de score" }
    Units { "n = {planned}" }

    // Reliability diagram.
    Reliability { "Confiance et proportion de réponses justes" }
    ReliabilityHow { "Chaque point est une classe de cas en nombre égal, dans l'ordre de la confiance ; sa barre est l'intervalle de la proportion juste. Sur le trait discontinu, confiance et proportion juste sont égales ; au-dessous, le modèle est plus sûr de lui qu'il ne devrait." }
    ReliabilityDerived { "Ces classes sont dérivées du journal par les fonctions qui donnent les chiffres signés. Elles-mêmes ne sont pas signées." }
    Bin { "Classe" }
    Confidence { "Confiance moyenne" }
    ShareRight { "Proportion juste" }
    Cases { "Cas" }

    // Completeness.
    Planned { "Prévues" }
    Scored { "Notées" }
    Unscored { "Non notées" }
    Reasons { "Motifs" }
    Clusters { "Grappes" }
    CompletenessNote { "prévues = notées + non notées, pour chaque série et chaque mesure. Les unités sont des cas, ou des familles de cas si la mesure porte sur des familles." }
    UnscoredMissing { "aucune réponse enregistrée" }
    UnscoredCut { "réponse tronquée" }
    UnscoredWrongKind { "réponse d'une autre nature" }
    UnscoredUndecided { "la mesure n'a pas pu trancher" }
    UnscoredTooLong { "plus long que le contexte du modèle" }
    UnscoredEmpty { "plus rien à lire" }
    UnscoredNotFinite { "nombre non fini" }
    UnscoredTemplate { "gabarit de conversation refusé" }
    UnscoredTokenizer { "texte impossible à convertir en jetons" }
    UnscoredModel { "défaillance du modèle ou de la machine" }
    ReasonCount { "{reason} : {count}" }

    // Deviations and conditions.
    NoDeviations { "Aucun n'a été constaté." }
    DeviationsNote { "Relevés dans l'enregistrement par le logiciel d'essai, et non déclarés par le laboratoire." }
    DeviationQuick { "Seul le niveau rapide de chaque série a été exécuté." }
    DeviationStandard { "Seul le niveau standard de chaque série a été exécuté." }
    DeviationLimit { "Familles exécutées de chaque série et de chaque langue, au plus : {limit}." }
    DeviationLanguages { "Seules ces langues ont été soumises à l'essai : {languages}." }
    DeviationExtendedQuick { "La série {suite} a été prolongée à l'examen {look}, dans le niveau rapide ; familles de chaque langue, au plus : {families}." }
    DeviationExtendedStandard { "La série {suite} a été prolongée à l'examen {look}, jusqu'au niveau standard ; familles de chaque langue, au plus : {families}." }
    DeviationExtendedFull { "La série {suite} a été prolongée à l'examen {look}, dans tous les niveaux ; familles de chaque langue, au plus : {families}." }
    DeviationCondition { "La condition {name} a changé pendant l'essai : {values}." }
    DeviationJudgeCondition { "Chez un juge, la condition {name} a changé pendant l'essai : {values}." }
    DeviationFailed { "Requêtes en échec ({kind}) : {count} sur {requests}." }
    DeviationJudgeFailed { "Requêtes à un juge en échec ({kind}) : {count} sur {requests}." }
    DeviationCut { "Textes tronqués à leur limite de jetons : {count} sur {texts}." }
    DeviationJudgeMissing { "Le juge {name} n'a pas pu être ouvert : {reason}." }
    DeviationWithoutScore { "Unités de « {measure} » dans la série {suite} sans score : {missing} sur {planned} ({reasons})." }
    Condition { "Condition" }
    Differs { "diffère" }
    ConditionSet { "Jeu {number}" }
    NoConditions { "L'enregistrement n'indique aucune condition." }
    ConditionsChanged { "Les conditions ont changé pendant l'essai. Chaque jeu différent est indiqué, et ce qui diffère est marqué." }
    ConditionsSame { "Les mêmes pendant toutes les périodes de travail." }
    Stretches { "Périodes de travail" }

    // Energy.
    Energy { "Énergie" }
    EnergyMeasured { "{joules} J en {seconds} s, {each} J pour 1000 invites ({counters})" }
    EnergyNotMeasured { "non mesurée : {reason}" }
    EnergyEarlier { "une période de travail antérieure fait partie de l'essai" }
    EnergySeveral { "plusieurs machines se sont partagé l'essai ; le journal de chaque partie a la sienne" }
    EnergyNoThread { "aucun fil d'exécution ne lit les compteurs : {error}" }
    EnergyUnread { "les compteurs n'ont pas pu être lus" }
    EnergyNoCounter { "la machine ne montre aucun compteur d'énergie" }
    EnergyNoCounterOf { "il n'y a aucun compteur de {device} qui puisse être lu" }
    EnergyBuild { "cette compilation ne lit aucun compteur de {device}" }
    EnergyNoGraphics { "NVML ne montre aucun processeur graphique" }
    EnergyNvml { "NVML ne donne aucun compteur : {error}" }
    EnergyBeyond { "le compteur de {counter} indique {shown}, alors qu'il ne peut indiquer plus de {most}" }
    EnergyCharged { "{battery} contient plus qu'avant : la machine ne fonctionnait pas sur cette batterie" }
    EnergyNotOnBattery { "la machine ne fonctionne pas sur sa batterie ({battery} : {status})" }
    ChargeCharging { "en charge" }
    ChargeNot { "pas en charge" }
    ChargeFull { "pleine" }
    ChargeUnknown { "état inconnu" }
    EnergyForbidden { "il n'est pas permis de lire {file}" }
    EnergyUnreadable { "impossible de lire {file} : {error}" }
    EnergyNoNumber { "impossible de lire {file} : il ne contient aucun nombre" }
    EnergyGap { "les compteurs n'ont pas été lus pendant {seconds} s et ont pu repartir de zéro entre-temps" }
    EnergyStill { "aucun compteur n'a bougé en {seconds} s" }
    EnergyNotFinite { "pas un nombre fini dans sa forme décimale la plus courte" }
    EnergyShared { "Ce qui fonctionnait en même temps sur la machine est compris ; le chargement du modèle et le travail des juges ne le sont pas. Une invite est une épreuve." }
    EnergyMissing { "Non compris : {reason}." }
    EnergyBattery { "batterie" }
    EnergyEach { "J pour 1000 invites" }
    EnergyTokens { "Jetons calculés" }
    EnergyApportioned { "Toutes les séries sont posées à la fois. Leur énergie est répartie selon les jetons calculés, y compris ceux qui sont générés ; un début commun à plusieurs séries est calculé une fois et compte pour l'une d'elles." }

    // Checking.
    CheckIntro { "Ce document est écrit pour être lu. Ce qui est signé est l'enregistrement dont il est dérivé ; quiconque possède l'enregistrement en dérive de nouveau le même rapport." }
    CheckVerify { "Vérifier la signature et dériver de nouveau chaque nombre de l'enregistrement :" }
    CheckOpenssl { "Vérifier la signature sans Weighhouse, avec jq et OpenSSL 3. Pour une clé P-256 :" }
    CheckEd25519 { "Pour une clé Ed25519, la dernière ligne devient :" }
    CheckFiles { "Vérifier que le modèle en main est bien celui de l'essai :" }
    CheckKey { "La clé elle-même doit parvenir du laboratoire par une autre voie que ce rapport. L'empreinte SHA-256 de la clé publique (forme DER) est :" }
    CheckUnsigned { "Ce rapport n'est pas signé : il n'y a pas de signature à vérifier." }

    // Statements.
    OnlyItems { "Les résultats ne se rapportent qu'aux objets soumis à l'essai, identifiés par les empreintes de ce rapport." }
    Recognised { "Les signatures montrent qui répond de ce rapport et que personne ne l'a modifié. Elles ne peuvent exclure qu'un modèle ait reconnu l'essai." }
    NoCertificate { "Ceci est un rapport d'essai. Ce n'est pas un certificat, et aucune approbation d'une autorité n'en découle." }
    OpinionsNote { "Exprimés par le laboratoire et signés avec le rapport. Ils ne découlent pas de l'enregistrement." }
    NoOpinions { "Ce rapport ne contient ni avis ni interprétation." }
    WholeOnly { "Ce rapport ne peut être reproduit qu'en entier, sauf accord du laboratoire qui l'a émis." }

    // Digests.
    DigestOf { "De" }
    PlanDigest { "Plan (chaque épreuve, invites comprises)" }
    TranscriptDigest { "Transcription (racine de Merkle, RFC 6962)" }
    JournalHead { "Journal, dernière ligne" }
    JournalLines { "Lignes du journal" }
    ProfileDigest { "Profil {name}" }
    SuiteDigest { "Série {name}" }
    CardDigest { "Fiche {name}" }
    FileDigestOf { "Fichier {name}" }
    JudgeDigest { "Juge {name}" }

    // Files inside the PDF.
    AttachedReport { "Le rapport tel qu'il est signé" }
    AttachedEnvelope { "Le rapport avec ses signatures" }

    // Markdown and terminal.
    CutRows { "Lignes supplémentaires dans le rapport lui-même : {count}." }
    Model { "Modèle" }

    // Reasons of findings, a row a sentence.
    ReasonNotAssessed { "Non évalué : {reason}" }
    ReasonNoSuite { "Aucune série ne peut aujourd'hui mesurer cette exigence." }
    ReasonSuiteNotRun { "La série {suite} n'a pas été exécutée." }
    ReasonNoCase { "L'essai ne contient ici aucun cas de la série {suite} pour la mesure « {measure} »." }
    ReasonNoScore { "Aucune des unités prévues n'a de score ; prévues : {planned}." }
    ReasonUnbounded { "Aucun intervalle ne peut être donné : unités prévues sans score, {missing} sur {planned}, et rien ne borne ce qu'elles auraient donné." }
    ReasonFewClusters { "Aucun intervalle ne peut être donné avec si peu de grappes de cas : {clusters}." }
    ReasonIntervalWithin { "L'intervalle à {level}, de {lower} à {upper} autour de {point}, est tout entier dans la limite ({limit})." }
    ReasonIntervalAcross { "L'intervalle à {level}, de {lower} à {upper} autour de {point}, chevauche la limite ({limit})." }
    ReasonIntervalOutside { "L'intervalle à {level}, de {lower} à {upper} autour de {point}, est tout entier au-delà de la limite ({limit})." }
    ReasonPointWithin { "L'estimation ponctuelle {point} est dans la limite ({limit})." }
    ReasonPointAcross { "L'estimation ponctuelle {point} peut être dans la limite ({limit}) ou au-delà, selon ce qu'auraient donné les unités manquantes." }
    ReasonPointOutside { "L'estimation ponctuelle {point} est au-delà de la limite ({limit})." }
    ReasonAllScored { "Toutes les unités sont notées : {planned}." }
    ReasonSomeScored { "Unités notées : {scored} sur {planned} ; les autres comptent contre les deux côtés." }
    ReasonSmallSample { "Unités notées que l'exigence demande au moins : {cases} ; il en manque : {missing}." }
    ReasonFamiliesLook { "Si rien ne change, familles de cas qui suffiraient à trancher à {level}, en plus des familles présentes ({clusters}) : {more}. Commande : {command}." }
    ReasonFamiliesLast { "Si rien ne change, familles de cas qui suffiraient à trancher à {level}, en plus des familles présentes ({clusters}) : {more}. C'était le dernier examen du profil." }
    ReasonFamiliesOwn { "Si rien ne change, familles de cas qui suffiraient à trancher à {level}, en plus des familles présentes ({clusters}) : {more}, dans un essai à part." }

    // Assessments under profiles.
    StepsReached { "L'intervalle entier atteint : {surely} ; l'estimation ponctuelle atteint : {point}." }
    NoStep { "aucun palier" }
    SampleAsked { "Un échantillon d'au moins {cases} unités notées est exigé." }
    Remark { "Remarque : {note}" }
    Unverified { "Non vérifié dans le texte : {what}" }
    UnverifiedMark { "non vérifié" }
    Assessments { "Évaluation selon des profils" }
    AssessmentsOf { "Évaluation de {id}" }
    AssessmentsSentence { "L'enregistrement {id} du modèle {model} est confronté à {count} profils. Rien n'a été mesuré à nouveau : les estimations sont celles de l'enregistrement, au niveau de confiance de chaque profil." }
    AssessmentsNote { "Une évaluation est déduite de l'enregistrement et n'est signée par personne. Quiconque possède l'enregistrement et les profils peut la déduire à nouveau." }
    ByProfile { "Verdicts par profil" }
    Basis { "Fondement" }
    FurtherOne { "Une famille de cas de plus suffirait à trancher si l'estimation reste la même." }
    FurtherFamilies { "{count} familles de cas de plus suffiraient à trancher si l'estimation reste la même." }
    FurtherMissing { "Des unités manquantes laissent la question ouverte, quel que soit le nombre de cas ajoutés." }
    FurtherNever { "L'estimation est trop proche de la limite pour qu'un nombre de cas, quel qu'il soit, permette de trancher." }
}
