"""A model that costs a constant time a batch, which it is given as parameter milliseconds, and next to no CPU."""

import glob
import json
import os
import sys
import time

# Triton's stub process ignores PYTHONPATH, so the packages' place comes by a variable of our own.
sys.path[:0] = [path for pattern in os.environ.get("SYNTHRAY_SITE_PACKAGES", "").split(os.pathsep) if pattern
                for path in glob.glob(pattern)]

import numpy as np  # noqa: E402
import triton_python_backend_utils as pb_utils  # noqa: E402


class TritonPythonModel:
    def initialize(self, args):
        parameters = json.loads(args["model_config"])["parameters"]
        self.seconds = float(parameters["milliseconds"]["string_value"]) / 1000
        # As every answer of a sampler names its weights.
        self.weights = np.array([[parameters["weights_sha256"]["string_value"].encode("ascii")]], object)

    def execute(self, requests):
        if self.seconds:
            time.sleep(self.seconds)
        answers = []
        for request in requests:
            noise = pb_utils.get_input_tensor_by_name(request, "noise").as_numpy()
            image = np.clip(noise * np.float32(0.1) + np.float32(0.5), 0, 1)
            answers.append(pb_utils.InferenceResponse([
                pb_utils.Tensor("image", image), pb_utils.Tensor("weights_sha256", self.weights)]))
        return answers
