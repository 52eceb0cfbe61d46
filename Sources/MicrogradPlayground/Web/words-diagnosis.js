Object.assign(words.en, {
  diagnosis: "Warnings", diagnosisShow: "Show me", diagnosisBack: "Back to step {step}",
  diagnosisRemedy: "Apply the remedy", diagnosisHide: "Hide this warning", diagnosisMore: "{count} more",
});
Object.assign(words.fr, {
  diagnosis: "Avertissements", diagnosisShow: "Montrer", diagnosisBack: "Retour au pas {step}",
  diagnosisRemedy: "Appliquer le remède", diagnosisHide: "Masquer cet avertissement", diagnosisMore: "{count} de plus",
});
