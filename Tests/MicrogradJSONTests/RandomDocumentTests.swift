import MicrogradTestSupport
import Testing

@testable import MicrogradJSON

@Suite struct RandomDocumentTests {
  /// Documents come back as they were written. The text tells all values apart, -0 and 0, 1 and 1.0 among them.
  @Test func readsWhatIsWritten() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for round in 0..<500 {
      let value = JSON.random(depth: 4, using: &generator)
      for text in [value.description, value.indented()] {
        let got = try JSON(parsing: text)
        #expect(got.description == value.description, "seed \(seed), round \(round)")
      }
    }
  }

  /// A document with some bytes changed is read, or refused with an error in it; and what was read is read again.
  @Test func readsOrRefusesWhatHasChanged() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed), readCount = 0
    for round in 0..<5000 {
      var bytes = Array(JSON.random(depth: 3, using: &generator).description.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) { bytes.mutate(using: &generator) }
      let value: JSON
      do {
        value = try JSON(parsing: bytes)
      } catch {
        #expect((0...bytes.count).contains(error.offset), "seed \(seed), round \(round): \(error)")
        continue
      }
      readCount += 1
      let again = try JSON(parsing: value.description)
      #expect(again.description == value.description, "seed \(seed), round \(round)")
    }
    #expect((1..<5000).contains(readCount), "seed \(seed): all were read, or none")
  }
}

extension JSON {
  fileprivate static func random(depth: Int, using generator: inout SplitMix) -> JSON {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &generator) {
    case 0: return .null
    case 1: return .boolean(Bool.random(using: &generator))
    case 2: return .integer(Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator))
    case 3:
      let number = Double(bitPattern: generator.next())
      return .number(number.isFinite ? number : -0.0)
    case 4: return .text(randomText(using: &generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
    default:
      // The position makes the names differ.
      return .object(
        (0..<Int.random(in: 0..<5, using: &generator)).map {
          ("\($0)" + randomText(using: &generator), random(depth: depth - 1, using: &generator))
        })
    }
  }

  private static func randomText(using generator: inout SplitMix) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<8, using: &generator) {
      let limit: UInt32 = [0x30, 0x80, 0x3000, 0x11_0000].randomElement(using: &generator)!
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? "\\")
    }
    return text
  }
}
