Object.assign(words.en, {
  compare: "Three σ",
  compareIntroduction: "The same network, seed and samples, trained three times. Only the place of σ differs, and with it the "
    + "gradient of the score z. The error is the mean squared error or, in the third case, the mean cross-entropy, so compare the accuracies.",
  compareSteps: "Steps", compareRun: "Compare", compareBusy: "Training three times …", compareDone: "Trained three times, {steps} steps each.",
  compareTwo: "The comparison needs a classification of two classes.", compareTwoOpen: "Open two moons",
  compareUse: "Train with this loss",
  compareAccuracy: "Accuracy on the training samples",
  compareRight: "{share} right, error {error}",
  compareSurface: "Decision regions of {name} after {steps} steps: {share} of the training samples are right.",
  sigmoidOutsideWhy: "σ replaces the output's number, and the graph does not see it. The gradient is twice that of the cross-entropy.",
  sigmoidInsideWhy: "σ is an operation of the graph. Its local derivative σ(z)·(1 − σ(z)) is a quarter at most, and tiny where the "
    + "network is sure, even if it is wrong.",
  crossEntropyWhy: "The logarithm cancels the derivative of σ. The gradient is the difference between prediction and target.",
});
Object.assign(words.fr, {
  compare: "Trois σ",
  compareIntroduction: "Le même réseau, la même graine et les mêmes échantillons, entraînés trois fois. Seule change la place de σ, et "
    + "avec elle le gradient du score z. L'erreur est l'erreur quadratique moyenne ou, dans le troisième cas, l'entropie croisée "
    + "moyenne\u00A0: comparez donc les exactitudes.",
  compareSteps: "Pas", compareRun: "Comparer", compareBusy: "Trois entraînements…", compareDone: "Trois entraînements de {steps} pas.",
  compareTwo: "La comparaison demande une classification en deux classes.", compareTwoOpen: "Ouvrir deux lunes",
  compareUse: "Entraîner avec cette perte",
  compareAccuracy: "Exactitude sur les échantillons d'apprentissage",
  compareRight: "exactitude {share}, erreur {error}",
  compareSurface: "Régions de décision, {name}, après {steps} pas\u00A0: {share} des échantillons d'apprentissage sont justes.",
  sigmoidOutsideWhy: "σ remplace le nombre de la sortie, et le graphe ne le voit pas. Le gradient est le double de celui de l'entropie croisée.",
  sigmoidInsideWhy: "σ est une opération du graphe. Sa dérivée locale σ(z)·(1 − σ(z)) vaut au plus un quart, et elle est minuscule là où "
    + "le réseau est sûr de lui, même s'il se trompe.",
  crossEntropyWhy: "Le logarithme compense la dérivée de σ. Le gradient est la différence entre prédiction et cible.",
});
