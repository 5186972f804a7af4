"""Diffusers directories behind the sampler's contract, served by the real Triton, beside Diffusers' own pipelines."""

import shutil

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionControlNetPipeline, StableDiffusionPipeline, UniPCMultistepScheduler

grpc = pytest.importorskip("tritonclient.grpc")

from checkpoints.install import install  # noqa: E402
from checkpoints.tests import tiny  # noqa: E402
from checkpoints.tests.conftest import Triton  # noqa: E402

STRUCTURES = ["left-lung", "right-lung"]
STEPS = 4
TYPES = {"noise": "FP32", "prompt": "BYTES", "negative_prompt": "BYTES", "mask": "UINT8", "guidance": "FP32"}


@pytest.fixture(scope="module")
def client(plain, masked, tmp_path_factory):
    repository = tmp_path_factory.mktemp("repository")
    install(plain, "text-only", STRUCTURES, steps=STEPS, repository=repository)
    install(masked, "masks", STRUCTURES, steps=STEPS, repository=repository)
    with Triton(repository, repository.with_suffix(".log")) as triton:
        triton.client("text-only")
        yield triton.client("masks")


def feed(count, specified=True, text_guidance=3.0, mask_guidance=1.0):
    random = np.random.default_rng(1)
    mask = np.full((count, len(STRUCTURES), tiny.SIDE, tiny.SIDE), 255, np.uint8)
    if specified:
        mask[:, 0] = 0
        mask[:, 0, 8:24, 16:28] = 1
        mask[: (count + 1) // 2, 1] = 0
        mask[: (count + 1) // 2, 1, 8:24, 4:14] = 1
    prompts = np.array([b"frontal chest radiograph", b"left pneumothorax", "Zebra \u00e9!".encode()], object)
    return {
        "noise": random.standard_normal((count, 4, tiny.LATENT, tiny.LATENT), dtype=np.float32),
        "prompt": prompts[np.arange(count) % 3][:, None],
        "negative_prompt": np.full((count, 1), b"cardiomegaly", object),
        "mask": mask,
        "guidance": np.tile(np.array([[text_guidance, mask_guidance]], np.float32), (count, 1)),
    }


def ask(client, model, tensors):
    inputs = []
    for name, value in tensors.items():
        inputs.append(grpc.InferInput(name, value.shape, TYPES[name]))
        inputs[-1].set_data_from_numpy(value)
    return client.infer(model, inputs).as_numpy("image")


def reference(pipeline, tensors, i, picture):
    pipeline.scheduler = UniPCMultistepScheduler.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    images = pipeline(
        prompt=tensors["prompt"][i, 0].decode(), negative_prompt=tensors["negative_prompt"][i, 0].decode(),
        num_inference_steps=STEPS, guidance_scale=float(tensors["guidance"][i, 0]), latents=torch.from_numpy(tensors["noise"][i : i + 1]),
        height=tiny.SIDE, width=tiny.SIDE, output_type="np", **picture).images
    return images[0].mean(axis=2)


def test_text_only_images_are_those_of_the_pipeline(client, plain):
    tensors = feed(3, specified=False)
    found = ask(client, "text-only", tensors)
    pipeline = StableDiffusionPipeline.from_pretrained(plain, safety_checker=None)
    for i in range(3):
        np.testing.assert_allclose(found[i, 0], reference(pipeline, tensors, i, {}), atol=2e-5)
    assert found.std() > 0.01


def test_images_on_masks_are_those_of_the_pipeline(client, masked):
    tensors = feed(3)
    found = ask(client, "masks", tensors)
    pipeline = StableDiffusionControlNetPipeline.from_pretrained(masked, safety_checker=None)
    for i in range(3):
        mask = torch.from_numpy(tensors["mask"][i : i + 1])
        picture = torch.where(mask == 255, torch.tensor(0.5), mask.float())
        np.testing.assert_allclose(found[i, 0], reference(pipeline, tensors, i, {"image": picture}), atol=2e-5)


def test_guidance_scales_what_the_mask_does(client):
    without = ask(client, "masks", feed(1, mask_guidance=0.0, text_guidance=0.0))
    free = ask(client, "masks", feed(1, specified=False, mask_guidance=0.0, text_guidance=0.0))
    np.testing.assert_allclose(without, free, atol=1e-6)
    weak = np.abs(ask(client, "masks", feed(1, mask_guidance=1.0)) - without).mean()
    assert np.abs(ask(client, "masks", feed(1, mask_guidance=4.0)) - without).mean() > 1.3 * weak > 0


def test_a_sample_does_not_depend_on_its_batch(client):
    tensors = feed(5)
    together = ask(client, "masks", tensors)
    for i in (4, 1):
        alone = ask(client, "masks", {name: value[i : i + 1] for name, value in tensors.items()})
        assert np.array_equal(together[i : i + 1], alone)


@pytest.mark.parametrize("model, change, message", [
    ("masks", {"prompt": b"left " * 20}, "prompt: expected at most 16 tokens, found 22"),
    ("masks", {"negative_prompt": b"\xff"}, "negative_prompt: expected UTF-8 text"),
    ("masks", {"mask": 2}, "mask: expected 0, 1 or 255, found 2"),
    ("text-only", {"mask": 0}, "mask: expected 255 throughout, as the checkpoint has no ControlNet"),
    ("masks", {"guidance": np.nan}, "guidance: expected finite numbers, found nan"),
    ("masks", {"guidance": 51}, "guidance: expected 0 to 50, found 51"),
    ("masks", {"guidance": -1}, "guidance: expected 0 to 50, found -1"),
    ("masks", {"noise": np.inf}, "noise: expected finite numbers, found inf"),
])
def test_bad_input_is_refused_by_name(client, model, change, message):
    tensors = feed(1, specified=model == "masks")
    for name, value in change.items():
        tensors[name].reshape(-1)[: tiny.SIDE**2 if name == "mask" else 1] = value
    with pytest.raises(grpc.InferenceServerException, match=message):
        ask(client, model, tensors)


def test_masks_of_another_size_are_refused(client):
    tensors = feed(1)
    tensors["mask"] = tensors["mask"][:, :, :16]
    with pytest.raises(grpc.InferenceServerException, match="mask"):
        ask(client, "masks", tensors)


def damaged(case, repository, checkpoint):
    folder = repository.parent / f"damaged-{case}"
    shutil.copytree(checkpoint, folder)
    model = install(folder, "sampler-diffusers", STRUCTURES, repository=repository)
    unet = folder / "unet" / "diffusion_pytorch_model.safetensors"
    if case == "bit":
        data = bytearray(unet.read_bytes())
        data[-1] ^= 1
        unet.write_bytes(data)
    elif case == "cut":
        unet.write_bytes(unet.read_bytes()[:1000])
        install(folder, "sampler-diffusers", STRUCTURES, repository=repository)
    elif case == "gone":
        shutil.rmtree(folder)
    elif case == "steps":
        config = model / "config.pbtxt"
        config.write_text(config.read_text().replace('key: "steps" value: { string_value: "25"', 'key: "steps" value: { string_value: "0"'))


@pytest.mark.parametrize("case, message", [
    ("bit", "expected weights of SHA-256"),
    ("cut", "expected a Diffusers directory, found"),
    ("gone", "expected its weights at"),
    ("steps", "parameter steps: expected a whole number from 1 to 1000, found '0'"),
])
def test_a_checkpoint_that_is_missing_or_broken_is_not_loaded(case, message, masked, tmp_path):
    damaged(case, tmp_path / "repository", masked)
    with Triton(tmp_path / "repository", tmp_path / "log") as triton:
        assert message in triton.failure()


def test_install_refuses_what_does_not_fit(masked, tmp_path):
    with pytest.raises(ValueError, match="expected a ControlNet of 3 channels for these structures, found 2"):
        install(masked, "sampler-diffusers", [*STRUCTURES, "heart"], repository=tmp_path)
    with pytest.raises(ValueError, match="model_index.json: expected a JSON file"):
        install(tmp_path, "sampler-diffusers", STRUCTURES, repository=tmp_path)
