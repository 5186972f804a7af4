"""One sample from the exported graph in ONNX Runtime, in a PyTorch eager loop and in torch.compile, in alternation.

The network is the shipped one's shape with random weights, which cost the same. Prints processor seconds a sample and the
medians of paired ratios; every way makes the same image, which is checked first. Exits with 1 and a line MISSED where ONNX Runtime is
less than LEAST times as fast as eager.
"""

import argparse
import statistics
import sys
import time

import numpy as np
import onnxruntime
import torch

from training import diffusion
from training.export import STEPS, sampler
from training.network import Denoiser, Shape, signed
from training.vocabulary import Vocabulary

LEAST = 1.3
WORDS = ["frontal", "chest", "radiograph", "no", "finding"]
PROMPT = "frontal chest radiograph no finding"


def ways(steps, guidance, threads):
    """The three ways as functions of nothing that give an image [1,1,H,W]."""
    torch.manual_seed(0)
    denoiser, vocabulary = Denoiser(Shape(words=len(WORDS))).eval().requires_grad_(False), Vocabulary(WORDS)
    for parameter in denoiser.parameters():
        if not parameter.any():
            parameter.normal_(std=0.02)
    size = denoiser.shape.size
    random = np.random.default_rng(0)
    noise = random.standard_normal((1, 1, size, size), dtype=np.float32)
    mask = (random.random((1, 8, size, size)) < 0.2).astype(np.uint8)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(sampler(denoiser, vocabulary, steps).SerializeToString(), settings,
                                           providers=["CPUExecutionProvider"])
    feed = {"noise": noise, "prompt": np.array([[PROMPT]], dtype=object), "negative_prompt": np.array([[""]], dtype=object),
            "mask": mask, "guidance": np.array([guidance], np.float32)}
    compiled = torch.compile(denoiser)
    compiled.prompt, compiled.mask = denoiser.prompt, denoiser.mask

    def loop(network):
        with torch.inference_mode():
            return diffusion.sample(network, torch.from_numpy(noise), [vocabulary.encode(PROMPT)], [[]], signed(torch.from_numpy(mask)),
                          torch.tensor([guidance]), steps).numpy()

    return {"ONNX Runtime": lambda: session.run(None, feed)[0], "eager": lambda: loop(denoiser), "compile": lambda: loop(compiled)}


def main():
    parser = argparse.ArgumentParser(prog="bench sampler", description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    missed = []
    for guidance in ((3.0, 2.0), (1.0, 1.0)):
        named = ways(options.steps, guidance, options.threads)
        images = {name: way() for name, way in named.items()}
        for name, image in images.items():
            difference = float(np.abs(image - images["eager"]).max())
            if difference > 1e-3:
                raise SystemExit(f"bench sampler: {name} draws another image than eager, by {difference}")
        spent = {name: [] for name in named}
        for _ in range(options.rounds):
            for name, way in named.items():
                start = time.process_time()
                way()
                spent[name].append(time.process_time() - start)
        print(f"guidance {guidance}, {options.steps} steps, {options.threads} thread(s), {options.rounds} rounds")
        for name, seconds in spent.items():
            ratio = statistics.median(other / own for other, own in zip(spent["eager"], seconds))
            print(f"  {name:13} {statistics.median(seconds):7.3f} CPU s a sample, {ratio:5.2f} times as fast as eager")
            if name == "ONNX Runtime" and ratio < LEAST:
                missed.append(f"guidance {guidance}: expected {LEAST} times as fast as eager or more, found {ratio:.2f}")
    for line in missed:
        print("MISSED " + line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
