// The words on a stepper's controls. The words about the graph are the engine's.

const stepperWords = {
  en: {
    first: "First step", back: "Previous step", next: "Next step", last: "Last step", slider: "Step", leaves: "Leaves",
    reset: "Reset all leaves", fit: "Show all", larger: "Zoom in", smaller: "Zoom out", picture: "The graph",
    fold: "Close all boxes", restart: "Start anew",
    keys: "Keys: ← → step, Home and End jump, + − 0 zoom, Enter opens and closes a box. Drag to move the picture.",
    stopped: "The engine of this page has stopped. Its message:",
  },
  fr: {
    first: "Première étape", back: "Étape précédente", next: "Étape suivante", last: "Dernière étape", slider: "Étape",
    leaves: "Feuilles", reset: "Rétablir toutes les feuilles", fit: "Tout afficher", larger: "Zoom avant",
    smaller: "Zoom arrière", picture: "Le graphe", fold: "Fermer toutes les boîtes", restart: "Recommencer",
    keys: "Touches : ← → changent d'étape, Début et Fin vont aux extrémités, + − 0 règlent le zoom, Entrée ouvre et ferme "
      + "une boîte. Glisser déplace l'image.",
    stopped: "Le moteur de cette page s'est arrêté. Son message :",
  },
};
