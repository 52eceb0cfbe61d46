import Micrograd
import MicrogradRequirement

extension GPTCommand {
  /// The largest number of products on a page, which then takes some 40 MB and several seconds to open.
  private static let mostProducts = 250_000.0

  /// Checks that a page of the prediction after some positions is not too large for a browser.
  func checkPage(of model: TextModel, positions: Int) throws {
    let products = model.network.configuration.productCount(positions: positions)
    guard products > Self.mostProducts else { return }
    throw Failure(
      """
      A page after \(counted(positions - 1, "character")) would show some \(Int(min(products, 1e15)).grouped(by: ",")) \
      products, more than a browser can take; use --format text or json, a shorter text, or a smaller model.
      """)
  }
}

extension GPT.Configuration {
  /// The number of products that one prediction consists of. Of the last block, positions but the last one give keys and
  /// values only.
  fileprivate func productCount(positions: Int) -> Double {
    let width = Double(width), positions = Double(positions), matrix = width * width
    let block = positions * 12 * matrix + positions * positions * width
    let lastBlock = 12 * matrix + (positions - 1) * 2 * matrix + 2 * positions * width
    return Double(layers - 1) * block + lastBlock + Double(vocabulary) * width
  }
}
