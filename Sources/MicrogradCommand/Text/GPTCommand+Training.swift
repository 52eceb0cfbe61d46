import Micrograd

extension GPTCommand {
  /// Makes or loads the model, and trains it.
  ///
  /// The order of random numbers is that of microgpt: the documents are shuffled, then the weights are drawn.
  func result(using random: inout PythonRandom) throws -> TextResult {
    let loaded = try load.map { try TextModel(contentsOf: $0) }, trainer = training.trainer(isNew: loaded == nil)
    var documents: [String] = []
    if loaded == nil || trainer != nil {
      documents = try data.map { try TextModel.documents(contentsOf: $0) } ?? TextModel.names
      random.shuffle(&documents)
    }
    let model = try loaded ?? newModel(of: documents, using: &random)
    // An error is better before the training than after it.
    let tokens = try model.tokens(ofPrompt: explain ?? sampling.prompt)
    if explain != nil, format == .html { try checkPage(of: model, positions: tokens.count) }
    let losses = try trainer.map { try fit(model, to: documents, with: $0) } ?? []
    return TextResult(model: model, losses: losses, documentCount: documents.count, seed: training.seed)
  }

  private func newModel(of documents: [String], using random: inout PythonRandom) throws -> TextModel {
    try naming {
      try TextModel(
        of: documents, width: sizes.width ?? 16, heads: sizes.heads ?? 4, layers: sizes.layers ?? 1,
        context: sizes.context ?? 16, using: &random)
    }
  }

  private func fit(_ model: TextModel, to documents: [String], with trainer: TextTrainer) throws -> [Double] {
    var trainer = trainer
    if !training.quiet { trainer.progress = TextProgress(model, trainer, documents).report }
    return try naming { try trainer.fit(model, to: documents) }
  }

  /// Names the text in errors about it.
  private func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TextError {
      switch error {
      case .noDocuments, .unknownCharacter:
        throw Failure("\(data.map(TextFile.inputName) ?? "the names of the library"): \(error)")
      default: throw error
      }
    }
  }
}
