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

  private func map2(_ a: MGOperand, to c: MGOperand) -> String {
    var both = map(a, to: c)
    both.rows = 2
    return places(both)
  }
}
