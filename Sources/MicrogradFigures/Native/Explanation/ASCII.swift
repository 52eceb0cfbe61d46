/// Spells mathematics and French in the 128 characters of ASCII.
enum ASCII {
  private static let spellings: [Unicode.Scalar: String] = [
    "×": "*", "·": "*", "÷": "/", "−": "-", "→": "->", "←": "<-", "½": "1/2", "∂": "d", "Σ": "sum ", "σ": "sigmoid",
    "Φ": "Phi",
    "φ": "phi", "√": "sqrt ", "π": "pi", "²": "^2", "ᵃ": "^a", "ᵇ": "^b", "–": "-", "—": "-",
    "ᵢ": "_i", "…": "...", "’": "'", "“": "\"", "”": "\"", "«": "\"", "»": "\"", "├": "|", "└": "`", "│": "|",
    "─": "-", "▸": "+",
    "à": "a", "â": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "î": "i", "ô": "o", "û": "u", "É": "E",
    "\u{A0}": " ", "\u{202F}": " ",
  ]

  static func text(_ text: String) -> String {
    text.replacing("ᵇ⁻¹", with: "^(b-1)").unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.isASCII { result.unicodeScalars.append(scalar) } else { result += spellings[scalar] ?? "?" }
    }
  }
}
