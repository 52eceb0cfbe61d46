import CMicrogradKernels
import Testing

@testable import MicrogradCompiler

/// Instructions for neighbouring rows become one, where the order of the rows does not matter.
@Suite struct JoiningTests {
  private func map(_ a: MGOperand, to c: MGOperand) -> MGInstruction {
    MGInstruction(.map, .lanes, function: MGFunction.relu.rawValue, a: a, c: c)
  }

  private func joined(_ first: MGInstruction, _ second: MGInstruction) -> String? {
    first.joined(with: second, stride: 8).map { places($0) }
  }

  private func places(_ instruction: MGInstruction) -> String {
    "\(instruction.c) = \(instruction.kind) \(instruction.a) rows \(instruction.rows)"
  }

  @Test func upwardsAndDownwards() {
    #expect(joined(map(0, to: 80), map(8, to: 88)) == map2(0, to: 80))
    #expect(joined(map(8, to: 88), map(0, to: 80)) == map2(0, to: 80))
    #expect(joined(map(0, to: 80), map(8, to: 96)) == nil)
    #expect(joined(map(0, to: 80), map(0, to: 88)) == nil)
  }

  /// Each row's result may lie where an operand of the row before was.
  @Test func downwardsOnlyWhereNoRowNeedsTheOther() {
    #expect(joined(map(8, to: 16), map(0, to: 8)) == nil, "the second overwrites what the first reads")
    #expect(joined(map(16, to: 8), map(8, to: 0)) == nil, "the second reads what the first writes")
    #expect(joined(map(8, to: 8), map(0, to: 0)) == map2(0, to: 0), "each in its own place")
  }

  private func stepped(_ list: [MGInstruction]) -> [String] {
    var terms: [MGTerm] = []
    return RowJoining.joined(list, [], stride: 8, newTerms: &terms).map {
      "\(places($0)) times \($0.times), steps \($0.row.a) \($0.row.c), \($0.time.a) \($0.time.c)"
    }
  }

  @Test func atConstantSteps() {
    let list = [(0, 800), (16, 808), (32, 816), (320, 880), (336, 888), (352, 896)].map { a, c in
      map(MGOperand(a), to: MGOperand(c))
    }
    #expect(stepped(list) == ["800 = \(MGKind.map) 0 rows 3 times 2, steps 16 8, 320 80"])
    // Two runs with another instruction between them.
    var other = map(480, to: 960)
    other.function = MGFunction.exp.rawValue
    let apart = [list[0], list[1], other, list[3], list[4]]
    #expect(stepped(apart).first == "800 = \(MGKind.map) 0 rows 2 times 2, steps 16 8, 320 80")
  }

  @Test func aRowThatNeedsAnotherOneIsNotJoinedWithIt() {
    #expect(stepped([map(0, to: 8), map(8, to: 16)]).count == 2, "the second reads what the first writes")
    #expect(stepped([map(0, to: 80), map(800, to: 0), map(16, to: 88)]).count == 2, "an instruction between them")
    #expect(stepped([map(0, to: 80), map(80, to: 160), map(160, to: 88), map(8, to: 96)]).count >= 3, "a chain")
  }

  /// A kernel adds the first 64 terms of all rows before the others, so that the second row would overwrite what the first still
  /// needs.
  @Test func longSumsOverwriteNoOperands() {
    func count(_ terms: Int) -> Int {
      let sums = [0, 1].map { row in
        MGInstruction(.sum, .lanes, inner: row * terms, c: MGOperand(8000 - 1000 * row), terms: terms)
      }
      // The last operand of the first row is where the second one is written.
      let list = [0, 1].flatMap { row in
        (0..<terms).map { k in
          MGTerm(
            factor: 1, a: MGOperand(k == terms - 1 ? 7000 + 2000 * row : 16 * k + 8 * row), b: MGOperand(MG_NONE),
            leftUniform: false, rightUniform: false, skipsZeros: false, aRow: 0, bRow: 0, aTime: 0, bTime: 0)
        }
      }
      var new: [MGTerm] = []
      return RowJoining.joined(sums, list, stride: 8, newTerms: &new).count
    }
    #expect(count(64) == 1)
    #expect(count(65) == 2)
  }

  private func map2(_ a: MGOperand, to c: MGOperand) -> String {
    var both = map(a, to: c)
    both.rows = 2
    return places(both)
  }
}
