"""The diffusion process: noise schedule, training loss and the sampler whose loop is exported."""

import math

import torch
from torch.nn import functional as F

GUIDED_FROM = 0.5
"""Guidance acts at times from here on. Later it costs evaluations and takes variety without changing what is drawn (Kynkaanniemi et al. 2024):
on 150 phantoms of 128 pixels, from 0.35 on, one step of seven more, Dice and agreement with the prompt are the same to 0.004."""

LAST_TIME = 0.995
"""Sampling starts here: at 1 the image's share is nil and v says nothing about it."""

CLEAREST = 4.4
"""Logarithm of image share over noise share where the solver's last step begins: the noise is then less than two of 255 grey levels.
The steps before it are even in this logarithm, on which DPM-Solver's error depends (Lu et al. 2022). Times that are even, or even to a power, cross the
range in which the coarsest things are decided, sizes and brightness, in one step, and these then vary less than in the data (README.md)."""


def alpha_sigma(time, size):
    """Shares of image and noise at time 0 (image) to 1 (noise) for images of ``size`` pixels a side.

    The cosine schedule (Nichol and Dhariwal 2021), shifted for sizes other than 64 (Hoogeboom et al. 2023): a larger image needs
    more noise to lose as much.
    """
    angle = torch.atan(torch.tan(time * math.pi / 2) * (size / 64))
    return torch.cos(angle), torch.sin(angle)


def log_ratio(time, size):
    """Logarithm of alpha over sigma at a time: half the logarithm of the signal-to-noise ratio."""
    alpha, sigma = alpha_sigma(time, size)
    return torch.log(alpha / sigma)


def time_of(ratio, size):
    """The time at which ``log_ratio`` is this."""
    return torch.atan(torch.exp(-ratio) * (64 / size)) * 2 / math.pi


def loss(denoiser, image, ids, mask, generator, noisier=1.0):
    """Mean squared error of v = alpha noise - sigma image (Salimans and Ho 2022); image [B,1,H,W] in -1..1.

    Times are stratified over the batch, which lowers the gradient's variance, and even where ``noisier`` is 1; at 2 half of
    them are above 0.75.
    """
    count = image.shape[0]
    even = (torch.arange(count) + torch.rand(count, generator=generator)) / count
    time = 1 - (1 - even) ** noisier if noisier != 1 else even
    noise = torch.randn(image.shape, generator=generator)
    alpha, sigma = (share[:, None, None, None] for share in alpha_sigma(time, image.shape[-1]))
    predicted = denoiser(alpha * image + sigma * noise, time, *denoiser.prompt(ids), *denoiser.mask(mask))
    return F.mse_loss(predicted.float(), alpha * noise - sigma * image)


def solver(steps, size):
    """The table [steps, 7] of DPM-Solver++(2M) (Lu et al. 2022) from LAST_TIME to 0, one row a step.

    Columns: time; alpha, sigma; and the factors of x, of this step's image estimate and of the step's before in the
    next x; 1 where guidance acts, else 0. The first step is of first order, and so is the last, which gives the image
    estimate itself.
    """
    if steps < 2:
        raise ValueError(f"steps: expected at least 2, found {steps}")
    first = float(log_ratio(torch.tensor(LAST_TIME, dtype=torch.float64), size))
    rate = torch.linspace(first, CLEAREST, steps, dtype=torch.float64)
    times = torch.cat([time_of(rate, size), torch.zeros(1, dtype=torch.float64)])
    alpha, sigma = alpha_sigma(times, size)
    h = (CLEAREST - first) / (steps - 1)
    rows = []
    for i in range(steps):
        if i == steps - 1:
            keep, now, before = 0.0, 1.0, 0.0
        else:
            gain = float(-alpha[i + 1]) * math.expm1(-h)
            half = 0.5 if i else 0.0
            keep, now, before = float(sigma[i + 1] / sigma[i]), gain * (1 + half), -gain * half
        rows.append([float(times[i]), float(alpha[i]), float(sigma[i]), keep, now, before, float(times[i] >= GUIDED_FROM)])
    return torch.tensor(rows, dtype=torch.float32)


def guidance_factors(guidance):
    """Factors [3, B] of the three predictions that guidance [B, 2] (text, mask) combines.

    v = v(negative, no mask) + g_mask (v(negative, mask) - v(negative, no mask)) + g_text (v(prompt, mask) - v(negative,
    mask)), after Brooks et al. 2023 (InstructPix2Pix) with classifier-free guidance of Ho and Salimans 2022. At 1 and 1 only the
    third counts, and the exported graph leaves out what has no weight.
    """
    text, mask = guidance[:, 0], guidance[:, 1]
    return torch.stack([1 - mask, mask - text, text])


@torch.no_grad()
def sample(denoiser, noise, prompts, negatives, mask, guidance, steps, temperature=1.0):
    """Draws images [B,1,H,W] in 0..1 from noise [B,1,H,W], B lists of word ids for prompts and for negative prompts,
    signed masks [B,K,H,W] and guidance [B,2] (text, mask).

    The temperature is the deviation of the noise that drawing begins with. A network that errs where coarse things are decided puts
    some images beside the data; below 1 these are fewer, and all vary less.
    """
    count = noise.shape[0]
    conditions = [*denoiser.prompt(pad([*negatives, *negatives, *prompts])),
                  *denoiser.mask(torch.cat([torch.zeros_like(mask), mask, mask]))]
    conditions = [part.reshape(3, count, *part.shape[1:]) for part in conditions]
    factors = guidance_factors(guidance)
    plain = torch.tensor([0.0, 0.0, 1.0])[:, None].expand(3, count)
    x, before = temperature * noise, torch.zeros_like(noise)
    for time, alpha, sigma, keep, now, previous, guided in solver(steps, noise.shape[-1]):
        weights = factors if guided else plain
        chosen = weights.any(dim=1).nonzero().flatten()
        stacked = [part[chosen].flatten(0, 1) for part in conditions]
        v = denoiser(x.repeat(len(chosen), 1, 1, 1), time.expand(len(chosen) * count), *stacked)
        v = (v.reshape(len(chosen), *x.shape) * weights[chosen][:, :, None, None, None]).sum(0)
        image = (alpha * x - sigma * v).clamp(-1, 1)
        x, before = keep * x + now * image + previous * before, image
    return (x + 1) / 2


def pad(sequences):
    """Word id lists of any lengths as one tensor [B, T], T at least 1, filled up with -1."""
    length = max(1, *(len(ids) for ids in sequences))
    return torch.tensor([ids + [-1] * (length - len(ids)) for ids in sequences])
