import MicrogradCommand

/// The program `micrograd`.
@main
enum MicrogradMain {
  static func main() { MicrogradCommand.main() }
}
