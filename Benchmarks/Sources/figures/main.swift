import Foundation
import Micrograd

let help = """
  Measures how long swift-micrograd takes to draw graphs of 5,000 values, all of them visible.

  usage: swift run -c release --package-path Benchmarks figures [--quick] [--pages FOLDER]

    --quick         each once; its numbers mean nothing
    --pages FOLDER  writes the pages too; Benchmarks/measure-pages.py opens them in a browser, and measures there

  The columns are the values, and the milliseconds of the processor that the fastest of five runs takes: for the layout and the SVG;
  for finding the parts and making the page.
  """

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("figures: \(message)\n".utf8))
  exit(2)
}

var runs = 5, folder: String?
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  switch argument {
  case "--help", "-h":
    print(help)
    exit(0)
  case "--quick": runs = 1
  case "--pages":
    guard let name = arguments.popFirst() else { fail("--pages needs a folder") }
    folder = name
  default: fail("there is no \(argument); try --help")
  }
}

/// Milliseconds of the processor, of which other programs take less away than of those on the wall.
func fastest(of runs: Int, _ run: () -> Void) -> Int {
  let times = (0..<runs).map { _ in
    let start = clock()
    run()
    return Int(clock() - start)
  }
  return times.min()! * 1_000 / Int(CLOCKS_PER_SEC)
}

/// Writes a page into a folder, which is created if it is not there.
func write(_ page: String, _ name: String, to folder: String) {
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try page.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  } catch { fail("\(folder)/\(name) cannot be written: \(error.localizedDescription)") }
}

for (name, make) in graphs {
  let graph = make().graph()
  let svg = fastest(of: runs) { _ = GraphFigure(graph, folding: .open).svg() }
  let page = fastest(of: runs) { _ = GraphPage(graph).html() }
  let columns = [graph.nodes.count, svg, page].map { number in
    let text = "\(number)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
  print(name + String(repeating: " ", count: max(0, 28 - name.count)) + columns.joined())
  if let folder { write(GraphPage(graph, title: name).html(), "\(name.replacing(" ", with: "-")).html", to: folder) }
}
