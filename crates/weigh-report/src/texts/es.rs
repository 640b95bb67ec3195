//! The fixed texts in Spanish.

super::translation! {
    // The document.
    TestReport { "Informe de ensayo" }
    ReportNumber { "Número del informe" }
    TestReportId { "Informe de ensayo {id}" }
    EndOfReportId { "Fin del informe {id}" }
    PageOf { "Página {page} de {pages}" }
    Draft { "BORRADOR, sin firmar" }
    DraftNote { "Nadie ha firmado este informe: es un borrador y no autoriza nada." }
    AmendedReplaces { "Informe modificado, sustituye a {id}" }
    AmendmentReason { "Motivo de la modificación" }
    AmendmentNote { "El registro del ensayo y todos los resultados son los del informe sustituido. Lo que declara el laboratorio se sustituye en su totalidad." }
    ReplacedStatement { "Declaración sustituida" }
    ReplacedIssued { "El informe sustituido se emitió" }
    RecordWords { "Los nombres y las condiciones figuran con las palabras del registro, que es el mismo en todos los idiomas." }
    RecordReasons { "También las desviaciones, los motivos y las notas que no están en el idioma de esta página." }
    Contents { "Índice" }
    NotStated { "no indicado" }
    None { "ninguno" }
    All { "todos" }

    // Verdicts, and what the overall verdict means.
    Conforms { "Conforme" }
    Inconclusive { "No concluyente" }
    NotAssessed { "No evaluado" }
    DoesNotConform { "No conforme" }
    VerdictWord { "Veredicto" }
    OverallConforms { "El registro muestra que se cumplen todos los requisitos del perfil." }
    OverallInconclusive { "No se demuestra el incumplimiento de ningún requisito, pero en al menos uno el registro no permite decidir." }
    OverallNotAssessed { "No se demuestra el incumplimiento de ningún requisito, pero al menos uno no se midió, de modo que nada puede decirse del conjunto." }
    OverallDoesNotConform { "El registro muestra que al menos un requisito del perfil no se cumple." }

    // Section titles.
    Summary { "Resumen" }
    ItemTested { "Objeto ensayado" }
    Parties { "Laboratorio, cliente y fechas" }
    MethodTitle { "Método" }
    DecisionRule { "Regla de decisión e incertidumbre" }
    Findings { "Constataciones" }
    ForestPlot { "Estimaciones y límites" }
    Results { "Resultados por batería" }
    Completeness { "Integridad del registro" }
    Deviations { "Desviaciones del método" }
    Conditions { "Condiciones del ensayo" }
    Checking { "Cómo comprobar este informe" }
    Opinions { "Opiniones e interpretaciones" }
    Statements { "Declaraciones" }
    Digests { "Resúmenes criptográficos" }

    // Summary.
    SummarySentence { "El modelo {model} se ensayó según el perfil {profile}, versión {version} (pruebas: {trials}; baterías: {suites})." }
    CountsCaption { "Constataciones por veredicto" }
    FailedRequirements { "Requisitos que no se cumplen" }
    OpenRequirements { "Requisitos que el registro deja abiertos" }
    UnmeasuredRequirements { "Requisitos que no se midieron" }
    Issued { "Emitido" }
    Signer { "Firmado con la clave" }
    Trust { "Valor de la firma" }
    Unsigned { "nadie" }
    FirstParty { "autofirmado, primera parte" }
    KeyGiven { "con la clave que dio el lector" }
    KeyOfPolicy { "reconocida por la política de confianza {policy}" }

    // Item.
    ItemName { "Nombre" }
    Files { "Archivos, tal como se leyeron sus bytes" }
    FileName { "Archivo" }
    FileSize { "Tamaño" }
    FileDigest { "SHA-256" }
    Bytes { "{count} bytes" }
    Tokenizer { "Tokenizador" }
    Config { "Configuración" }
    ChatTemplate { "Plantilla de conversación" }
    Judges { "Jueces" }
    JudgesNote { "Otros modelos leyeron las respuestas y dijeron cuál de dos opciones se cumple. Un juez se equivoca a veces, y aquí ninguna cifra se corrige por ello." }
    JudgeName { "Juez" }
    JudgeMissing { "No se pudo abrir" }

    // Parties.
    LaboratoryName { "Laboratorio" }
    LaboratoryAddress { "Dirección del laboratorio" }
    PlaceOfTest { "Lugar del ensayo" }
    Customer { "Cliente" }
    CustomerContact { "Contacto del cliente" }
    Received { "Objeto recibido" }
    ConditionOnReceipt { "Estado a la recepción" }
    ExternalProviders { "Proveedores externos" }
    AuthorisedBy { "Autorizado por" }
    Accreditation { "Acreditación, según declara el laboratorio" }
    AccreditationReference { "Referencia de la acreditación" }
    Drawn { "Casos sorteados, archivos leídos por primera vez" }
    Performed { "Ensayo realizado" }
    PerformedFromTo { "de {from} a {to}" }
    Resumed { "Reanudación del trabajo" }
    DateOfIssue { "Fecha de emisión" }
    MissingFields { "No indicado, aunque lo pide la ISO/IEC 17025:2017, 7.8: {fields}. El laboratorio lo indica en lab.toml, antes del ensayo o en un informe modificado." }
    NoMissingFields { "Está indicado todo lo que la ISO/IEC 17025:2017, 7.8 pide al laboratorio." }

    // Method.
    Harness { "Programa de ensayo" }
    JournalFormat { "Formato del registro" }
    ProfileWord { "Perfil" }
    Suites { "Baterías" }
    Suite { "Batería" }
    Version { "Versión" }
    Trials { "Pruebas" }
    Requests { "Peticiones al modelo" }
    Tier { "Nivel" }
    TierQuick { "rápido" }
    TierStandard { "estándar" }
    TierFull { "completo" }
    SampleLimit { "Límite de familias por batería e idioma" }
    Languages { "Idiomas" }
    Seed { "Semilla" }
    SamplingPlan { "Plan de muestreo" }
    SamplingNote { "Las pruebas se extraen de las baterías según las opciones y la semilla aquí indicadas, antes de cargar el modelo; el resumen criptográfico del plan abarca cada una de ellas." }
    Look { "Examen" }
    LookOf { "{number} de {of}; los exámenes hasta ahora gastan {spent} de alfa = 1 - nivel de confianza" }
    LookExtends { "Amplía los ensayos con estas cabeceras de registro" }
    Measures { "Medidas" }

    // Measures.
    HigherIsBetter { "cuanto más alto, mejor" }
    LowerIsBetter { "cuanto más bajo, mejor" }
    NearZeroIsBetter { "cuanto más cerca de cero, mejor" }

    // Cards of instruments.
    Cards { "Errores de los evaluadores" }
    CardsNote { "Un evaluador que se ha contrastado con etiquetas puestas por personas tiene una ficha. Las proporciones que cuenta se dan tal como las cuenta y, una segunda vez, sin sus errores (Rogan y Gladen, 1978), con un intervalo que incluye la incertidumbre de la propia ficha (Lang y Reiczigel, 2014). Los requisitos se contrastan con las proporciones contadas." }
    CardOf { "{name}, versión {version}" }
    Sensitivity { "Sensibilidad" }
    Specificity { "Especificidad" }
    ShareOf { "{part} de {whole}" }
    Corrected { "sin los errores del evaluador: {estimate}" }
    CorrectedRow { "sin los errores del evaluador" }
    NotCorrected { "sin corregir: {reason}" }
    UncorrectedNothing { "ninguna unidad tiene valor" }
    UncorrectedFew { "hay menos de dos grupos, así que nada muestra cuánto difieren los grupos" }
    UncorrectedCard { "a la ficha del evaluador le faltan elementos de una de las dos clases" }
    UncorrectedWeak { "sensibilidad + especificidad - 1 es {youden}, al menos {lower}: demasiado poco" }
    UncorrectedContradicted { "el evaluador señala una proporción de {apparent}, que su ficha descarta sea cual sea la proporción verdadera" }

    // Decision rule.
    RuleThreeWay { "De tres salidas" }
    RuleGuardBand { "Banda de guarda" }
    RulePoint { "Aceptación simple" }
    RuleThreeWayMeans { "Un requisito se cumple si todo el intervalo está dentro del límite, no se cumple si todo el intervalo está fuera, y no es concluyente si el intervalo cruza el límite." }
    RuleGuardBandMeans { "Un requisito se cumple si todo el intervalo está dentro del límite, y no se cumple en otro caso: la duda cuenta en contra del modelo." }
    RulePointMeans { "Decide solo la estimación puntual. Mientras las unidades que faltan puedan cambiar la decisión, no es concluyente." }
    RuleUsedBy { "Aplicada a {count} de {all} constataciones." }
    NoRule { "Ningún requisito se contrastó con un límite." }
    RuleFixed { "Las reglas se fijaron en el perfil antes del ensayo (ILAC-G8:09/2019)." }
    RuleRisk { "Con un intervalo bilateral de nivel {level}, un modelo cuyo valor verdadero está apenas fuera de un límite se declara conforme, con la regla de tres salidas o la banda de guarda, en aproximadamente {risk} de tales ensayos como máximo." }
    RuleLooks { "El perfil fijó de antemano cuántas veces puede ampliarse y examinarse de nuevo un ensayo no concluyente, y cuánto de 1 - nivel de confianza puede gastar cada examen; cada uno decide con un intervalo más ancho propio, de modo que todos juntos conservan el nivel de confianza (Bonferroni). Un ensayo puede ampliarse en secreto más de una vez: pida los registros de todos los exámenes." }
    RuleWorst { "El veredicto global es el peor de las constataciones, en este orden: conforme, no concluyente, no evaluado, no conforme." }
    RuleMissing { "Una unidad prevista sin puntuación cuenta como fallo en el extremo inferior del intervalo y como acierto en el superior, sea cual sea el motivo." }
    Uncertainty { "Incertidumbre de medida" }
    UncertaintyCovers { "Los intervalos cubren el muestreo de casos de una población de casos semejantes, la dependencia de los casos de una familia y las unidades que faltan. No cubren los errores de las reglas de puntuación ni hasta qué punto los casos representan un uso real. Las respuestas son deterministas en las condiciones indicadas, de modo que repetir no añade nada." }
    ClopperPearson { "binomial exacto (Clopper y Pearson, 1934)" }
    KornGraubard { "binomial exacto con el tamaño efectivo de casos agrupados (Korn y Graubard, 1998)" }
    Student { "t de Student sobre grupos de casos (Liang y Zeger, 1986)" }
    RatioStudent { "t de Student sobre grupos de casos, linealizada para una razón (Cochran, 1977)" }
    CalibrationInterval { "t de Student sobre grupos de casos, con el límite inferior reducido en el sesgo que el azar da al error" }
    BootstrapInterval { "bootstrap BCa sobre grupos de casos (Efron, 1987), 2000 remuestreos" }
    IntervalMethod { "Intervalo" }

    // Findings.
    Requirement { "Requisito" }
    Clause { "Cláusula" }
    EstimateAndInterval { "Estimación [intervalo]" }
    Limit { "Límite" }
    Reason { "Motivo" }
    Scope { "Alcance" }
    ScopeAll { "todos los casos" }
    ScopeLanguage { "idioma {name}" }
    ScopeTag { "etiqueta {name}" }
    FindingsNote { "Las estimaciones son proporciones de las unidades puntuadas. Los intervalos son bilaterales, de nivel {level}." }
    NoFindings { "El perfil no fija ningún requisito: no hay nada que constatar." }
    NoEstimate { "sin estimación" }
    ForestHow { "El punto es la estimación puntual, la barra su intervalo, la línea discontinua el límite; el lado sombreado del límite es conforme. Cada valor es una proporción de las unidades puntuadas." }
    ForestRow { "Estimación {estimate}; límite {limit}; {verdict}." }
    ForestRowNone { "Sin estimación; {verdict}." }

    // Results.
    Overall { "Todos los casos" }
    Measure { "Medida" }
    ClopperPearsonShort { "Clopper-Pearson" }
    KornGraubardShort { "Korn-Graubard" }
    StudentShort { "Student" }
    RatioStudentShort { "Student, razón" }
    CalibrationIntervalShort { "Student, sesgo" }
    BootstrapIntervalShort { "BCa" }
    ScoredOfPlanned { "{scored} de {planned}" }
    UnitsOf { "n = {scored} de {planned}" }
    SuiteFacts { "Versión {version}, pruebas: {trials}" }
    ByLanguage { "Por idioma" }
    ByTag { "Por etiqueta" }
    Language { "Idioma" }
    Tag { "Etiqueta" }
    WeakestLanguage { "Idioma más débil" }
    WeakestIs { "{measure}: {languages}" }
    WeakestMark { "el más débil" }
    NoWeakest { "sin diferencia" }
    WeakestNote { "Cuanto más intenso es el color, más lejos está el valor del mejor. El idioma más débil es el de peor estimación puntual; uno sin ninguna puntuación cuenta como el peor. Si los intervalos se solapan, el orden puede deberse al azar." }
    OnlyLanguage { "Solo se ensayó un idioma: {name}." }
    NoEstimates { "Esta batería no dio ninguna estimación." }
    NotMeasured { "no medido" }
    NoScore { "sin puntuación" }
    Units { "n = {planned}" }

    // Reliability diagram.
    Reliability { "Confianza y proporción de aciertos" }
    ReliabilityHow { "Cada punto es un grupo de igual número de casos en el orden de la confianza, y su barra el intervalo de la proporción de aciertos. En la línea discontinua, confianza y proporción de aciertos son iguales; por debajo, el modelo está más seguro de lo que debería." }
    ReliabilityDerived { "Estos grupos se derivan del diario con las funciones que dan las cifras firmadas. Ellos mismos no están firmados." }
    Bin { "Grupo" }
    Confidence { "Confianza media" }
    ShareRight { "Proporción de aciertos" }
    Cases { "Casos" }

    // Completeness.
    Planned { "Previstas" }
    Scored { "Puntuadas" }
    Unscored { "Sin puntuar" }
    Reasons { "Motivos" }
    Clusters { "Grupos" }
    CompletenessNote { "previstas = puntuadas + sin puntuar, para cada batería y medida. Las unidades son casos, o familias de casos si la medida trata de familias." }
    UnscoredMissing { "sin respuesta en el registro" }
    UnscoredCut { "respuesta cortada" }
    UnscoredWrongKind { "respuesta de otro tipo" }
    UnscoredUndecided { "la medida no pudo decidir" }
    UnscoredTooLong { "más largo que el contexto del modelo" }
    UnscoredEmpty { "no queda nada que leer" }
    UnscoredNotFinite { "número no finito" }
    UnscoredTemplate { "plantilla de conversación rechazada" }
    UnscoredTokenizer { "el texto no pudo convertirse en tokens" }
    UnscoredModel { "fallo del modelo o de la máquina" }
    ReasonCount { "{reason}: {count}" }

    // Deviations and conditions.
    NoDeviations { "No se halló ninguna." }
    DeviationsNote { "Halladas en el registro por el programa de ensayo, no declaradas por el laboratorio." }
    DeviationQuick { "Solo se ejecutó el nivel rápido de cada batería." }
    DeviationStandard { "Solo se ejecutó el nivel estándar de cada batería." }
    DeviationLimit { "Familias ejecutadas de cada batería e idioma, como máximo: {limit}." }
    DeviationLanguages { "Solo se ensayaron estos idiomas: {languages}." }
    DeviationExtendedQuick { "La batería {suite} se amplió en el examen {look}, dentro del nivel rápido; familias de cada idioma, como máximo: {families}." }
    DeviationExtendedStandard { "La batería {suite} se amplió en el examen {look}, hasta el nivel estándar; familias de cada idioma, como máximo: {families}." }
    DeviationExtendedFull { "La batería {suite} se amplió en el examen {look}, con todos los niveles; familias de cada idioma, como máximo: {families}." }
    DeviationCondition { "La condición {name} cambió durante el ensayo: {values}." }
    DeviationJudgeCondition { "En un juez, la condición {name} cambió durante el ensayo: {values}." }
    DeviationFailed { "Peticiones fallidas ({kind}): {count} de {requests}." }
    DeviationJudgeFailed { "Peticiones fallidas a un juez ({kind}): {count} de {requests}." }
    DeviationCut { "Textos cortados en su límite de tokens: {count} de {texts}." }
    DeviationJudgeMissing { "No se pudo abrir el juez {name}: {reason}." }
    DeviationWithoutScore { "Unidades de «{measure}» en la batería {suite} sin puntuación: {missing} de {planned} ({reasons})." }
    Condition { "Condición" }
    Differs { "difiere" }
    ConditionSet { "Conjunto {number}" }
    NoConditions { "El registro no indica condiciones." }
    ConditionsChanged { "Las condiciones cambiaron durante el ensayo. Se enumera cada conjunto distinto y se marca lo que difiere." }
    ConditionsSame { "Las mismas en todos los periodos de trabajo." }
    Stretches { "Periodos de trabajo" }

    // Energy.
    Energy { "Energía" }
    EnergyMeasured { "{joules} J en {seconds} s, {each} J por 1000 instrucciones ({counters})" }
    EnergyNotMeasured { "no medida: {reason}" }
    EnergyEarlier { "un periodo de trabajo anterior forma parte del ensayo" }
    EnergySeveral { "varias máquinas se repartieron el ensayo; el diario de cada parte tiene la suya" }
    EnergyNoThread { "ningún hilo lee los contadores: {error}" }
    EnergyUnread { "no se pudieron leer los contadores" }
    EnergyNoCounter { "la máquina no muestra ningún contador de energía" }
    EnergyNoCounterOf { "no hay ningún contador de {device} que se pueda leer" }
    EnergyBuild { "esta compilación no lee ningún contador de {device}" }
    EnergyNoGraphics { "NVML no muestra ningún procesador gráfico" }
    EnergyNvml { "NVML no da ningún contador: {error}" }
    EnergyBeyond { "el contador de {counter} muestra {shown}, y {most} es lo máximo que puede mostrar" }
    EnergyCharged { "{battery} contiene más que antes: la máquina no funcionaba con ella" }
    EnergyNotOnBattery { "la máquina no funciona con su batería ({battery}: {status})" }
    ChargeCharging { "cargándose" }
    ChargeNot { "no se está cargando" }
    ChargeFull { "llena" }
    ChargeUnknown { "estado desconocido" }
    EnergyForbidden { "no se permite leer {file}" }
    EnergyUnreadable { "no se puede leer {file}: {error}" }
    EnergyNoNumber { "no se puede leer {file}: no contiene ningún número" }
    EnergyGap { "los contadores no se leyeron durante {seconds} s y pueden haber vuelto a empezar entretanto" }
    EnergyStill { "ningún contador se movió en {seconds} s" }
    EnergyNotFinite { "no es un número finito en su forma decimal más corta" }
    EnergyShared { "Incluye lo demás que se ejecutó en la máquina mientras tanto; no incluye la carga del modelo ni el trabajo de los jueces. Una instrucción es una prueba." }
    EnergyMissing { "No incluido: {reason}." }
    EnergyBattery { "batería" }
    EnergyEach { "J por 1000 instrucciones" }
    EnergyTokens { "Tokens calculados" }
    EnergyApportioned { "Todas las baterías de pruebas se plantean a la vez. Su energía se reparte según los tokens calculados, incluidos los generados; un comienzo común a varias se calcula una vez y cuenta para una de ellas." }

    // Checking.
    CheckIntro { "Este documento está escrito para ser leído. Lo firmado es el registro del que se deriva; quien tenga el registro deriva de nuevo el mismo informe." }
    CheckVerify { "Comprobar la firma y derivar de nuevo cada número a partir del registro:" }
    CheckOpenssl { "Comprobar la firma sin Weighhouse, con jq y OpenSSL 3. Para una clave P-256:" }
    CheckEd25519 { "Para una clave Ed25519, la última línea es:" }
    CheckFiles { "Comprobar que el modelo en mano es el ensayado:" }
    CheckKey { "La propia clave debe llegar del laboratorio por otra vía que este informe. El SHA-256 de la clave pública (en forma DER) es:" }
    CheckUnsigned { "Este informe no está firmado, así que no hay firma que comprobar." }

    // Statements.
    OnlyItems { "Los resultados se refieren únicamente a los objetos ensayados, identificados por los resúmenes criptográficos de este informe." }
    Recognised { "Las firmas muestran quién responde de este informe y que nadie lo ha cambiado. No pueden excluir que un modelo reconociera el ensayo." }
    NoCertificate { "Este es un informe de ensayo. No es un certificado, y de él no se sigue la aprobación de ninguna autoridad." }
    OpinionsNote { "Expresadas por el laboratorio y firmadas con el informe. No se siguen del registro." }
    NoOpinions { "Este informe no contiene opiniones ni interpretaciones." }
    WholeOnly { "Este informe solo puede reproducirse íntegro, salvo acuerdo del laboratorio que lo emitió." }

    // Digests.
    DigestOf { "De" }
    PlanDigest { "Plan (cada prueba, con sus instrucciones)" }
    TranscriptDigest { "Transcripción (raíz de Merkle, RFC 6962)" }
    JournalHead { "Diario, última línea" }
    JournalLines { "Líneas del diario" }
    ProfileDigest { "Perfil {name}" }
    SuiteDigest { "Batería {name}" }
    CardDigest { "Ficha {name}" }
    FileDigestOf { "Archivo {name}" }
    JudgeDigest { "Juez {name}" }

    // Files inside the PDF.
    AttachedReport { "El informe tal como se firma" }
    AttachedEnvelope { "El informe con sus firmas" }

    // Markdown and terminal.
    CutRows { "Filas más en el propio informe: {count}." }
    Model { "Modelo" }

    // Reasons of findings, a row a sentence.
    ReasonNotAssessed { "No evaluado: {reason}" }
    ReasonNoSuite { "Hoy ninguna batería puede medir este requisito." }
    ReasonSuiteNotRun { "La batería {suite} no se ejecutó." }
    ReasonNoCase { "El ensayo no contiene aquí ningún caso de la batería {suite} para la medida «{measure}»." }
    ReasonNoScore { "Ninguna de las unidades previstas tiene puntuación; previstas: {planned}." }
    ReasonUnbounded { "No puede darse ningún intervalo: unidades previstas sin puntuación, {missing} de {planned}, y nada acota lo que habrían sido." }
    ReasonFewClusters { "No puede darse ningún intervalo con tan pocos grupos de casos: {clusters}." }
    ReasonIntervalWithin { "El intervalo al {level}, de {lower} a {upper} en torno a {point}, está por entero dentro del límite ({limit})." }
    ReasonIntervalAcross { "El intervalo al {level}, de {lower} a {upper} en torno a {point}, cruza el límite ({limit})." }
    ReasonIntervalOutside { "El intervalo al {level}, de {lower} a {upper} en torno a {point}, está por entero fuera del límite ({limit})." }
    ReasonPointWithin { "La estimación puntual {point} está dentro del límite ({limit})." }
    ReasonPointAcross { "La estimación puntual {point} puede estar dentro o fuera del límite ({limit}), según lo que habrían sido las unidades que faltan." }
    ReasonPointOutside { "La estimación puntual {point} está fuera del límite ({limit})." }
    ReasonAllScored { "Todas las unidades están puntuadas: {planned}." }
    ReasonSomeScored { "Unidades puntuadas: {scored} de {planned}; las demás cuentan en contra de ambos lados." }
    ReasonSmallSample { "Unidades puntuadas que exige el requisito, como mínimo: {cases}; faltan: {missing}." }
    ReasonFamiliesLook { "Si todo sigue igual, familias de casos que bastarían para decidir al {level}, además de las actuales ({clusters}): {more}. Orden: {command}." }
    ReasonFamiliesLast { "Si todo sigue igual, familias de casos que bastarían para decidir al {level}, además de las actuales ({clusters}): {more}. Este era el último examen del perfil." }
    ReasonFamiliesOwn { "Si todo sigue igual, familias de casos que bastarían para decidir al {level}, además de las actuales ({clusters}): {more}, en un ensayo aparte." }

    // Assessments under profiles.
    StepsReached { "El intervalo entero alcanza: {surely}; la estimación puntual alcanza: {point}." }
    NoStep { "ningún escalón" }
    SampleAsked { "Se exige una muestra de al menos {cases} unidades puntuadas." }
    Remark { "Nota: {note}" }
    Unverified { "No comprobado en el texto: {what}" }
    UnverifiedMark { "sin comprobar" }
    Assessments { "Evaluación según perfiles" }
    AssessmentsOf { "Evaluación de {id}" }
    AssessmentsSentence { "El registro {id} del modelo {model} se contrasta con {count} perfiles. No se ha medido nada de nuevo: las estimaciones son las del registro, con la confianza de cada perfil." }
    AssessmentsNote { "Una evaluación se deduce del registro y no la firma nadie. Quien tenga el registro y los perfiles puede deducirla de nuevo." }
    ByProfile { "Veredictos por perfil" }
    Basis { "Fundamento" }
    FurtherOne { "Una familia de casos más lo decidiría si la estimación se mantiene." }
    FurtherFamilies { "{count} familias de casos más lo decidirían si la estimación se mantiene." }
    FurtherMissing { "Las unidades que faltan lo dejan abierto, por muchos casos que se añadan." }
    FurtherNever { "Está demasiado cerca del límite para que algún número de casos lo decida." }
}
