Object.assign(words.en, {
  export: "Export", exportFormula: "Formula", exportDigits: "Digits", exportAllDigits: "all", exportCopy: "Copy the formula", exportCopied: "Copied.", exportNotCopied: "The browser does not let this page copy. Copy by hand: {text}",
  exportNetwork: "Network", exportRun: "Run", exportCSV: "CSV of the curves", exportPicture: "Picture",
  exportLink: "Link", exportSaved: "{name} is among your downloads.", exportAt: "The network as of step {step}.", exportPictureText: "Decision surface after {step} steps",
});
Object.assign(words.fr, {
  export: "Exporter", exportFormula: "Formule", exportDigits: "Chiffres", exportAllDigits: "tous", exportCopy: "Copier la formule", exportCopied: "Copié.", exportNotCopied: "Le navigateur ne laisse pas cette page copier. Copiez à la main\u00A0: {text}",
  exportNetwork: "Réseau", exportRun: "Entraînement", exportCSV: "CSV des courbes", exportPicture: "Image",
  exportLink: "Lien", exportSaved: "{name} est dans vos téléchargements.", exportAt: "Le réseau au pas {step}.", exportPictureText: "Surface de décision après {step} pas",
});
