"""Tunes a Diffusers directory on radiographs: the text-conditioned U-Net, a ControlNet on masks, or both.

``python -m checkpoints.tune --checkpoint DIR --data DATA --out OUT --part unet`` (or ``controlnet``, ``both``) learns to predict the noise
(or v, as the checkpoint's scheduler says) of the train split's images, with one prompt in ten left empty so that guidance by text
stays possible. A ControlNet is made from the U-Net where there is none, with a channel for each structure: 1 inside, 0 outside, 0.5 where
not specified; structures are left unspecified at random, so that a mask may name any of them. Every number drawn depends on the seed
and the step alone: interrupted and run again with the same arguments, it goes on from OUT/state.pt and ends with the same weights.
OUT/checkpoint/tuning.json tells of it: plan, data with its size, time, device. ``checkpoints.install`` puts OUT/checkpoint behind the
sampler's contract.
"""

import argparse
import hashlib
import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import (ControlNetModel, DDPMScheduler, DiffusionPipeline, StableDiffusionControlNetPipeline,
                       StableDiffusionPipeline)
from torch.nn import functional

from training import saved as files
from training.data import read
from training.structures import NAMES, UNSPECIFIED

PARTS = ("unet", "controlnet", "both")
STATE = ("plan", "data", "images", "step", "seconds", "optimiser", "networks")
"""What OUT/state.pt holds."""

WITHOUT_TEXT = 0.1
WITHOUT_STRUCTURE = 0.3


@dataclass(frozen=True)
class Plan:
    """Everything that decides the outcome."""

    checkpoint: str
    data: str
    part: str
    structures: tuple
    steps: int = 1000
    batch: int = 4
    rate: float = 1e-5
    seed: int = 1
    view: str = None

    def check(self):
        """Raises ValueError naming what is wrong."""
        if self.part not in PARTS:
            raise ValueError(f"part: expected one of {', '.join(PARTS)}, found '{self.part}'")
        unknown = sorted(set(self.structures) - set(NAMES))
        if unknown or not self.structures or len(set(self.structures)) != len(self.structures):
            raise ValueError(f"structures: expected different ones of {', '.join(NAMES)}, found {', '.join(self.structures)}")
        for name, most in (("steps", 10_000_000), ("batch", 4096)):
            if not 1 <= getattr(self, name) <= most:
                raise ValueError(f"{name}: expected 1 to {most}, found {getattr(self, name)}")
        if not 0 < self.rate < 1:
            raise ValueError(f"rate: expected above 0 and below 1, found {self.rate}")

    @property
    def key(self):
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


class Tuning:
    """The networks of one checkpoint and their optimiser."""

    def __init__(self, plan, device):
        self.plan, self.device = plan, torch.device(device)
        try:
            parts = DiffusionPipeline.from_pretrained(plan.checkpoint, safety_checker=None, feature_extractor=None,
                                                      image_encoder=None, local_files_only=True).components
        except Exception as error:  # Diffusers, transformers and safetensors have no exception in common.
            raise ValueError(f"{plan.checkpoint}: expected a Diffusers directory, found {type(error).__name__}: {error}") from error
        self.parts = {**parts, "safety_checker": None, "feature_extractor": None}
        self.vae, self.text_encoder, self.tokenizer, self.unet = (parts[name] for name in ("vae", "text_encoder", "tokenizer", "unet"))
        self.noise = DDPMScheduler.from_config(parts["scheduler"].config)
        torch.manual_seed(plan.seed)
        self.controlnet = self._controlnet(parts.get("controlnet"))
        trained = {"unet": [self.unet], "controlnet": [self.controlnet], "both": [self.unet, self.controlnet]}[plan.part]
        for network in (self.vae, self.text_encoder, self.unet, self.controlnet):
            if network is not None:
                network.to(self.device).requires_grad_(network in trained).train(network in trained)
        self.optimiser = torch.optim.AdamW([p for network in trained for p in network.parameters()], lr=plan.rate, weight_decay=1e-2)
        self.trained, self.step = trained, 0

    def _controlnet(self, found):
        if self.plan.part == "unet":
            return found
        if found is None:
            levels = len(self.vae.config.block_out_channels)
            return ControlNetModel.from_unet(self.unet, conditioning_channels=len(self.plan.structures),
                                             conditioning_embedding_out_channels=(16, 32, 96, 256)[:levels])
        channels = found.config.conditioning_channels
        if channels != len(self.plan.structures):
            raise ValueError(f"{self.plan.checkpoint}: expected a ControlNet of {len(self.plan.structures)} channels, found {channels}")
        return found

    @property
    def side(self):
        return self.unet.config.sample_size * 2 ** (len(self.vae.config.block_out_channels) - 1)

    def loss(self, data, rows, random):
        """The mean squared error of a batch of rows; ``random`` is a generator on the CPU."""
        images = torch.from_numpy(data.images[rows]).to(self.device)[:, None].repeat(1, 3, 1, 1) / 127.5 - 1
        encoded = self.vae.encode(images).latent_dist
        latents = encoded.mean + encoded.std * self._normal(encoded.mean.shape, random)
        latents = (latents - (getattr(self.vae.config, "shift_factor", None) or 0)) * self.vae.config.scaling_factor
        noise = self._normal(latents.shape, random)
        times = torch.randint(self.noise.config.num_train_timesteps, (len(rows),), generator=random).to(self.device)
        mixed = self.noise.add_noise(latents, noise, times)
        empty = torch.rand(len(rows), generator=random) < WITHOUT_TEXT
        texts = self._embed(["" if left_out else data.prompts[row] for row, left_out in zip(rows, empty)])
        residuals = {}
        if self.controlnet is not None and self.plan.part != "unet":
            down, middle = self.controlnet(mixed, times, encoder_hidden_states=texts,
                                           controlnet_cond=self._conditioning(data.masks[rows], random), return_dict=False)
            residuals = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
        found = self.unet(mixed, times, encoder_hidden_states=texts, **residuals).sample
        kind = self.noise.config.prediction_type
        wanted = {"epsilon": lambda: noise, "v_prediction": lambda: self.noise.get_velocity(latents, noise, times),
                  "sample": lambda: latents}[kind]()
        return functional.mse_loss(found.float(), wanted.float())

    def _normal(self, shape, random):
        return torch.randn(shape, generator=random).to(self.device)

    def _embed(self, texts):
        tokens = self.tokenizer(list(texts), padding="max_length", truncation=True, max_length=self.tokenizer.model_max_length,
                                return_tensors="pt")
        with torch.no_grad():
            return self.text_encoder(tokens.input_ids.to(self.device))[0]

    def _conditioning(self, masks, random):
        planes = torch.from_numpy(masks[:, [NAMES.index(name) for name in self.plan.structures]])
        left_out = torch.rand(planes.shape[:2], generator=random)[:, :, None, None] < WITHOUT_STRUCTURE
        return torch.where(left_out | (planes == UNSPECIFIED), torch.tensor(0.5), planes.float()).to(self.device)

    def advance(self, data):
        """One step; what it draws depends on seed and step alone."""
        random = torch.Generator().manual_seed(self.plan.seed * 1_000_003 + self.step)
        rows = torch.randint(len(data), (self.plan.batch,), generator=random).tolist()
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss(data, np.array(rows), random)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for group in self.optimiser.param_groups for p in group["params"]], 1.0)
        self.optimiser.step()
        self.step += 1
        return loss.item()

    def state(self):
        return {"plan": self.plan.key, "step": self.step, "optimiser": self.optimiser.state_dict(),
                "networks": [network.state_dict() for network in self.trained]}

    def restore(self, path, data):
        """Goes on from a state of the same plan and data (its digest); returns the seconds that it took.

        Raises ValueError, naming the file, where it is damaged or of others.
        """
        state = files.read(path, STATE)
        for key, expected in (("plan", self.plan.key), ("data", data)):
            if state[key] != expected:
                raise ValueError(f"{path}: expected one of the same {'arguments' if key == 'plan' else 'data'}, found one of others; "
                                 "give another --out")
        if len(state["networks"]) != len(self.trained):
            raise ValueError(f"{path}: expected weights of {len(self.trained)} networks, found {len(state['networks'])}")
        for network, saved in zip(self.trained, state["networks"]):
            files.fill(path, network.load_state_dict, saved)
        files.fill(path, self.optimiser.load_state_dict, state["optimiser"])
        self.step = state["step"]
        return state["seconds"]

    def save(self, folder, told):
        """Writes the Diffusers directory with what is told of the tuning; it appears whole."""
        parts = {name: part for name, part in self.parts.items() if name not in ("controlnet", "image_encoder")}
        parts["requires_safety_checker"] = False
        pipeline = (StableDiffusionPipeline(**parts) if self.controlnet is None
                    else StableDiffusionControlNetPipeline(controlnet=self.controlnet, **parts))
        partial = folder.with_name(folder.name + ".part")
        shutil.rmtree(partial, ignore_errors=True)
        pipeline.save_pretrained(partial)
        (partial / "tuning.json").write_text(json.dumps({**asdict(self.plan), "step": self.step, **told}, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(partial, folder)


def tune(plan, out, device="cpu", every=200, report=print):
    """Tunes to the plan's last step; returns the Diffusers directory."""
    plan.check()
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    tuning = Tuning(plan, device)
    data = read(plan.data, "train", tuning.side, plan.view)
    saved, told = out / "state.pt", {"images": len(data), "data": data.digest()}
    before = 0.0
    if saved.is_file():
        before = tuning.restore(saved, told["data"])
        report(f"goes on at step {tuning.step}")
    began, first, total = time.monotonic(), tuning.step, 0.0
    while tuning.step < plan.steps:
        total += tuning.advance(data)
        if tuning.step % every == 0 or tuning.step == plan.steps:
            seconds = time.monotonic() - began
            files.write(saved, {**tuning.state(), **told, "seconds": before + seconds})
            done = tuning.step - first
            report(f"step {tuning.step} of {plan.steps}, loss {total / done:.5f}, {plan.batch * done / seconds:.1f} images/s,"
                   f" {seconds / done * (plan.steps - tuning.step) / 60:.0f} minutes left")
    tuning.save(out / "checkpoint", {"images": told["images"], "data_sha256": told["data"], "side": tuning.side,
                                     "device": str(tuning.device), "seconds": round(before + time.monotonic() - began, 1)})
    return out / "checkpoint"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--checkpoint", required=True, help="Diffusers directory to start from; it is not changed")
    arguments.add_argument("--data", required=True, help="image folder, or a MedMNIST file")
    arguments.add_argument("--out", required=True, help="folder for state.pt and checkpoint/")
    arguments.add_argument("--part", choices=PARTS, default="unet", help="what learns")
    arguments.add_argument("--structures", default=",".join(NAMES), help="planes of the masks, in the ControlNet's order")
    arguments.add_argument("--steps", type=int, default=1000)
    arguments.add_argument("--batch", type=int, default=4, help="images a step")
    arguments.add_argument("--rate", type=float, default=1e-5, help="AdamW's learning rate")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--view", default=None, help="beginning of prompts that are made from labels")
    arguments.add_argument("--every", type=int, default=200, help="steps between two reports and saved states")
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = arguments.parse_args()
    plan = Plan(options.checkpoint, options.data, options.part, tuple(options.structures.split(",")), options.steps, options.batch,
                options.rate, options.seed, options.view)
    try:
        if options.every < 1:
            raise ValueError(f"--every: expected 1 or more, found {options.every}")
        folder = tune(plan, options.out, options.device, options.every, lambda line: print(line, flush=True))
    except (OSError, ValueError) as error:
        arguments.exit(2, f"tune: {error}\n")
    print(folder)


if __name__ == "__main__":
    main()
