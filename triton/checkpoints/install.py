"""Puts a Diffusers directory behind the sampler's contract: writes a model folder of the repository for it.

``python -m checkpoints.install --checkpoint DIR --name NAME`` reads the sizes of its networks and hashes its files; the files stay
where they are. Triton's Python needs torch, diffusers and transformers to serve it (README.md).
"""

import argparse
import json
import os
import re
import shutil
import sys
from pathlib import Path

TEMPLATE = "sampler-diffusers"
REPOSITORY = Path(__file__).parents[1] / "repository"
sys.dont_write_bytecode = True  # A __pycache__ there would be taken for a model.
sys.path.insert(0, str(REPOSITORY))
from contract import folder_sha256  # noqa: E402

PARTS = ("vae", "text_encoder", "tokenizer", "unet", "scheduler")


def sizes(checkpoint):
    """Channels and sides of latent and image, and the ControlNet's channels or None, as the directory's files state them."""
    index = _json(checkpoint / "model_index.json")
    missing = [part for part in PARTS if part not in index]
    if missing:
        raise ValueError(f"{checkpoint}: expected a Stable Diffusion pipeline, found one without {', '.join(missing)}")
    unet, vae = _json(checkpoint / "unet" / "config.json"), _json(checkpoint / "vae" / "config.json")
    latent = unet["sample_size"]
    control = _json(checkpoint / "controlnet" / "config.json") if "controlnet" in index else None
    return (unet["in_channels"], latent, latent * 2 ** (len(vae["block_out_channels"]) - 1),
            control and control.get("conditioning_channels", 3))


def _json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: expected a JSON file of a Diffusers directory, found {error}") from error


def configured(text, name, checkpoint, structures, colours, steps):
    """The template's text for this checkpoint."""
    channels, latent, side, control = sizes(checkpoint)
    given = 3 if colours else len(structures)
    if control is not None and control != given:
        raise ValueError(f"{checkpoint}: expected a ControlNet of {given} channels for these structures"
                         f"{' and colours' if colours else ''}, found {control}")
    dims = {"noise": (channels, latent, latent), "mask": (len(structures), side, side), "image": (1, side, side)}
    for tensor, shape in dims.items():
        text = _replaced(text, rf'(name: "{tensor}" data_type: \w+ dims: )\[[^\]]*\]', f"[ {', '.join(map(str, shape))} ]")
    text = _replaced(text, r'(\nname: )"[^"]*"', f'"{name}"')
    values = {"directory": str(checkpoint.resolve()), "structures": ",".join(structures), "colours": ",".join(colours),
              "steps": str(steps), "weights_sha256": folder_sha256(checkpoint)}
    for key, value in values.items():
        text = _replaced(text, rf'(key: "{key}" value: {{ string_value: )"[^"]*"', json.dumps(value, ensure_ascii=False))
    return text


def _replaced(text, pattern, value):
    changed, count = re.subn(pattern, lambda match: match[1] + value, text)
    if count != 1:
        raise ValueError(f"config.pbtxt of {TEMPLATE}: expected once {pattern}, found {count}")
    return changed


def install(checkpoint, name, structures, colours=(), steps=25, repository=REPOSITORY):
    """Writes NAME/config.pbtxt and NAME/1/model.py; returns the folder."""
    text = (REPOSITORY / TEMPLATE / "config.pbtxt").read_text(encoding="utf-8")
    text = configured(text, name, Path(checkpoint), list(structures), list(colours), steps)
    folder = Path(repository) / name
    (folder / "1").mkdir(parents=True, exist_ok=True)
    if folder.resolve() != (REPOSITORY / TEMPLATE).resolve():
        shutil.copyfile(REPOSITORY / TEMPLATE / "1" / "model.py", folder / "1" / "model.py")
    for shared in ("contract.py", "serving.py", "diffusers_sampler.py"):
        if not (folder.parent / shared).exists():
            shutil.copyfile(REPOSITORY / shared, folder.parent / shared)
    temporary = folder / "config.pbtxt.tmp"
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, folder / "config.pbtxt")
    return folder


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--checkpoint", required=True, type=Path, help="Diffusers directory")
    arguments.add_argument("--name", default=TEMPLATE, help="model's name in the repository")
    arguments.add_argument("--structures", default="left-lung,right-lung,heart,left-clavicle,right-clavicle",
                           help="names of the mask's planes, in the ControlNet's order")
    arguments.add_argument("--colours", default="", help="RRGGBB for each structure, for a ControlNet on coloured pictures")
    arguments.add_argument("--steps", type=int, default=25, help="steps of UniPC")
    arguments.add_argument("--repository", type=Path, default=REPOSITORY, help="Triton model repository")
    options = arguments.parse_args()
    try:
        folder = install(options.checkpoint, options.name, options.structures.split(","),
                         options.colours.split(",") if options.colours else (), options.steps, options.repository)
    except (OSError, ValueError) as error:
        arguments.exit(2, f"install: {error}\n")
    print(folder)


if __name__ == "__main__":
    main()
