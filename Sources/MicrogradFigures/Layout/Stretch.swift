/// A map that makes room on an axis: it stretches given intervals to given lengths, and moves the rest along.
///
/// It keeps the order of points and never brings two of them closer together. So boxes that did not overlap before do not
/// overlap afterwards, and a picture stays recognisable when a box opens.
struct Stretch {
  /// An interval, and the length that it needs.
  struct Demand {
    var start: Double
    var end: Double
    var length: Double
  }

  private var places: [Double] = []
  private var images: [Double] = []

  init(_ demands: [Demand]) {
    let needed = demands.filter { $0.length > $0.end - $0.start }
    places = Set(needed.flatMap { [$0.start, $0.end] }).sorted()
    let byEnd = Dictionary(grouping: needed, by: { $0.end })
    var imageOf: [Double: Double] = [:]
    for (index, place) in places.enumerated() {
      var image = index == 0 ? place : images[index - 1] + place - places[index - 1]
      for demand in byEnd[place] ?? [] { image = max(image, imageOf[demand.start]! + demand.length) }
      images.append(image)
      imageOf[place] = image
    }
  }

  /// Returns the new position of a point. In a stretched interval the room is added at the end.
  func callAsFunction(_ place: Double) -> Double {
    var low = 0, high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] <= place { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? place : images[low - 1] + place - places[low - 1]
  }
}
