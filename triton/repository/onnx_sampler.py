"""Triton Python backend: runs a sampler's ONNX graph with ONNX Runtime.

On CPU every sample is executed as a batch of one: batching gains nothing there, and an image is then the same byte for
byte whatever requests come with it. On a GPU the requests of a batch are executed together.
"""

import os

import numpy as np

import serving
from contract import MOST_STEPS, SAMPLER_INPUTS, UNSPECIFIED, require_samples, require_weights
from onnx_graph import require_graph


class TritonPythonModel(serving.Model):
    """One instance of the sampler; see config.pbtxt for the shapes."""

    def load(self, args):
        parameters = serving.parameters(args)
        steps = parameters.integer("steps", 1, MOST_STEPS)
        self.words = parameters.words("vocabulary")
        path = os.path.join(serving.version_folder(args), "model.onnx")
        self.weights = require_weights(path, parameters.text("weights_sha256"))
        self.session, on_gpu = serving.session(args, path, parameters.integer("threads", 1, 1024, 1))
        require_graph(path, steps, self.words)
        self.largest = None if on_gpu else 1
        if on_gpu:
            self._warm_up(serving.shapes(args)[0])

    def execute(self, requests):
        return serving.execute(requests, SAMPLER_INPUTS, lambda feed: require_samples(feed, self.words), self._sample, "image",
                               self.weights)

    def _warm_up(self, dims):
        """One sample with all branches of guidance: on a GPU what they need is looked for at first use, and config.pbtxt's warm-up is of
        one branch."""
        self._sample({
            "noise": np.zeros((1, *dims["noise"]), np.float32), "prompt": np.array([[""]], object),
            "negative_prompt": np.array([[""]], object), "mask": np.full((1, *dims["mask"]), UNSPECIFIED, np.uint8),
            "guidance": np.array([[2, 1.5]], np.float32)})

    def _sample(self, feed):
        """Executed together or one by one."""
        count = len(feed["noise"])
        step = self.largest or count
        parts = [
            self.session.run(["image"], {name: value[i : i + step] for name, value in feed.items()})[0]
            for i in range(0, count, step)
        ]
        return np.concatenate(parts)
