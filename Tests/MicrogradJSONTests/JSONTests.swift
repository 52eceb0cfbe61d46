import Testing

@testable import MicrogradJSON

@Suite struct JSONTests {
  @Test func writes() {
    #expect(JSON.object([("a", .array([.integer(1), .null]))]).description == #"{"a":[1,null]}"#)
  }
}
