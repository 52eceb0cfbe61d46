/// Pseudo-random numbers that `peers/workloads/numbers.hpp` draws as well, so that all programs get the same inputs: Knuth's
/// linear congruential generator with 64 bits, of which the upper 53 count.
///
/// Source: Knuth, *The Art of Computer Programming*, volume 2, third edition, section 3.3.4.
struct Numbers {
  private var state: UInt64 = 1

  mutating func next(_ lower: Double, _ upper: Double) -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return lower + (upper - lower) * (Double(state >> 11) * 0x1p-53)
  }

  mutating func list(_ count: Int, _ lower: Double, _ upper: Double) -> [Double] {
    (0..<count).map { _ in next(lower, upper) }
  }

  mutating func rows(_ count: Int, of width: Int, _ lower: Double, _ upper: Double) -> [[Double]] {
    (0..<count).map { _ in list(width, lower, upper) }
  }
}
