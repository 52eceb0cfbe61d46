extension PythonRandom {
  /// Creates the generator that Python's `random.seed(seed)` makes, from an integer of any width.
  ///
  /// As in CPython, the sign is ignored: 7 and -7 give the same numbers.
  public init(seed: some BinaryInteger) {
    let words = seed.magnitude.words.flatMap { word in
      stride(from: 0, to: UInt.bitWidth, by: 32).map { UInt32(truncatingIfNeeded: word >> UInt($0)) }
    }
    self.init(littleEndian: words)
  }

  /// Creates the generator that Python's `random.seed(int(text))` makes. Returns `nil` if `text` is not an integer in
  /// decimal digits, with or without a sign.
  ///
  /// It is for seeds from a command line, and for those that are too long for an integer literal:
  ///
  ///     PythonRandom(decimalSeed: "1606938044258990275541962092341162602522202993782792835301376")  // 2^200
  ///
  /// (Python's `random.seed(text)` differs: it hashes the characters.)
  ///
  /// - Complexity: O(n²), where n is the number of digits.
  public init?(decimalSeed text: some StringProtocol) {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard !digits.isEmpty, text.utf8.count - digits.count <= 1 else { return nil }

    var words: [UInt32] = [0]
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      var carry = UInt64(digit - UInt8(ascii: "0"))
      for index in words.indices {
        carry += UInt64(words[index]) * 10
        words[index] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      if carry > 0 { words.append(UInt32(carry)) }
    }
    self.init(littleEndian: words)
  }

  /// Creates a generator whose key is the magnitude of a seed in words of 32 bits, the lowest first, without zeros at
  /// the end; it is [0] for 0.
  private init(littleEndian words: [UInt32]) {
    let length = words.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    self.init(key: length == 0 ? [0] : Array(words.prefix(length)))
  }
}
