Object.assign(words.en, {
  why: "Why?",
  whyHint: "Select a weight, a neuron or a sample in the drawings, or choose a number here. Backward, each operand in its graph "
    + "receives its local derivative times the gradient that arrives.",
  whyNumber: "Number", whyLoss: "loss", whyWeight: "weight", whyBias: "bias", whyNeuron: "output of a neuron",
  whyLayer: "Layer", whyUnit: "Neuron", whyInput: "Input", whyOver: "Computed for", whyOne: "one sample", whyBatch: "the batch",
  whySample: "Sample", whyPrevious: "Previous sample", whyNext: "Next sample", whyOpen: "Show the graph of sample {sample}",
  whyAt: "As of step {step}.", whyLater: "As of step {step}; the training is at step {now}.", whyNow: "As of now",
  whyFollow: "Follow the training", whyValue: "value", whyGradient: "gradient", whyTarget: "target", whyPart: "part of the gradient",
  whyParts: "Gradient from each sample, the largest first. Their sum is the gradient of the batch.", whyAll: "Show all {count}",
});
Object.assign(words.fr, {
  why: "Pourquoi\u00A0?",
  whyHint: "Sélectionnez un poids, un neurone ou un échantillon dans les dessins, ou choisissez un nombre ici. En arrière, chaque "
    + "opérande de son graphe reçoit sa dérivée locale multipliée par le gradient qui arrive.",
  whyNumber: "Nombre", whyLoss: "perte", whyWeight: "poids", whyBias: "biais", whyNeuron: "sortie d'un neurone",
  whyLayer: "Couche", whyUnit: "Neurone", whyInput: "Entrée", whyOver: "Calculé pour", whyOne: "un échantillon", whyBatch: "le lot",
  whySample: "Échantillon", whyPrevious: "Échantillon précédent", whyNext: "Échantillon suivant", whyOpen: "Afficher le graphe de l'échantillon {sample}",
  whyAt: "État au pas {step}.", whyLater: "État au pas {step}\u00A0; l'apprentissage en est au pas {now}.", whyNow: "État actuel",
  whyFollow: "Suivre l'apprentissage", whyValue: "valeur", whyGradient: "gradient", whyTarget: "cible", whyPart: "part du gradient",
  whyParts: "Gradient issu de chaque échantillon, du plus grand au plus petit. Leur somme est le gradient du lot.", whyAll: "Tout afficher ({count})",
});
