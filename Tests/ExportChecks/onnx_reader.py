"""Predictions of an ONNX file by onnxruntime."""
import json

import numpy as np
import onnx
import onnxruntime

TYPES = {"tensor(string)": object, "tensor(double)": np.float64, "tensor(float)": np.float32}


def predictions(path, model):
    """The probabilities or numbers of the model's rows, and the labels."""
    file = onnx.load(path)
    onnx.checker.check_model(file, full_check=True)
    assert file.ir_version == 8, f"IR version {file.ir_version}"
    metadata = {entry.key: entry.value for entry in file.metadata_props}
    assert metadata["target"] == model.target, metadata
    if model.classes:
        assert json.loads(metadata["classes"]) == model.classes, metadata
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    inputs = session.get_inputs()
    assert [value.name for value in inputs] == [feature["name"] or "column" for feature in model.features]
    columns = {
        value.name: np.array(column, dtype=TYPES[value.type]).reshape(-1, 1)
        for value, column in zip(inputs, zip(*model.rows))
    }
    outputs = session.run(None, columns)
    if not model.classes:
        return outputs[0], None
    return outputs[0], list(outputs[1])
