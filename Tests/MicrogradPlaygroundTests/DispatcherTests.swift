import MicrogradJSON
import MicrogradPlayground
import Testing

struct DispatcherTests {
  @Test("A request that names no action gets an error in both languages")
  func unknownActions() throws {
    let error = try #require(PlaygroundDispatcher().answer(.object([("do", .text("dance"))])).json["error"])
    #expect(error["en"]?.text?.isEmpty == false && error["fr"]?.text?.isEmpty == false, "got \(error.description)")
  }
}
