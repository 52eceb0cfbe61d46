"""Predictions of a Core ML file: Core ML itself is on Apple's systems only, so this computes what its parts say.

The comments of https://github.com/apple/coremltools/tree/main/mlmodel/format say what each part computes. Networks are computed
in single precision, as Core ML does at best.
"""
import logging
import math

import numpy as np

# It says at length that Core ML is not here.
logging.getLogger("coremltools").setLevel(logging.ERROR)
from coremltools.proto import FeatureTypes_pb2, Model_pb2

erf = np.vectorize(math.erf)


def predictions(path, model):
    """The probabilities or numbers of the model's rows, and the labels."""
    file = Model_pb2.Model()
    file.ParseFromString(path.read_bytes())
    assert file.specificationVersion == 4, file.specificationVersion
    inputs = file.description.input
    assert [i.name for i in inputs] == [feature["name"] or "column" for feature in model.features]
    assert [i.type.WhichOneof("Type") for i in inputs] == [
        "doubleType" if feature["isNumber"] else "stringType" for feature in model.features]
    results = [run(file, dict(zip([i.name for i in inputs], row))) for row in model.rows]
    label = file.description.predictedFeatureName
    if not model.classes:
        return np.array([[result[label]] for result in results]), None
    name = file.description.predictedProbabilitiesName
    probabilities = [[result[name][c] for c in model.classes] for result in results]
    return np.array(probabilities), [result[label] for result in results]


# Models: each takes the values of its inputs by name, and returns those of its outputs.


def run(model, values):
    """The outputs of a model of any kind, each of the type that the model's description says."""
    kind = model.WhichOneof("Type")
    outputs = MODELS[kind](model, {i.name: checked(values[i.name], i) for i in model.description.input})
    assert set(outputs) == {o.name for o in model.description.output}, (kind, set(outputs))
    return {o.name: checked(outputs[o.name], o) for o in model.description.output}


def checked(value, feature):
    """The value, if it is of the type of the feature."""
    kind = feature.type.WhichOneof("Type")
    if kind == "doubleType":
        assert isinstance(value, float), (feature.name, value)
    elif kind == "stringType":
        assert isinstance(value, str), (feature.name, value)
    elif kind == "multiArrayType":
        array = feature.type.multiArrayType
        assert array.dataType == FeatureTypes_pb2.ArrayFeatureType.DOUBLE
        assert list(value.shape) == list(array.shape), (feature.name, value.shape, array.shape)
    else:
        assert isinstance(value, dict) and feature.type.dictionaryType.HasField("stringKeyType")
    return value


def pipeline(model, values, parts):
    known = dict(values)
    for part in parts:
        known.update(run(part, known))
    return {o.name: known[o.name] for o in model.description.output}


def only(features):
    assert len(features) == 1, features
    return features[0].name


def one_hot(model, values):
    encoder = model.oneHotEncoder
    assert encoder.handleUnknown == encoder.IgnoreUnknown and not encoder.outputSparse
    text = values[only(model.description.input)]
    encoded = [float(text == category) for category in encoder.stringCategories.vector]
    return {only(model.description.output): np.array(encoded)}


def vectorizer(model, values):
    parts = []
    for column in model.featureVectorizer.inputList:
        part = np.atleast_1d(values[column.inputColumn])
        assert len(part) == column.inputDimensions, column
        parts.append(part)
    return {only(model.description.output): np.concatenate(parts)}


def imputer(model, values):
    assert np.isnan(model.imputer.replaceDoubleValue)
    x = values[only(model.description.input)]
    filled = np.where(np.isnan(x), np.array(model.imputer.imputedDoubleArray.vector), x)
    return {only(model.description.output): filled}


def scaler(model, values):
    x = values[only(model.description.input)]
    scaled = (x + np.array(model.scaler.shiftValue)) * np.array(model.scaler.scaleValue)
    return {only(model.description.output): scaled}


def linear_regressor(model, values):
    x = values[only(model.description.input)]
    regressor = model.glmRegressor
    assert regressor.postEvaluationTransform == regressor.NoTransform
    number = np.dot(np.array(regressor.weights[0].value), x) + regressor.offset[0]
    assert model.description.predictedFeatureName == only(model.description.output)
    return {only(model.description.output): float(number)}


def network(model, values):
    blobs = compute(model.neuralNetwork, values)
    return {o.name: blobs[o.name].astype(float) for o in model.description.output}


def network_classifier(model, values):
    classifier = model.neuralNetworkClassifier
    probabilities = compute(classifier, values)[classifier.labelProbabilityLayerName].astype(float)
    classes = list(classifier.stringClassLabels.vector)
    assert probabilities.shape == (len(classes),), probabilities
    return {
        model.description.predictedFeatureName: classes[int(probabilities.argmax())],
        model.description.predictedProbabilitiesName: dict(zip(classes, probabilities)),
    }


MODELS = {
    "pipelineClassifier": lambda m, v: pipeline(m, v, m.pipelineClassifier.pipeline.models),
    "pipelineRegressor": lambda m, v: pipeline(m, v, m.pipelineRegressor.pipeline.models),
    "oneHotEncoder": one_hot,
    "featureVectorizer": vectorizer,
    "imputer": imputer,
    "scaler": scaler,
    "glmRegressor": linear_regressor,
    "neuralNetwork": network,
    "neuralNetworkClassifier": network_classifier,
}

# Networks: layers by the name of their field.


def compute(net, values):
    """The arrays of a network by name."""
    assert net.arrayInputShapeMapping == 1, "arrays of any rank need the exact mapping"
    blobs = {name: value.astype(np.float32) for name, value in values.items()}
    for layer in net.layers:
        kind = layer.WhichOneof("layer")
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            result = LAYERS[kind](getattr(layer, kind), *(blobs[name] for name in layer.input))
        (output,) = layer.output
        assert output not in blobs, f"{output} is computed twice"
        blobs[output] = np.asarray(result, dtype=np.float32)
    return blobs


def inner_product(layer, x):
    weights = np.array(layer.weights.floatValue, dtype=np.float32)
    bias = np.array(layer.bias.floatValue, dtype=np.float32)
    assert layer.hasBias and len(bias) == layer.outputChannels and len(x) == layer.inputChannels
    return weights.reshape(layer.outputChannels, layer.inputChannels) @ x + bias


def activation(layer, x):
    kind = layer.WhichOneof("NonlinearityType")
    return ACTIVATIONS[kind](getattr(layer, kind), x)


def unary(layer, x):
    assert not (layer.alpha or layer.epsilon or layer.shift or layer.scale), "what is not set is not used"
    functions = {layer.SQRT: np.sqrt, layer.EXP: np.exp, layer.LOG: np.log, layer.ABS: np.abs}
    return functions[layer.type](x)


def softmax(layer, x):
    assert layer.axis == -1
    powers = np.exp(x - x.max())
    return powers / powers.sum()


def gelu(layer, x):
    assert layer.mode == layer.EXACT
    return 0.5 * x * (1 + erf(x.astype(float) / np.sqrt(2)))


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid(x):
    return np.exp(-softplus(-x))


LAYERS = {
    "innerProduct": inner_product,
    "activation": activation,
    "unary": unary,
    "softmaxND": softmax,
    "sin": lambda p, x: np.sin(x),
    "cos": lambda p, x: np.cos(x),
    "gelu": gelu,
    "loadConstantND": lambda p: np.array(p.data.floatValue, dtype=np.float32).reshape(list(p.shape)),
    "addBroadcastable": lambda p, x, y: x + y,
    "subtractBroadcastable": lambda p, x, y: x - y,
    "multiplyBroadcastable": lambda p, x, y: x * y,
    "divideBroadcastable": lambda p, x, y: x / y,
    "powBroadcastable": lambda p, x, y: x**y,
    "lessEqual": lambda p, x, y: x <= y,
    "greaterEqual": lambda p, x, y: x >= y,
    "equal": lambda p, x, y: x == y,
    "logicalNot": lambda p, x: x == 0,
    "logicalAnd": lambda p, x, y: (x != 0) & (y != 0),
    "whereBroadcastable": lambda p, condition, x, y: np.where(condition != 0, x, y),
}

ACTIVATIONS = {
    "linear": lambda p, x: np.float32(p.alpha) * x + np.float32(p.beta),
    "ReLU": lambda p, x: np.maximum(x, 0),
    "leakyReLU": lambda p, x: np.where(x >= 0, x, np.float32(p.alpha) * x),
    "tanh": lambda p, x: np.tanh(x),
    "sigmoid": lambda p, x: sigmoid(x),
    "ELU": lambda p, x: np.where(x >= 0, x, np.float32(p.alpha) * np.expm1(np.minimum(x, 0))),
    "softsign": lambda p, x: x / (1 + np.abs(x)),
    "softplus": lambda p, x: softplus(x),
}
