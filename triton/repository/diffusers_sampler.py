"""Triton Python backend: samples with a Diffusers directory, Stable Diffusion with or without a ControlNet on masks.

The loop is ours, since Diffusers' pipelines have one guidance scale for a whole batch. With u(text, mask) the U-Net's output, text
guidance t and mask guidance m, each sample follows

    (1 - m) u(negative, none) + (m - t) u(negative, mask) + t u(prompt, mask)

as the ONNX sampler does. On CPU each sample runs by itself in single precision, so that it depends on its request alone; on a GPU
the requests of a batch run together in half precision. Parameters of config.pbtxt:

  directory     the Diffusers directory, absolute or from the version's folder (checkpoint)
  weights_sha256 over the directory's files, see contract.folder_sha256
  steps         of UniPC (Zhao et al., 2023)
  structures    names of the mask's planes
  colours       for a ControlNet on coloured pictures: RRGGBB for each structure, painted in their order on black, so that where two
                lie over each other the later one is seen. Such a picture cannot leave a structure open, so that a mask
                specifies all of them or none. Without the parameter the ControlNet takes a channel for each plane: 1 inside,
                0 outside, 0.5 where not specified
  threads       of one sample on CPU (1)
"""

import os

import numpy as np
import torch
from diffusers import DiffusionPipeline, UniPCMultistepScheduler

import serving
from contract import MOST_STEPS, SAMPLER_INPUTS, UNSPECIFIED, require_samples, require_weights

BRANCHES = 3
"""Evaluations of the U-Net a step: without mask, with mask, with mask and prompt."""


class TritonPythonModel(serving.Model):
    """One instance of the sampler; see config.pbtxt for the shapes."""

    def load(self, args):
        parameters = serving.parameters(args)
        steps = parameters.integer("steps", 1, MOST_STEPS)
        structures = parameters.names("structures")
        directory = os.path.join(serving.version_folder(args), parameters.text("directory", "checkpoint"))
        if not os.path.isfile(os.path.join(directory, "model_index.json")):
            raise ValueError(f"{directory}: expected a Diffusers directory with model_index.json, found none")
        self.weights = require_weights(directory, parameters.text("weights_sha256"))
        on_gpu = serving.is_on_gpu(args)
        device = f"cuda:{args['model_instance_device_id']}" if on_gpu else "cpu"
        if not on_gpu:
            torch.set_num_threads(parameters.integer("threads", 1, 1024, 1))
        self.largest = None if on_gpu else 1
        self.checkpoint = Checkpoint(directory, steps, structures, parameters.text("colours", ""), device)
        inputs, outputs = serving.shapes(args)
        self.checkpoint.require_shapes(inputs, outputs)
        # The first call on a GPU takes seconds more than the others; all branches run whatever the guidance, the ControlNet on a mask only.
        self.checkpoint.sample(
            noise=np.zeros((1, *inputs["noise"]), np.float32), prompt=np.array([[""]]), negative_prompt=np.array([[""]]),
            mask=np.full((1, *inputs["mask"]), UNSPECIFIED if self.checkpoint.controlnet is None else 0, np.uint8),
            guidance=np.ones((1, 2), np.float32))

    def execute(self, requests):
        return serving.execute(requests, SAMPLER_INPUTS, self._read, self._sample, "image", self.weights)

    def _read(self, feed):
        feed = require_samples(feed)
        for name in ("prompt", "negative_prompt"):
            for text in feed[name].ravel():
                self.checkpoint.require_length(name, text)
        self.checkpoint.require_mask(feed["mask"])
        return feed

    def _sample(self, feed):
        count = len(feed["noise"])
        step = self.largest or count
        return np.concatenate([
            self.checkpoint.sample(**{name: value[i : i + step] for name, value in feed.items()}) for i in range(0, count, step)
        ])


class Checkpoint:
    """A Diffusers directory, ready to sample. Faults are ValueErrors."""

    def __init__(self, directory, steps, structures, colours, device):
        self.device = torch.device(device)
        self.precision = torch.float16 if self.device.type == "cuda" else torch.float32
        try:
            parts = DiffusionPipeline.from_pretrained(directory, torch_dtype=self.precision, safety_checker=None,
                                                      feature_extractor=None, image_encoder=None, local_files_only=True).components
        except Exception as error:  # Diffusers, transformers and safetensors have no exception in common.
            raise ValueError(f"{directory}: expected a Diffusers directory, found {type(error).__name__}: {error}") from error
        missing = sorted({"vae", "text_encoder", "tokenizer", "unet", "scheduler"} - {name for name, part in parts.items() if part})
        if missing:
            raise ValueError(f"{directory}: expected a Stable Diffusion pipeline, found one without {', '.join(missing)}")
        self.vae, self.text_encoder, self.unet = (parts[name] for name in ("vae", "text_encoder", "unet"))
        self.controlnet = parts.get("controlnet")
        self.tokenizer = parts["tokenizer"]
        self.scheduler = UniPCMultistepScheduler.from_config(parts["scheduler"].config)
        self.steps = steps
        self.colours = self._colours(colours, structures)
        self.structures = structures
        for network in (self.vae, self.text_encoder, self.unet, self.controlnet):
            if network is not None:
                network.to(self.device).eval().requires_grad_(False)

    @staticmethod
    def _colours(text, structures):
        if not text:
            return None
        try:
            colours = [list(bytes.fromhex(part.strip())) for part in text.split(",")]
        except ValueError:
            colours = []
        if len(colours) != len(structures) or any(len(colour) != 3 for colour in colours):
            raise ValueError(f"config.pbtxt: parameter colours: expected RRGGBB for each of {len(structures)} structures, found '{text}'")
        return torch.tensor(colours, dtype=torch.float32) / 255

    def require_shapes(self, inputs, outputs):
        """Holds config.pbtxt against the checkpoint."""
        factor = 2 ** (len(self.vae.config.block_out_channels) - 1)
        channels, height, width = inputs["noise"]
        expected = [
            ("noise", [self.unet.config.in_channels, height, width], inputs["noise"]),
            ("mask", [len(self.structures), height * factor, width * factor], inputs["mask"]),
            ("image", [1, height * factor, width * factor], outputs["image"]),
        ]
        for name, wanted, found in expected:
            if wanted != found:
                raise ValueError(f"config.pbtxt: tensor {name}: expected dims {wanted} for this checkpoint, found {found}")
        if self.controlnet is not None:
            planes = self.controlnet.config.conditioning_channels
            given = len(self.structures) if self.colours is None else 3
            if planes != given:
                raise ValueError(f"config.pbtxt: structures: expected {planes} channels as the ControlNet has, found {given}"
                                 + ("; for one on coloured pictures give parameter colours" if self.colours is None else ""))

    def require_length(self, name, text):
        """A prompt beyond the text encoder's length is refused: cut, it would be another prompt."""
        most = min(self.tokenizer.model_max_length, self.text_encoder.config.max_position_embeddings)
        found = len(self.tokenizer(text, truncation=False, verbose=False).input_ids)
        if found > most:
            raise ValueError(f"{name}: expected at most {most} tokens, found {found}")

    def require_mask(self, mask):
        if self.controlnet is None and (mask != UNSPECIFIED).any():
            raise ValueError("mask: expected 255 throughout, as the checkpoint has no ControlNet, found a structure")
        if self.colours is not None:
            left_open = (mask == UNSPECIFIED).all(axis=(2, 3))
            some = left_open.any(axis=1) & ~left_open.all(axis=1)
            if some.any():
                # Black means that nothing is there; an open structure would be drawn as an absent one.
                plane = np.flatnonzero(left_open[np.flatnonzero(some)[0]])[0]
                raise ValueError("mask: expected all structures specified or none, as a coloured picture cannot leave one open, "
                                 f"found '{self.structures[plane]}' left open")

    @torch.inference_mode()
    def sample(self, noise, prompt, negative_prompt, mask, guidance):
        """Images FP32 [B,1,H,W] in 0..1."""
        count = len(noise)
        texts = self._embed([*negative_prompt.ravel(), *negative_prompt.ravel(), *prompt.ravel()])
        masks = torch.from_numpy(mask).to(self.device)
        scale, strength = torch.from_numpy(guidance).to(self.device).T
        weights = torch.cat([1 - strength, strength - scale, scale]).view(-1, 1, 1, 1)
        conditioning, specified = self._conditioning(masks)
        self.scheduler.set_timesteps(self.steps, device=self.device)
        latents = torch.from_numpy(noise).to(self.device) * self.scheduler.init_noise_sigma
        for time in self.scheduler.timesteps:
            scaled = self.scheduler.scale_model_input(latents, time)
            stacked = scaled.repeat(BRANCHES, 1, 1, 1).to(self.precision)
            residuals = self._residuals(stacked, time, texts, conditioning, specified)
            found = self.unet(stacked, time, encoder_hidden_states=texts, **residuals).sample.float()
            total = (found * weights).view(BRANCHES, count, *found.shape[1:]).sum(0)
            latents = self.scheduler.step(total, time, latents).prev_sample
        return self._decode(latents)

    def _embed(self, texts):
        tokens = self.tokenizer(list(texts), padding="max_length", max_length=self.tokenizer.model_max_length, return_tensors="pt")
        return self.text_encoder(tokens.input_ids.to(self.device))[0].to(self.precision)

    def _conditioning(self, masks):
        """The ControlNet's picture, and for each sample whether it specifies anything."""
        specified = (masks != UNSPECIFIED).flatten(1).any(1)
        if self.colours is None:
            planes = torch.where(masks == UNSPECIFIED, torch.tensor(0.5, device=self.device), masks.float())
            return planes, specified
        picture = torch.zeros(len(masks), 3, *masks.shape[2:], device=self.device)
        for plane, colour in zip(masks.unbind(1), self.colours.to(self.device)):
            picture = torch.where((plane == 1)[:, None], colour.view(1, 3, 1, 1), picture)
        return picture, specified

    def _residuals(self, stacked, time, texts, conditioning, specified):
        """What the ControlNet adds where a mask has its say: nothing in the first branch, nor for samples without mask."""
        if self.controlnet is None or not specified.any():
            return {}
        count = len(conditioning)
        pictures = conditioning.repeat(BRANCHES - 1, 1, 1, 1).to(self.precision)
        down, middle = self.controlnet(stacked[count:], time, encoder_hidden_states=texts[count:], controlnet_cond=pictures,
                                       return_dict=False)
        say = specified.repeat(BRANCHES - 1).view(-1, 1, 1, 1)

        def padded(value):
            return torch.cat([torch.zeros_like(value[:count]), value * say])

        return {"down_block_additional_residuals": [padded(value) for value in down],
                "mid_block_additional_residual": padded(middle)}

    def _decode(self, latents):
        config = self.vae.config
        scaled = latents / config.scaling_factor + (getattr(config, "shift_factor", None) or 0)
        colours = self.vae.decode(scaled.to(self.vae.dtype)).sample.float()
        # What is not finite must not look like black or white; a checkpoint may not bear half precision. See serving.execute.
        grey = torch.where(torch.isfinite(colours), (colours / 2 + 0.5).clamp(0, 1), torch.nan).mean(1, keepdim=True)
        return grey.cpu().numpy()
