"""Exports a trained denoiser with its tokenizer and its sampling loop as one ONNX graph.

``python -m training.export --checkpoint FILE --model DIR`` writes ``DIR/1/model.onnx`` and sets the parameters in ``DIR/config.pbtxt``.
Words and structures that the last training's data did not show are left out, so that whoever asks for them is refused.
"""

import argparse
import hashlib
import json
import os
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper, parser
from torch import nn

from training.checkpoint import load, narrowed
from training.diffusion import solver
from training.network import Denoiser
from training.simplify import simplify
from training.structures import NOTHING
from training.weights import TEMPERATURE, describe, halve

OPSET, ML_OPSET, IR = 20, 3, 9
"""StringSplit needs operator set 20; newer ones would gain nothing and shut out older ONNX Runtimes."""

STEPS = 7
"""The fewest solver steps that are as good as a hundred (README.md)."""

GRAPH = """
<ir_version: 9, opset_import: ["" : 20, "ai.onnx.ml" : 3, "synthray" : 1]>
sampler (float[batch,1,size,size] noise, string[batch,1] prompt, string[batch,1] negative_prompt,
         uint8[batch,structures,size,size] mask, float[batch,2] guidance) => (float[batch,1,size,size] image)
{
  flat = Constant <value_ints = [-1]> ()
  no_word = Constant <value = int64[1] {-1}> ()
  zero = Constant <value = float {0}> ()
  one = Constant <value = float {1}> ()
  half = Constant <value = float {0.5}> ()
  lowest = Constant <value = float {-1}> ()
  axis1 = Constant <value_ints = [1]> ()
  no_yes = Constant <value_floats = [0.0, 1.0]> ()
  rows_flat = Constant <value_ints = [0, -1]> ()
  zero_int = Constant <value = int64[1] {0}> ()
  one_int = Constant <value = int64[1] {1}> ()

  texts = Concat <axis = 0> (negative_prompt, negative_prompt, prompt)
  line = Reshape (texts, flat)
  lower = StringNormalizer <case_change_action = "LOWER", is_case_sensitive = 1, locale = "C"> (line)
  words, counts = StringSplit (lower)
  known = ai.onnx.ml.LabelEncoder <default_int64 = -1> (words)
  rows = Shape (line)
  rows1 = Concat <axis = 0> (rows, one_int)
  end = Expand (no_word, rows1)
  ids = Concat <axis = 1> (known, end)
  vectors, places = synthray.Prompt (ids)

  number = Cast <to = 1> (mask)
  unspecified = Greater (number, one)
  doubled = Add (number, number)
  side = Sub (doubled, one)
  signed = Where (unspecified, zero, side)
  first_signed = Gather (signed, zero_int)
  nothing = Mul (first_signed, zero)
  masks = Concat <axis = 0> (signed, nothing)
  fine, coarse = synthray.Mask (masks)

  text_scale, mask_scale = Split <axis = 1, num_outputs = 2> (guidance)
  without = Sub (one, mask_scale)
  difference = Sub (mask_scale, text_scale)
  factors_column = Concat <axis = 0> (without, difference, text_scale)
  factors = Reshape (factors_column, flat)
  no_scale = Sub (text_scale, text_scale)
  whole_scale = Add (no_scale, one)
  plain_column = Concat <axis = 0> (no_scale, no_scale, whole_scale)
  plain = Reshape (plain_column, flat)
  samples = Shape <start = 0, end = 1> (noise)
  begun = Mul (noise, temperature)
  blank = Mul (noise, zero)
  steps = Shape <start = 0, end = 1> (solver)
  go = Constant <value = bool {1}> ()
  last, last_estimate = Loop (steps, go, begun, blank) <body = step
    (int64 i, bool going, float[batch,1,size,size] x, float[batch,1,size,size] before) =>
    (bool still, float[batch,1,size,size] next, float[batch,1,size,size] estimate) {
      row = Gather (solver, i)
      time, alpha, sigma, keep, now, previous, guided = Split <axis = 0, num_outputs = 7> (row)
      is_guided = Greater (guided, half)
      step_factors = Where (is_guided, factors, plain)
      weighty = NonZero (step_factors)
      chosen = Reshape (weighty, flat)
      chosen_factors = Gather (step_factors, chosen)
      chosen_column = Unsqueeze (chosen_factors, axis1)
      chosen_samples = Mod (chosen, samples)
      belongs = OneHot (chosen_samples, samples, no_yes)
      weights = Mul (belongs, chosen_column)
      chosen_vectors = Gather (vectors, chosen)
      chosen_places = Gather (places, chosen)
      has_no_mask = Less (chosen, samples)
      chosen_masks = Where (has_no_mask, samples, chosen_samples)
      chosen_fine = Gather (fine, chosen_masks)
      chosen_coarse = Gather (coarse, chosen_masks)
      count = Shape (chosen)
      times = Expand (time, count)
      entered = synthray.Enter (x)
      chosen_entered = Gather (entered, chosen_samples)
      features = synthray.Features (chosen_entered, times, chosen_vectors, chosen_places, chosen_fine, chosen_coarse)
      feature_rows = Reshape (features, rows_flat)
      combined_rows = Gemm <transA = 1> (weights, feature_rows)
      feature_shape = Shape (entered)
      combined = Reshape (combined_rows, feature_shape)
      v = synthray.Leave (combined, x)
      image_part = Mul (alpha, x)
      noise_part = Mul (sigma, v)
      raw = Sub (image_part, noise_part)
      estimate = Clip (raw, lowest, one)
      kept = Mul (keep, x)
      moved = Mul (now, estimate)
      held = Mul (previous, before)
      sum = Add (kept, moved)
      next = Add (sum, held)
      still = Identity (going)
    }>
  shifted = Add (last, one)
  image = Mul (shifted, half)
}
"""


class Part(nn.Module):
    """One of a denoiser's methods as a module."""

    def __init__(self, denoiser, method):
        super().__init__()
        self.denoiser, self.method = denoiser, method

    def forward(self, *inputs):
        return self.method(self.denoiser, *inputs)


def sampler(denoiser, vocabulary, steps, temperature=1.0):
    """The whole sampler as an ONNX model: strings, masks and noise in, images out; see ``diffusion.sample``."""
    size, structures = denoiser.shape.size, len(denoiser.shape.structures)
    ids, masks = torch.zeros(3, 7, dtype=torch.int64), torch.zeros(3, structures, size, size)
    prompt = _graph(denoiser.prompt, (ids,), ({0: "n", 1: "t"},), ["vector", "place"])
    mask = _graph(denoiser.mask, (masks,), ({0: "n"},), ["fine", "coarse"])
    image = torch.zeros(3, 1, size, size)
    conditions = (torch.zeros(3), *denoiser.prompt(ids), *denoiser.mask(masks))
    entered = denoiser.enter(image)
    features = denoiser.features(entered, *conditions)
    parts = {"Enter": _part(denoiser, Denoiser.enter, (image,), "entered"),
             "Features": _part(denoiser, Denoiser.features, (entered, *conditions), "features"),
             "Leave": _part(denoiser, Denoiser.leave, (features, image), "v")}
    model = parser.parse_model(GRAPH.replace("size", str(size)).replace("structures", str(structures)))
    graph = model.graph
    graph.initializer.append(numpy_helper.from_array(solver(steps, size).numpy(), "solver"))
    graph.initializer.append(numpy_helper.from_array(np.float32(temperature), TEMPERATURE))
    for node in graph.node:
        if node.op_type == "LabelEncoder":
            node.attribute.append(helper.make_attribute("keys_strings", list(vocabulary.ids)))
            node.attribute.append(helper.make_attribute("values_int64s", list(vocabulary.ids.values())))
    body = next(node for node in graph.node if node.op_type == "Loop").attribute[0].g
    # Inside the loop's body: ONNX Runtime lays out convolutions for the processor only where their weights are in the same graph.
    for name, part in parts.items():
        body.initializer.extend(_inline(body, name, part))
    graph.initializer.extend(_inline(graph, "Prompt", prompt))
    graph.initializer.extend(_inline(graph, "Mask", mask))
    del model.opset_import[:]
    model.opset_import.extend([helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)])
    model.ir_version, model.producer_name = IR, "synthray"
    onnx.checker.check_model(model, full_check=True)
    return model


def _graph(module, inputs, dynamic, outputs):
    program = torch.onnx.export(module.eval(), inputs, output_names=outputs, dynamic_shapes=dynamic, opset_version=OPSET,
                                dynamo=True, verbose=False)
    model = program.model_proto
    versions = {opset.domain: opset.version for opset in model.opset_import}
    if versions.get("") != OPSET or model.functions:
        raise ValueError(f"export: expected a plain graph of operator set {OPSET}, found {versions}")
    return model.graph


def _part(denoiser, method, inputs, output):
    """One of the denoiser's methods as a graph; its weights keep the denoiser's names."""
    graph = _graph(Part(denoiser, method), inputs, (tuple({0: "n"} for _ in inputs),), [output])
    for tensor in graph.initializer:
        tensor.name = _within(tensor.name)
    for node in graph.node:
        node.input[:] = [_within(name) for name in node.input]
    return simplify(graph)


def _within(name):
    return name.removeprefix("denoiser.")


def _inline(host, name, guest):
    """Puts the guest's nodes in the place of the host's node of that name; returns the guest's weights."""
    place = next(i for i, node in enumerate(host.node) if node.domain == "synthray" and node.op_type == name)
    call = host.node[place]
    names = dict(zip((value.name for value in guest.input), call.input))
    names.update(zip((value.name for value in guest.output), call.output))

    def rename(value):
        return value if value == "" else names.get(value, f"{name}/{value}")

    nodes = []
    for node in guest.node:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        copy.ClearField("metadata_props")
        copy.ClearField("doc_string")
        copy.name = f"{name}/{node.name}"
        copy.input[:] = [rename(value) for value in node.input]
        copy.output[:] = [rename(value) for value in node.output]
        nodes.append(copy)
    others = list(host.node)
    del host.node[:]
    host.node.extend(others[:place] + nodes + others[place + 1:])
    weights = []
    for tensor in guest.initializer:
        copy = onnx.TensorProto()
        copy.CopyFrom(tensor)
        copy.name = rename(tensor.name)
        weights.append(copy)
    return weights


def set_parameter(text, key, value):
    """A model configuration's text with the value of one of its parameters replaced."""
    pattern = re.compile(r'(key: "' + re.escape(key) + r'"\s+value: \{ string_value: ")[^"]*(")')
    changed, count = pattern.subn(lambda match: match[1] + value + match[2], text)
    if count != 1:
        raise ValueError(f"config.pbtxt: expected one parameter {key}, found {count}")
    return changed


def with_parameter(text, key, value):
    """A model configuration's text with the value of a parameter, which need not have been there."""
    if f'key: "{key}"' in text:
        return set_parameter(text, key, value)
    return f'{text.rstrip()}\nparameters {{ key: "{key}" value: {{ string_value: "{value}" }} }}\n'


def set_shapes(text, size, structures):
    """A model configuration's text with images of this size and masks of so many structures."""
    text = re.sub(r"(TYPE_FP32 dims: )\[ \d+, \d+, \d+ \]", rf"\g<1>[ 1, {size}, {size} ]", text)
    return re.sub(r"(TYPE_UINT8 dims: )\[ \d+, \d+, \d+ \]", rf"\g<1>[ {structures}, {size}, {size} ]", text)


def parameter(text, key):
    """The value of a parameter in a model configuration's text; raises ValueError where it is not there."""
    found = re.search(r'key: "' + re.escape(key) + r'"\s+value: \{ string_value: "([^"]*)"', text)
    if not found:
        raise ValueError(f"config.pbtxt: expected one parameter {key}, found none")
    return found[1]


def taught(told, network, vocabulary, keep=()):
    """Words and structures of an export, from what ``load`` gave: those that the data showed, and those to keep.

    An exported file has none that it was not taught. Raises ValueError where something is to be kept that the network does not have.
    """
    if "seen" not in told:
        return list(vocabulary.words), list(network.shape.structures)
    unknown = [name for name in keep if name not in vocabulary.words and name not in network.shape.structures]
    if unknown:
        raise ValueError(f"--keep: expected words or structures that the network has, found {', '.join(unknown)}")
    words, structures = ([name for name in had if name in told["seen"][kind] or name in keep]
                         for kind, had in (("words", vocabulary.words), ("structures", network.shape.structures)))
    return words, structures


def shared(folder, version, structures, size):
    """The structures of a version, which shares its mask with the others of its model: theirs, where there are others.

    Raises ValueError where its data have not shown all of them, or its images are of another size.
    """
    if not any(path.parent.name != str(version) for path in folder.glob("*/model.onnx")):
        return structures
    text = (folder / "config.pbtxt").read_text(encoding="utf-8")
    had = [name for name in parameter(text, "structures").split(",") if name != NOTHING]
    lacking = [name for name in had if name not in structures]
    if lacking:
        raise ValueError(f"{folder}: expected masks of {', '.join(had)} as its other versions have, found none of {', '.join(lacking)} "
                         "in this version's data; --keep NAME takes one from earlier training")
    sides = set(re.findall(r"TYPE_UINT8 dims: \[ \d+, (\d+), \d+ \]", text))
    if sides != {str(size)}:
        raise ValueError(f"{folder}: expected {', '.join(sorted(sides))} pixels a side as its other versions have, found {size}")
    return had


def write(model, folder, steps, vocabulary, structures, version=1, data=None):
    """Writes an exported sampler and its configuration into the folder of a Triton model; data: what is told of its training data."""
    text = set_parameter((Path(folder) / "config.pbtxt").read_text(encoding="utf-8"), "structures", ",".join(structures))
    text = set_shapes(text, model.graph.input[0].type.tensor_type.shape.dim[-1].dim_value, len(structures))
    if data and version == 1 and 'key: "training_data"' in text:
        text = set_parameter(text, "training_data", re.sub(r'["\\]', "'", data))
    return place(model, folder, text, {"steps": str(steps), "vocabulary": " ".join(vocabulary.words)}, version)


def place(model, folder, text, own, version=1):
    """Writes model.onnx, then the configuration of this text that holds its hash; both appear whole.

    What a version beyond the first has of its own, its hash and the given parameters, goes into parameters of its own.
    """
    folder = Path(folder)
    weights, config = folder / str(version) / "model.onnx", folder / "config.pbtxt"
    data = model.SerializeToString(deterministic=True)
    for key, value in {"weights_sha256": hashlib.sha256(data).hexdigest(), **own}.items():
        text = set_parameter(text, key, value) if version == 1 else with_parameter(text, f"{key}.{version}", value)
    weights.parent.mkdir(exist_ok=True)
    for path, content in ((weights, data), (config, text.encode("utf-8"))):
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_bytes(content)
        os.replace(temporary, path)
    return weights


def run(options):
    """Exports what the options name; returns what to print. Raises OSError or ValueError where something cannot be used."""
    if options.version < 1:
        raise ValueError(f"--version: expected 1 or more, found {options.version}")
    if not 2 <= options.steps <= 1000:
        raise ValueError(f"--steps: expected 2 to 1000, found {options.steps}")
    if not 0.5 <= options.temperature <= 1.5:
        raise ValueError(f"--temperature: expected 0.5 to 1.5, found {options.temperature:g}")
    network, vocabulary, told = load(options.checkpoint)
    words, structures = taught(told, network, vocabulary, options.keep)
    structures = shared(Path(options.model), options.version, structures, network.shape.size)
    network, fewer = narrowed(network, vocabulary, words, structures)
    kept = [name for name in options.keep if name not in (*told["seen"]["words"], *told["seen"]["structures"])] if "seen" in told else \
        told.get("kept", [])
    told = {**told, "shape": asdict(network.shape), "words": list(fewer.words), "kept": kept}
    model = describe(sampler(network, fewer, options.steps, options.temperature), told, network)
    if options.half:
        model = halve(model)
    data = ", ".join(told["source"]["data"]) if told["source"] else None
    path = write(model, options.model, options.steps, fewer, network.shape.structures, options.version, data)
    return {"model": str(path), "bytes": path.stat().st_size, "trained_steps": told["step"], "words": " ".join(fewer.words),
            "structures": ",".join(network.shape.structures)}


def main():
    arguments = argparse.ArgumentParser(prog="models export", description=__doc__)
    arguments.add_argument("--checkpoint", required=True, help="what training.train wrote, or an exported model.onnx")
    arguments.add_argument("--model", required=True, help="folder of the model in a Triton repository, with its config.pbtxt")
    arguments.add_argument("--steps", type=int, default=STEPS, help="steps of the solver")
    arguments.add_argument("--temperature", type=float, default=1.0,
                           help="deviation of the noise that images begin with: below 1 they vary less and fit better")
    arguments.add_argument("--version", type=int, default=1, help="which version of the model; of a study's own generators, the repeat")
    arguments.add_argument("--half", action="store_true", help="store the weights in half precision: half the file, the same arithmetic")
    arguments.add_argument("--keep", nargs="+", default=[], metavar="NAME",
                           help="words and structures of earlier training to keep although the last data did not show them")
    try:
        print(json.dumps(run(arguments.parse_args())))
    except (OSError, ValueError) as error:
        arguments.exit(2, f"export: {error}\n")


if __name__ == "__main__":
    main()
