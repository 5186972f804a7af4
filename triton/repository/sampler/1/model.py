"""Triton Python backend: runs the sampler's ONNX graph with ONNX Runtime.

On CPU every sample is executed as a batch of one: batching gains nothing there, and an image is then the same byte for
byte whatever requests come with it. On a GPU the requests of a batch are executed together.
"""

import glob
import hashlib
import json
import os
import sys

# Triton's stub process ignores PYTHONPATH, so the packages' place comes by a variable of our own.
sys.path[:0] = [path for pattern in os.environ.get("SYNTHRAY_SITE_PACKAGES", "").split(os.pathsep) if pattern
                for path in glob.glob(pattern)]

import numpy as np
import onnxruntime
import triton_python_backend_utils as pb_utils

TENSORS = ("noise", "prompt", "negative_prompt", "mask", "guidance")
TEXTS = ("prompt", "negative_prompt")


class TritonPythonModel:
    """One instance of the sampler; see config.pbtxt for the shapes."""

    def initialize(self, args):
        parameters = json.loads(args["model_config"])["parameters"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(parameters["threads"]["string_value"])
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = ["CPUExecutionProvider"]
        on_gpu = args["model_instance_kind"] == "GPU" and "CUDAExecutionProvider" in onnxruntime.get_available_providers()
        if on_gpu:
            providers.insert(0, ("CUDAExecutionProvider", {"device_id": args["model_instance_device_id"]}))
        path = os.path.join(args["model_repository"], args["model_version"], "model.onnx")
        self._require_weights(path, parameters["weights_sha256"]["string_value"])
        self.session = onnxruntime.InferenceSession(path, options, providers=providers)
        # ONNX Runtime takes the CPU without a word where CUDA's libraries do not fit; a GPU that idles must be noticed.
        if on_gpu and "CUDAExecutionProvider" not in self.session.get_providers():
            raise pb_utils.TritonModelException("expected ONNX Runtime on the GPU, found " + str(self.session.get_providers()))
        self.largest = None if on_gpu else 1

    def execute(self, requests):
        """Answers each request with its images, or with an error that names the tensor at fault."""
        feeds, errors = {}, {}
        for i, request in enumerate(requests):
            try:
                feeds[i] = self._feed(request)
            except ValueError as error:
                errors[i] = error
        images = self._sample(list(feeds.values())) if feeds else []
        answers = dict(zip(feeds, images))
        return [
            pb_utils.InferenceResponse(error=pb_utils.TritonError(str(errors[i]), pb_utils.TritonError.INVALID_ARG))
            if i in errors
            else pb_utils.InferenceResponse([pb_utils.Tensor("image", answers[i])])
            for i in range(len(requests))
        ]

    @staticmethod
    def _require_weights(path, expected):
        """Clients take the configuration's word for what drew their images, so it has to be true."""
        with open(path, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != expected:
            raise pb_utils.TritonModelException(f"{path}: expected weights of SHA-256 {expected}, found {found}")

    def _sample(self, feeds):
        """The images of each feed, executed together or one by one."""
        counts = [len(feed["noise"]) for feed in feeds]
        whole = {name: np.concatenate([feed[name] for feed in feeds]) for name in TENSORS}
        step = self.largest or sum(counts)
        parts = [
            self.session.run(["image"], {name: value[i : i + step] for name, value in whole.items()})[0]
            for i in range(0, sum(counts), step)
        ]
        return np.split(np.concatenate(parts), np.cumsum(counts)[:-1])

    @staticmethod
    def _feed(request):
        feed = {name: pb_utils.get_input_tensor_by_name(request, name).as_numpy() for name in TENSORS}
        for name in TEXTS:
            try:
                texts = [text.decode("utf-8") for text in feed[name].ravel()]
            except UnicodeDecodeError as error:
                raise ValueError(f"{name}: expected UTF-8 text, found {error}") from None
            feed[name] = np.array(texts, dtype=object).reshape(feed[name].shape)
        for name in ("noise", "guidance"):
            if not np.isfinite(feed[name]).all():
                raise ValueError(f"{name}: expected finite numbers, found NaN or infinity")
        if len({len(value) for value in feed.values()}) != 1:
            raise ValueError(f"expected as many of each tensor, found { {k: len(v) for k, v in feed.items()} }")
        return feed
