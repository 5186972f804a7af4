"""A Stable Diffusion of a few thousand random weights, saved by Diffusers itself."""

import json

import torch
from diffusers import (AutoencoderKL, ControlNetModel, DDIMScheduler, StableDiffusionControlNetPipeline, StableDiffusionPipeline,
                       UNet2DConditionModel)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

SIDE = 32
LATENT = 16
LENGTH = 16
WORDS = ("frontal", "chest", "radiograph", "left", "pneumothorax", "cardiomegaly")


def tokenizer(folder):
    """CLIP's tokenizer with a vocabulary of letters and a few words."""
    folder.mkdir(parents=True)
    letters = [chr(c) for c in range(33, 127)]
    tokens = [*letters, *(letter + "</w>" for letter in letters)]
    merges = ["#version: 0.2"]
    for word in WORDS:
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            merge = f"{parts[0]} {parts[1]}"
            if merge not in merges:
                merges.append(merge)
                tokens.append(parts[0] + parts[1])
            parts[:2] = [parts[0] + parts[1]]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    unique = list(dict.fromkeys(tokens))
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(unique)}))
    (folder / "merges.txt").write_text("\n".join(merges) + "\n")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=LENGTH), len(unique)


def save(folder, control_channels=None):
    """Writes the directory; with a ControlNet if it is to have channels. Its last layers are not zero, so that masks have a say."""
    torch.manual_seed(1)
    words, count = tokenizer(folder.with_name(folder.name + "-words"))
    text = CLIPTextModel(CLIPTextConfig(
        vocab_size=count, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=LENGTH, bos_token_id=count - 2, eos_token_id=count - 1, pad_token_id=count - 1))
    vae = AutoencoderKL(in_channels=3, out_channels=3, block_out_channels=(8, 8), latent_channels=4, norm_num_groups=4,
                        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2)
    unet = UNet2DConditionModel(
        sample_size=LATENT, in_channels=4, out_channels=4, block_out_channels=(8, 16), layers_per_block=1, cross_attention_dim=16,
        attention_head_dim=4, norm_num_groups=4, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"))
    scheduler = DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
                              set_alpha_to_one=False, steps_offset=1)
    parts = {"vae": vae, "text_encoder": text, "tokenizer": words, "unet": unet, "scheduler": scheduler, "safety_checker": None,
             "feature_extractor": None, "requires_safety_checker": False}
    if control_channels is None:
        StableDiffusionPipeline(**parts).save_pretrained(folder)
        return folder
    controlnet = ControlNetModel.from_unet(unet, conditioning_channels=control_channels, load_weights_from_unet=True,
                                           conditioning_embedding_out_channels=(8, 16))
    for parameter in controlnet.parameters():
        if not parameter.any():
            torch.nn.init.normal_(parameter, std=0.2)
    StableDiffusionControlNetPipeline(controlnet=controlnet, **parts).save_pretrained(folder)
    return folder
