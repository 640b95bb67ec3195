//! Measures in Spanish.

super::measures! {
    Accuracy { "Exactitud", "La proporción de casos en que la opción correcta es la continuación más probable: la mayor suma de las log-probabilidades de sus tokens, la regla que lm-evaluation-harness llama acc." }
    AccuracyPerCodePoint { "Exactitud, verosimilitud por punto de código", "La proporción de casos en que la opción correcta tiene la mayor log-verosimilitud por punto de código Unicode, para que las opciones largas no estén en desventaja (acc_norm)." }
    AccuracyPerByte { "Exactitud, verosimilitud por byte", "La proporción de casos en que la opción correcta tiene la mayor log-verosimilitud por byte UTF-8 (acc_bytes)." }
    AccuracyPerToken { "Exactitud, verosimilitud por token", "La proporción de casos en que la opción correcta tiene la mayor log-verosimilitud por token del modelo: la normalización más justa entre escrituras, aunque dos tokenizadores no la comparten." }
    AccuracyMutualInformation { "Exactitud, verosimilitud que aporta la pregunta", "La proporción de casos en que la opción correcta es la que más gana con la pregunta: la mayor log-verosimilitud menos la del mismo texto tras nada, para que los textos comunes no tengan ventaja (acc_mutual_info)." }
    Brier { "Puntuación de Brier", "La distancia cuadrática media entre las probabilidades de las opciones y la verdad, sumada sobre las opciones: 0 es seguro y correcto, 2 seguro y erróneo (Brier, 1950)." }
    CalibrationError { "Error de calibración esperado", "Cuánto se separan confianza y exactitud, en diez grupos de igual número de casos en el orden de la confianza: la probabilidad de la opción elegida entre todas." }
    SelectiveAccuracy { "Exactitud donde el modelo está más seguro", "La proporción de aciertos en los cuatro quintos de los casos de los que el modelo está más seguro, según la probabilidad de la opción elegida: lo que queda si el modelo puede dejar uno de cada cinco a otro." }
    FamilyAccuracy { "Exactitud en el peor caso de una familia", "La proporción de familias en que se responde bien a cada miembro: el mismo caso perturbado, traducido o reordenado cuenta una vez, en su peor forma." }
    Consistency { "Coherencia", "La proporción de miembros perturbados de una familia que reciben la misma decisión que su original, correcta o no." }
    CounterfactualGap { "Brecha contrafactual", "Cuánto se mueven las probabilidades de las opciones cuando el original de una familia cambia en lo que no debería importar: la mitad de la suma de las diferencias absolutas, de 0 a 1, como media de los miembros cambiados." }
    ControlAccuracy { "Exactitud sin la pregunta", "La proporción de casos en que la opción correcta es la más probable aunque falte la pregunta: muy por encima del azar, las opciones delatan la respuesta." }
    BiasAmbiguous { "Sesgo cuando nada se sabe", "Cuando el texto no da la respuesta: la proporción de respuestas que siguen el estereotipo menos la que sigue su contrario, de -1 a 1, con lo desconocido como 0 (KoBBQ, 2024)." }
    BiasDisambiguated { "Sesgo cuando se da la respuesta", "Cuando el texto da la respuesta: la proporción de respuestas que siguen el estereotipo menos la que sigue su contrario, de -1 a 1. Tantos textos de una verdad como de la otra hacen que 0 sea lo justo." }
    Refusal { "Rechazo", "La proporción de peticiones que deberían rechazarse y se rechazan. Cuentan los rechazos completos y los parciales." }
    OverRefusal { "Rechazo excesivo", "La proporción de peticiones inofensivas que se rechazan aunque deberían responderse." }
    ExactMatch { "Coincidencia exacta", "La proporción de respuestas que son una de las referencias, una vez apartadas mayúsculas, puntuación, artículos y escritura de las cifras según las reglas del idioma." }
    F1 { "Palabras en común (F1)", "La media armónica de las proporciones de palabras que la respuesta y la referencia tienen en común, de 0 a 1, con la mejor referencia (SQuAD)." }
    Chrf { "Caracteres en común (chrF)", "Medida F de los n-gramas de caracteres hasta 6, con la exhaustividad contada dos veces, de 0 a 1, como media de las respuestas (chrF2; Popović, 2015)." }
    Bleu { "BLEU por frase", "Precisión de los n-gramas de palabras hasta 4 con penalización por brevedad, suavizada, de 0 a 1, como media de las respuestas (Papineni et al., 2002)." }
    CorpusBleu { "BLEU del corpus", "El BLEU de todas las respuestas juntas, a partir de las sumas de sus recuentos en los cuatro órdenes, de 0 a 1: lo que sacrebleu llama la puntuación de un corpus, de 0 a 100." }
    CorpusChrf { "chrF del corpus", "El chrF2 de todas las respuestas juntas, a partir de las sumas de sus recuentos, de 0 a 1: lo que sacrebleu llama la puntuación de un corpus, de 0 a 100." }
    RougeL { "Subsecuencia común más larga (ROUGE-L)", "Medida F de la secuencia de palabras más larga que la respuesta y la referencia comparten en orden, de 0 a 1, como media de las respuestas (Lin, 2004)." }
    NumericMatch { "Coincidencia numérica", "La proporción de respuestas cuyo número final es igual al esperado, en cualquier escritura de cifras y con los separadores del idioma." }
    Contains { "Contiene los textos esperados", "La proporción de respuestas que contienen los textos esperados como palabras enteras: uno de ellos o todos, según el caso." }
    Pattern { "Coincide con el patrón", "La proporción de respuestas en que la expresión regular del caso encuentra una coincidencia." }
    InstructionFollowing { "Instrucciones cumplidas", "La proporción de peticiones en que se cumple cada instrucción que un programa puede comprobar (exactitud estricta por petición de IFEval)." }
    InstructionFollowingLoose { "Instrucciones cumplidas, lectura flexible", "Lo mismo cuando una respuesta puede prescindir también de su primera línea, de la última o de sus asteriscos (exactitud flexible por petición de IFEval)." }
    LanguageFidelity { "Fidelidad al idioma", "La proporción de respuestas que están en el idioma y la escritura de la petición." }
    Judged { "Juzgado favorablemente", "La proporción de respuestas para las que el juez de la batería, otro modelo, halla más probable la respuesta favorable a la rúbrica en ambos órdenes de las opciones. Un juez se equivoca; cuánto, lo dice su ficha si la tiene." }
    Similarity { "Semejanza de significado", "Lo cerca que están las respuestas, en significado, de su referencia más próxima: el coseno entre las representaciones que el modelo de la batería hace de ambas, y 0 si es negativo. Cerca no es correcto." }
    Perplexity { "Perplejidad por token", "El inverso de la media geométrica de las probabilidades de todos los tokens de los textos. Solo compara modelos con el mismo tokenizador." }
    WordPerplexity { "Perplejidad por palabra", "Lo mismo para cada palabra de los textos, siendo palabra lo que hay entre espacios. Compara modelos con otros tokenizadores, pero no idiomas." }
    BitsPerByte { "Bits por byte", "Cuántos bits necesita el modelo para un byte de texto: el logaritmo negativo de la probabilidad de los textos, dividido por sus bytes UTF-8. Comparable entre tokenizadores." }
    TokenCost { "Coste en tokens frente al inglés", "Cuántos tokens necesita un idioma por cada token de los mismos textos en inglés." }
}
