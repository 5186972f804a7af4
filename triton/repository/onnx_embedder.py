"""Triton Python backend: turns radiographs into feature vectors with any ONNX encoder.

Our own encoder takes images of any size as they are. For another one, parameters of config.pbtxt say what it wants:

  side          rows and columns to resize to (0: the graph takes any size)
  interpolation bilinear or bicubic, with antialiasing
  channels      how often the grey image is repeated (1)
  mean, std     one number, or one for each channel, in 0..1 (0 and 1)
  input, output names in the graph (its first ones)
  pooling       none: [B,D]; first: the first token of [B,T,D]; mean: over the tokens of [B,T,D] or the places of [B,D,h,w]
  factor        what vectors are multiplied with (1); readers keep numbers below 8
  threads       of one image on CPU (1)
"""

import os

import numpy as np

import serving
from contract import require_finite, require_weights

POOLINGS = {
    "none": lambda found: found,
    "first": lambda found: found[:, 0],
    "mean": lambda found: found.mean(axis=1 if found.ndim == 3 else (2, 3)),
}
RANKS = {"none": (2,), "first": (3,), "mean": (3, 4)}


def bilinear(x):
    return np.maximum(0, 1 - np.abs(x))


def bicubic(x):
    """Keys' kernel with a = -0.5, as in Pillow."""
    x = np.abs(x)
    return np.where(x < 1, (1.5 * x - 2.5) * x * x + 1, np.where(x < 2, ((-0.5 * x + 2.5) * x - 4) * x + 2, 0))


KERNELS = {"bilinear": (bilinear, 1), "bicubic": (bicubic, 2)}


def resampling(source, target, kernel):
    """A target x source matrix; the kernel is as wide as a target pixel where that is the wider one, as in Pillow."""
    function, support = KERNELS[kernel]
    scale = source / target
    width = max(scale, 1)
    centres = (np.arange(target) + 0.5) * scale
    first = np.floor(centres - support * width + 0.5).astype(int)[:, None]
    last = np.floor(centres + support * width + 0.5).astype(int)[:, None]
    places = np.arange(source)[None]
    weights = function((places + 0.5 - centres[:, None]) / width) * (places >= first) * (places < last)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


class TritonPythonModel(serving.Model):
    """One instance of the embedder; see config.pbtxt for the shapes."""

    def load(self, args):
        parameters = serving.parameters(args)
        self.side = parameters.integer("side", 0, 8192, 0)
        self.channels = parameters.integer("channels", 1, 64, 1)
        self.mean = parameters.numbers("mean", self.channels, "0")[:, None, None]
        self.std = parameters.numbers("std", self.channels, "1")[:, None, None]
        self.kernel = parameters.choice("interpolation", KERNELS, "bilinear")
        self.pooling = parameters.choice("pooling", POOLINGS, "none")
        self.factor = np.float32(parameters.numbers("factor", 1, "1")[0])
        if not (self.std > 0).all():
            raise ValueError(f"config.pbtxt: parameter std: expected numbers above 0, found '{parameters.text('std')}'")
        path = os.path.join(serving.version_folder(args), "model.onnx")
        self.weights = require_weights(path, parameters.text("weights_sha256"))
        self.session, on_gpu = serving.session(args, path, parameters.integer("threads", 1, 1024, 1))
        self.input = self._named("input", parameters, self.session.get_inputs())
        self.output = self._named("output", parameters, self.session.get_outputs())
        self.largest = None if on_gpu else 1
        self.matrices = {}

    @staticmethod
    def _named(kind, parameters, found):
        names = [tensor.name for tensor in found]
        name = parameters.text(kind, names[0])
        if name not in names:
            raise ValueError(f"config.pbtxt: parameter {kind}: expected one of {names}, found '{name}'")
        return name

    def execute(self, requests):
        return serving.execute(requests, ("image",), self._require, self._embed, "embedding", self.weights)

    @staticmethod
    def _require(feed):
        image = feed["image"]
        require_finite("image", image)
        out = image[(image < 0) | (image > 1)]
        if out.size:
            raise ValueError(f"image: expected 0 to 1, found {out.flat[0]}")
        return feed

    def _embed(self, feed):
        images = feed["image"]
        step = self.largest or len(images)
        return np.concatenate([self._run(images[i : i + step]) for i in range(0, len(images), step)])

    def _run(self, images):
        if self.side:
            images = self._matrix(images.shape[2]) @ images @ self._matrix(images.shape[3]).T
        pixels = (np.repeat(images, self.channels, axis=1) - self.mean) / self.std
        found = self.session.run([self.output], {self.input: np.ascontiguousarray(pixels, np.float32)})[0]
        if found.ndim not in RANKS[self.pooling]:
            raise ValueError(f"output {self.output}: expected rank {RANKS[self.pooling]} for pooling {self.pooling}, found {found.shape}")
        return np.ascontiguousarray(POOLINGS[self.pooling](found) * self.factor, np.float32)

    def _matrix(self, length):
        if length not in self.matrices:
            if len(self.matrices) > 16:
                self.matrices.clear()
            self.matrices[length] = resampling(length, self.side, self.kernel)
        return self.matrices[length]
