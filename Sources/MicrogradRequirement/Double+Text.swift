extension Double {
  /// The number as everything here writes it, text, CSV and JSON alike: the fewest digits that give exactly this number
  /// when read, and `nan`, `inf` or `-inf` for what is not finite.
  ///
  /// Unlike in `description`, a nan has neither a sign nor a payload: they say how a processor made it, such as -nan for
  /// 0/0 on x86, and nothing about the calculation.
  package var text: String { isNaN ? "nan" : description }
}
