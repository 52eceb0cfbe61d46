import MicrogradData
import MicrogradLanguage
import MicrogradRequirement

extension PlaygroundError {
  /// Creates an error of the words of one in a table, with line and column.
  init(_ error: CSVError) {
    var place = "ligne \(error.line)"
    if let column = error.column { place += ", colonne \(column)" }
    if let name = error.columnName { place += " (« \(shortened(name)) »)" }
    self.init(en: error.description, fr: "\(place) : \(error.reason.french)")
  }
}

extension CSVError.Reason {
  /// The mistake in French, and how to mend it.
  fileprivate var french: String {
    switch self {
    case .noHeader: "il n'y a rien à lire ; la première ligne doit nommer les colonnes, par exemple x1,x2,classe"
    case .headerOfNumbers(let first):
      "la première ligne doit nommer les colonnes, par exemple x1,x2,classe, mais elle n'a que des nombres, dont \(first) ; "
        + "ajoutez une ligne de noms au-dessus (un nom qui est un nombre s'écrit entre guillemets)"
    case .emptyColumnName: "la colonne n'a pas de nom ; donnez-lui-en un, ou supprimez la colonne"
    case .duplicateColumnName(let first): "la colonne \(first) a le même nom ; renommez l'une des deux"
    case .missingField(let found, let expected):
      "il manque une valeur : \(found) sur la ligne, \(expected) dans l'en-tête ; ajoutez-la, ou écrivez nan si elle est "
        + "inconnue"
    case .extraField(let found, let expected):
      "il y a trop de valeurs : \(found) sur la ligne, \(expected) dans l'en-tête ; supprimez-en, ou nommez la colonne (les "
        + "nombres décimaux s'écrivent avec un point)"
    case .notANumber(let text):
      "« \(shortened(text)) » n'est pas un nombre ; les nombres s'écrivent 3, -0.5 ou 1e-3, ou nan s'il en manque un"
    case .tooLarge(let text): "« \(shortened(text)) » est trop grand ; le plus grand nombre est 1.79e308"
    case .unclosedQuote: "le guillemet ouvert ici n'est jamais fermé ; ajoutez un \" à la fin de la valeur"
    case .strayQuote:
      "il y a un guillemet dans la valeur ; supprimez-le, ou mettez la valeur entre guillemets et doublez celui-ci"
    case .notUTF8: "le texte n'est pas codé en UTF-8 ; enregistrez le fichier en UTF-8"
    case .noColumn(let name, let names):
      "il n'y a pas de colonne « \(shortened(name)) », seulement \(names.prefix(20).map { shortened($0) }.joined(separator: ", "))"
        + (names.count > 20 ? ", …" : "")
    case .noFeatures(let name):
      "la seule colonne est « \(shortened(name)) » ; il en faut au moins une autre, par exemple x1"
    case .notALabel(let number):
      "\(number.text) n'est pas une étiquette ; les étiquettes sont des nombres entiers, comme 0 et 1"
    case .notFinite(let number):
      number.isNaN
        ? "il manque la valeur ; écrivez un nombre, ou supprimez la ligne"
        : "\(number.text) n'est pas un nombre fini ; remplacez-le, ou supprimez la ligne"
    case .noRows: "il n'y a pas de ligne sous les noms des colonnes ; ajoutez-en"
    case .oneClass(let name):
      "toutes les lignes ont la même cible, « \(shortened(name)) » : il n'y a rien à apprendre ; ajoutez des lignes d'une autre"
    case .missingTarget: "il manque la cible ; ajoutez-la, ou supprimez la ligne"
    case .unknownClass(let text, let classes):
      "« \(shortened(text)) » n'est aucune des classes connues : \(classes.prefix(10).map { shortened($0) }.joined(separator: ", "))"
    case .tooManyCategories(let count):
      "\(count) textes différents sont trop pour des catégories ; laissez la colonne de côté, ou écrivez-y des nombres"
    }
  }
}
