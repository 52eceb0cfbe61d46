import MicrogradFigures
import MicrogradJSON

extension PlaygroundDispatcher {
  /// The defaults, the choices of each menu with their words, and the limits of each number.
  func describe() -> Reply {
    let defaults = try? PlaygroundSettings()
    return Reply(
      .object([
        ("settings", defaults?.json ?? .null),
        (
          "choices",
          .object([
            ("task", PlaygroundTask.json), ("data.kind", PlaygroundDataKind.json),
            ("network.layers.activation", ActivationChoice.json),
            ("network.initialization", InitializationChoice.json),
            ("loss", PlaygroundLoss.json), ("optimizer.rule", OptimizerSettings.Rule.json),
            ("schedule.kind", ScheduleSettings.Kind.json),
          ])
        ),
        ("limits", .object(NumberSetting.all.map { ($0.path, $0.limits) })),
        ("points", .integer(NumberSetting.mostPoints)),
      ]))
  }
}
