// Letters and digits of ASCII. Swift's own functions know all of Unicode, for which a page would need large tables.

extension UInt8 {
  var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  var isLetter: Bool { isUppercase || isLowercase }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  /// The small letter for a capital one, and the same for all else.
  var lowercased: UInt8 { isUppercase ? self + 32 : self }
  /// The capital letter for a small one, and the same for all else.
  var uppercased: UInt8 { isLowercase ? self - 32 : self }
}
