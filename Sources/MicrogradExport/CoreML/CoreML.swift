/// The numbers of the fields in Core ML files that are written here, as in `Model.proto` and its like:
/// https://github.com/apple/coremltools/tree/main/mlmodel/format.
enum CoreML {
  enum Model: Int {
    case specificationVersion = 1, description = 2
    case pipelineClassifier = 200, pipelineRegressor = 201, linearRegressor = 300, networkClassifier = 403
    case network = 500, oneHotEncoder = 600, imputer = 601, vectorizer = 602, scaler = 604
  }

  // MARK: Descriptions

  enum Description: Int {
    case input = 1, output = 10, predictedFeatureName = 11, predictedProbabilitiesName = 12, metadata = 100
  }
  enum Metadata: Int { case shortDescription = 1 }
  enum Feature: Int { case name = 1, shortDescription = 2, type = 3 }
  enum FeatureType: Int { case number = 2, text = 3, array = 5, dictionary = 6 }
  enum Array: Int { case shape = 1, dataType = 2 }
  enum Dictionary: Int { case textKeys = 2 }
  /// A message without fields.
  enum Empty: Int { case never = 1 }

  /// `ArrayFeatureType.ArrayDataType`
  enum ArrayDataType: Int { case double = 65600 }

  // MARK: Models

  /// `PipelineClassifier` and `PipelineRegressor`
  enum PipelineModel: Int { case pipeline = 1 }
  enum Pipeline: Int { case model = 1 }
  enum OneHotEncoder: Int { case categories = 1, handleUnknown = 11 }
  enum HandleUnknown: Int { case ignore = 1 }
  enum Vectorizer: Int { case input = 1 }
  enum VectorizerInput: Int { case name = 1, count = 2 }
  enum Imputer: Int { case numbers = 4, replacedNumber = 11 }
  enum Scaler: Int { case shift = 1, scale = 2 }
  enum LinearRegressor: Int { case weights = 1, offset = 2 }
  /// `StringVector`, `DoubleVector` and `GLMRegressor.DoubleArray`
  enum Vector: Int { case element = 1 }

  // MARK: Networks

  /// `NeuralNetwork` and `NeuralNetworkClassifier`
  enum Network: Int { case layer = 1, arrayMapping = 5, classes = 100, probabilitiesName = 200 }
  enum ArrayMapping: Int { case exact = 1 }
  enum Layer: Int {
    case name = 1, input = 2, output = 3
    case activation = 130, innerProduct = 140, unary = 220
    case sign = 680, sin = 710, cos = 715, atan = 740, gelu = 795
    case equal = 815, lessEqual = 827, greaterEqual = 832, not = 850, and = 855
    case add = 880, power = 885, divide = 890, multiply = 900, subtract = 905
    case softmax = 950, constant = 1070, choice = 1330
  }
  enum Activation: Int {
    case linear = 5, relu = 10, leakyReLU = 15, tanh = 30, sigmoid = 40, elu = 50, softsign = 60, softplus = 70
  }
  enum ActivationParameters: Int { case alpha = 1 }
  enum InnerProduct: Int { case inputCount = 1, outputCount = 2, hasBias = 10, weights = 20, bias = 21 }
  enum Weights: Int { case numbers = 1 }
  enum Unary: Int { case function = 1 }
  enum UnaryFunction: Int { case sqrt = 0, exp = 4, log = 5, abs = 6 }
  enum Softmax: Int { case axis = 1 }
  enum Constant: Int { case shape = 1, numbers = 2 }
}
