/// The source of the tasks, as it was compiled.
///
/// It is in a target of its own, since a target can either compile a file or embed it.
package enum TaskSource {
  /// The files in the order of the tasks.
  package static let all: [String] = [
    PackageResources.Task01Perceptron_swift, PackageResources.Task02Sigmoid_swift,
    PackageResources.Task03GradientGraph_swift, PackageResources.Task04ReadingTheGraph_swift,
    PackageResources.Task05UpdatingTheWeights_swift, PackageResources.Task06Data_swift,
    PackageResources.Task07LossOfAModel_swift, PackageResources.Task08HiddenLayer_swift,
    PackageResources.Task09Training_swift, PackageResources.Task10SixteenNeurons_swift,
    PackageResources.Task11ThreeWaysToLearn_swift,
  ].map { String(decoding: $0, as: UTF8.self) }
}
