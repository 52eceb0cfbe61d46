extension Unicode.Scalar {
  /// The digit or the letter of the Latin alphabet, without its accent or stroke: e for é, L for Ł; nil for all else.
  var letterOrDigit: UInt8? {
    if let byte = UInt8(exactly: value), byte.isLetter || byte.isDigit { return byte }
    for (first, letters) in Self.lettersWithoutAccents where value >= first {
      let index = Int(value - first)
      if index < letters.utf8CodeUnitCount { return letters.withUTF8Buffer { $0[index].isLetter ? $0[index] : nil } }
    }
    return nil
  }

  /// Whether this scalar is an accent of the letter before it.
  var isAccent: Bool { (0x300...0x36F).contains(value) }

  /// The letters in the blocks Latin-1, Latin Extended-A and Extended-B, and Latin Extended Additional, each with its first
  /// scalar; a point for what is none. Unicode's names say the same, `LATIN SMALL LETTER E WITH ACUTE`, but a page would
  /// need half a megabyte for them.
  private static let lettersWithoutAccents: [(first: UInt32, letters: StaticString)] = [
    (
      0xC0,
      """
      AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
      AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiI...JjKk.LlLlLlL\
      lLlNnNnNnn..OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz.\
      bBBb...Cc.DDd....FfG...IKkl..NnOOo..Pp.....tTtTUu.VYyZz.........\
      .....D..L..N.AaIiOoUuUuUuUuUu.AaAa..GgGgKkOoOo..j.D.Gg..NnAa..Oo\
      AaAaEeEeIiIiOoOoRrRrUuUuSsTt..HhNd..ZzAaEeOoOoOoOoYylnt...ACcLTs\
      z..BU.EeJj.qRrYy
      """
    ),
    (
      0x1E00,
      """
      AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm\
      MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv\
      WwWwWwWwWwXxXxYyZzZzZzhtwya.....AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe\
      EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy....Yy
      """
    ),
  ]
}
