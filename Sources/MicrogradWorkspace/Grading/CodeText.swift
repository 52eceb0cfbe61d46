extension String {
  /// The program without comments and white space, by which two programs are compared. What strings hold stays.
  ///
  /// It is read byte by byte and without recursion, since a student may hand in anything.
  var withoutCommentsAndSpaces: String {
    let bytes = Array(utf8)
    var kept: [UInt8] = [], index = 0
    func starts(_ token: StaticString) -> Bool {
      let count = token.utf8CodeUnitCount
      return index + count <= bytes.count && (0..<count).allSatisfy { bytes[index + $0] == token.utf8Start[$0] }
    }
    func keep(_ count: Int) {
      kept += bytes[index..<min(index + count, bytes.count)]
      index += count
    }
    while index < bytes.count {
      if starts("//") {
        while index < bytes.count, !starts("\n") { index += 1 }
      } else if starts("/*") {
        var depth = 0
        repeat {
          let step = starts("/*") ? 1 : starts("*/") ? -1 : 0
          depth += step
          index += step == 0 ? 1 : 2
        } while depth > 0 && index < bytes.count
      } else if starts("\"") {
        let isLong = starts("\"\"\""), length = isLong ? 3 : 1
        keep(length)
        while index < bytes.count, isLong ? !starts("\"\"\"") : !starts("\"") && !starts("\n") {
          keep(starts("\\") ? 2 : 1)
        }
        if index < bytes.count { keep(length) }
      } else if [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) {
        index += 1
      } else {
        keep(1)
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
