/// The names in a file, no two of which are the same.
struct UniqueNames {
  private var taken: Set<String> = []
  private var counts: [String: Int] = [:]

  /// Takes the name, or the name and a number if it is taken.
  mutating func take(_ wish: String) -> String {
    var name = wish
    while !taken.insert(name).inserted {
      counts[wish, default: 1] += 1
      name = "\(wish)_\(counts[wish]!)"
    }
    return name
  }
}
