Object.assign(words.en, {
  plane: "Loss landscape",
  planeIntroduction: "The weights are at the cross. The loss is computed on a plane through them, along two random directions that are "
    + "scaled like the weights of each neuron (Li et al., 2018). The stronger the colour, the lower the loss; each line joins places of equal loss. It includes the "
    + "penalty of L1 and L2, if there is one.",
  planeSpan: "Reach", planeDraw: "Draw", planeStop: "Stop", planeSeed: "Directions",
  planeAt: "As of step {step}.", planeStale: "As of step {step}; the weights have changed since.",
  planeHere: "at the cross", planeLowest: "lowest", planeHighest: "highest",
  planeText: "The training loss in a plane around the weights: {here} in the center, from {low} to {high}.",
  planePath: "The line is the path of the training since step {from}, seen from above: it does not lie in this plane.",
  planeFlat: "The loss is the same everywhere in this plane.", planeNot: "The loss is not a number here, so there is nothing to draw.",
});
Object.assign(words.fr, {
  plane: "Paysage de la perte",
  planeIntroduction: "Les poids sont à la croix. La perte est calculée sur un plan qui passe par eux, selon deux directions tirées au "
    + "hasard et mises à l'échelle des poids de chaque neurone (Li et al., 2018). Plus la couleur est forte, plus la perte est faible\u00A0; chaque ligne joint des "
    + "points de même perte. Elle comprend la pénalité de L1 et de L2, s'il y en a une.",
  planeSpan: "Portée", planeDraw: "Tracer", planeStop: "Arrêter", planeSeed: "Directions",
  planeAt: "État au pas {step}.", planeStale: "État au pas {step}\u00A0; les poids ont changé depuis.",
  planeHere: "à la croix", planeLowest: "minimum", planeHighest: "maximum",
  planeText: "La perte d'apprentissage dans un plan autour des poids\u00A0: {here} au centre, de {low} à {high}.",
  planePath: "La ligne est le chemin de l'apprentissage depuis le pas {from}, vu d'en haut\u00A0: il n'est pas dans ce plan.",
  planeFlat: "La perte est la même partout dans ce plan.", planeNot: "La perte n'est pas un nombre ici\u00A0: il n'y a rien à tracer.",
});
