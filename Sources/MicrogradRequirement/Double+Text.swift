extension Double {
  /// The number as text, CSV and JSON write it: with the fewest digits that give exactly this number when read, or `nan`,
  /// `inf` or `-inf` if it is not finite.
  ///
  /// Unlike `description`, it shows no sign or payload of a nan. They depend on the processor, such as -nan for 0/0 on
  /// x86, and not on the calculation.
  package var text: String { isNaN ? "nan" : description }
}
