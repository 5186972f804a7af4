"""What an image is made from and of, for both Python programs: noise, masks, tensors, PNG files, events on the wire."""

import io
import json
import struct
import urllib.request

import fastavro
import numpy as np
import tritonclient.grpc as grpc
from PIL import Image, PngImagePlugin

PROMPT = "frontal chest radiograph cardiomegaly"
STUDY, ARM, SET = "bench", "synthetic", "shared"


class Wire:
    """Avro in the Confluent wire format; schemas come from the registry."""

    def __init__(self, registry):
        self.registry = registry
        self.by_id = {}

    def schema(self, subject):
        """Id and schema of a subject's newest version."""
        found = self._get(f"/subjects/{subject}/versions/latest")
        return found["id"], self._by_id(found["id"])

    def _by_id(self, number):
        if number not in self.by_id:
            self.by_id[number] = fastavro.parse_schema(json.loads(self._get(f"/schemas/ids/{number}")["schema"]))
        return self.by_id[number]

    def _get(self, path):
        with urllib.request.urlopen(f"{self.registry}/apis/ccompat/v7{path}", timeout=10) as answer:
            return json.load(answer)

    def decode(self, value):
        magic, number = struct.unpack(">BI", value[:5])
        assert magic == 0
        return fastavro.schemaless_reader(io.BytesIO(value[5:]), self._by_id(number), None)

    def encoder(self, subject):
        number, schema = self.schema(subject)
        head = struct.pack(">BI", 0, number)

        def encode(record):
            out = io.BytesIO()
            out.write(head)
            fastavro.schemaless_writer(out, schema, record)
            return out.getvalue()

        return encode


def request(model, index, sizes):
    """A generation request on two lungs, as a segmentation study makes them."""
    side = sizes["side"]
    lungs = np.zeros((2, side, side), bool)
    rows, columns = np.mgrid[:side, :side] * (64 / side)
    for plane, centre in enumerate((45, 18)):
        lungs[plane] = ((columns - centre) / 9) ** 2 + ((rows - 30 - index % 5) / 17) ** 2 <= 1
    return {
        "request": f"{STUDY}/{ARM}/{SET}/{index}", "study": STUDY, "arm": ARM, "imageSet": SET, "index": index,
        "model": model, "modelVersion": "1", "seed": 1000 + index, "prompt": PROMPT, "negativePrompt": "",
        "textGuidance": 2.0, "maskGuidance": 1.5,
        "mask": {"width": side, "height": side, "structures": [
            {"name": name, "runs": runs(plane)} for name, plane in zip(("left-lung", "right-lung"), lungs)]},
        "labels": ["cardiomegaly"],
    }


def runs(plane):
    flat = plane.ravel()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flat)).astype(np.int8)))
    return np.diff(np.concatenate(([0], edges, [flat.size]))).tolist()


class Sampling:
    """Tensors of one model's requests."""

    def __init__(self, metadata, config):
        shapes = {tensor["name"]: [int(size) for size in tensor["shape"][1:]] for tensor in metadata["inputs"]}
        self.noise_shape, self.mask_shape = [1, *shapes["noise"]], [1, *shapes["mask"]]
        self.structures = config["config"]["parameters"]["structures"]["string_value"].split(",")
        self.weights = config["config"]["parameters"]["weights_sha256"]["string_value"]
        self.side = shapes["mask"][-1]
        self.outputs = [grpc.InferRequestedOutput("image")]

    def inputs(self, event):
        noise = np.random.Generator(np.random.Philox(key=event["seed"])).standard_normal(self.noise_shape, np.float32)
        mask = np.full(self.mask_shape, 255, np.uint8)
        for structure in event["mask"]["structures"] if event["mask"] else ():
            lengths = structure["runs"]
            plane = np.repeat(np.arange(len(lengths), dtype=np.uint8) & 1, lengths)
            mask[0, self.structures.index(structure["name"])] = plane.reshape(self.mask_shape[2:])
        inputs = []
        for name, type_, value in (
            ("noise", "FP32", noise), ("mask", "UINT8", mask),
            ("prompt", "BYTES", np.array([[event["prompt"].encode()]], object)),
            ("negative_prompt", "BYTES", np.array([[event["negativePrompt"].encode()]], object)),
            ("guidance", "FP32", np.array([[event["textGuidance"], event["maskGuidance"]]], np.float32)),
        ):
            tensor = grpc.InferInput(name, value.shape, type_)
            tensor.set_data_from_numpy(value)
            inputs.append(tensor)
        return inputs

    def png(self, image, event):
        """The file that our worker writes as well: 8-bit grey with its origin in text chunks."""
        texts = PngImagePlugin.PngInfo()
        for key, value in {
            "Title": f"SYNTHETIC radiograph {event['request']}",
            "Description": "SYNTHETIC image made by a generative model; it shows no patient.", "Software": "Python",
            "Synthray-Request": event["request"], "Synthray-Model": event["model"], "Synthray-Weights-SHA256": self.weights,
            "Synthray-Seed": str(event["seed"]), "Synthray-Prompt": event["prompt"],
        }.items():
            texts.add_text(key, value)
        levels = (image[0, 0] * 255 + 0.5).astype(np.uint8)
        out = io.BytesIO()
        Image.fromarray(levels).save(out, "png", pnginfo=texts)
        return out.getvalue()

    def mask_png(self, event):
        """The mask that the image was conditioned on, as a bit set."""
        bits = np.zeros(self.mask_shape[2:], np.uint8)
        for structure in event["mask"]["structures"]:
            lengths = structure["runs"]
            plane = np.repeat(np.arange(len(lengths), dtype=np.uint8) & 1, lengths).reshape(bits.shape)
            bits |= plane << self.structures.index(structure["name"])
        out = io.BytesIO()
        Image.fromarray(bits).save(out, "png")
        return out.getvalue()
