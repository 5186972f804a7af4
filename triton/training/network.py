"""The denoising network: a small U-Net in pixel space, conditioned on noise level, prompt and structure masks."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from training.structures import NAMES

MAP_CHANNELS, MAP_SIZE = 16, 8


@dataclass(frozen=True)
class Shape:
    """The network's sizes. An image has ``size`` pixels a side and is processed at size/2, size/4, size/8 and size/16.

    structures: names of the mask's planes.
    """

    words: int
    size: int = 128
    widths: tuple = (16, 48, 96, 144)
    embedding: int = 160
    word: int = 64
    structures: tuple = NAMES

    def check(self):
        """Raises ValueError where the image cannot be halved four times."""
        if not 16 <= self.size <= 1024 or self.size % 16:
            raise ValueError(f"size: expected a multiple of 16 from 16 to 1024, found {self.size}")


class PromptEncoder(nn.Module):
    """Word ids [B, T] (-1: no word) -> embedding [B, E] and a coarse map [B, 16, 8, 8].

    A convolution over five words ties an adjective to its noun ("left effusion"), the sum over all places makes a set
    of such phrases. The map says where in the image a phrase acts. The convolution is a full one and has no bias, so
    ids of -1 at the end change nothing, and a prompt without known words is the empty prompt.
    """

    def __init__(self, shape):
        super().__init__()
        self.words = nn.Embedding(shape.words + 1, shape.word, padding_idx=0)
        self.phrase = nn.Conv1d(shape.word, shape.embedding, 5, padding=4, bias=False)
        self.combine = nn.Sequential(nn.Linear(shape.embedding, shape.embedding), nn.SiLU())
        self.vector = nn.Linear(shape.embedding, shape.embedding)
        self.map = nn.Linear(shape.embedding, MAP_CHANNELS * MAP_SIZE * MAP_SIZE)

    def forward(self, ids):
        words = self.words(ids + 1).transpose(1, 2)
        phrases = F.silu(self.phrase(words))
        hidden = self.combine(0.5 * phrases.sum(dim=2))
        return self.vector(hidden), self.map(hidden).reshape(-1, MAP_CHANNELS, MAP_SIZE, MAP_SIZE)


class MaskEncoder(nn.Module):
    """Masks [B, K, H, W] of +1 inside, -1 outside, 0 not specified -> features at size/2 and at size/4.

    Apart from the denoiser, as masks do not change from one step of the solver to the next.
    """

    def __init__(self, shape):
        super().__init__()
        a, b = shape.widths[:2]
        self.first = nn.Conv2d(4 * len(shape.structures), 24, 3, padding=1)
        self.fine = nn.Conv2d(24, a, 3, padding=1)
        self.shrink = nn.Conv2d(24, b, 3, stride=2, padding=1)
        self.coarse = nn.Conv2d(b, b, 3, padding=1)

    def forward(self, mask):
        h = F.silu(self.first(F.pixel_unshuffle(mask, 2)))
        return self.fine(h), self.coarse(F.silu(self.shrink(h)))


class NoiseLevel(nn.Module):
    """Time t in [0, 1], [B] -> [B, E]: Fourier features, then a two-layer network."""

    def __init__(self, embedding):
        super().__init__()
        self.register_buffer("frequencies", torch.exp(torch.linspace(0.0, 6.0, 32)), persistent=False)
        self.layers = nn.Sequential(nn.Linear(64, embedding), nn.SiLU(), nn.Linear(embedding, embedding))

    def forward(self, time):
        angles = time[:, None] * self.frequencies
        return self.layers(torch.cat([torch.sin(angles), torch.cos(angles)], dim=1))


class GroupNorm(nn.GroupNorm):
    """In single precision whatever the precision around it: the gradient of PyTorch's own in bfloat16 takes three times as long on a CPU."""

    def forward(self, x):
        return super().forward(x.float())

    def plain(self, x):
        """Without scale and shift, for one who folds them into something else."""
        return F.group_norm(x.float(), self.num_groups, eps=self.eps)


class Block(nn.Module):
    """Residual block; the condition scales and shifts the second normalisation (FiLM, Perez et al. 2018)."""

    def __init__(self, inputs, outputs, embedding):
        super().__init__()
        self.norm1 = GroupNorm(8, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.condition = nn.Linear(embedding, 2 * outputs)
        self.norm2 = GroupNorm(8, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x, condition):
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.condition(condition)[:, :, None, None].chunk(2, dim=1)
        # The norm's own scale and shift are folded into the condition's, which saves two passes over the features.
        weight, bias = (part[None, :, None, None] for part in (self.norm2.weight, self.norm2.bias))
        h = self.norm2.plain(h)
        return self.skip(x) + self.conv2(F.silu(h * (weight * (1 + scale)) + (bias * (1 + scale) + shift)))


class Attention(nn.Module):
    """Self-attention over all places with four heads, residual."""

    def __init__(self, channels):
        super().__init__()
        self.norm = GroupNorm(8, channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)
        self.heads = 4
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, 3, self.heads, c // self.heads, h * w).unbind(1)
        weights = torch.softmax(torch.matmul(q.transpose(2, 3), k) * (c // self.heads) ** -0.5, dim=-1)
        return x + self.out(torch.matmul(v, weights.transpose(2, 3)).reshape(b, c, h, w))


class Denoiser(nn.Module):
    """Predicts v (Salimans and Ho 2022) of a noisy image.

    Pixel-unshuffle by two makes four channels of half the size out of the image; two coordinate channels tell left from
    right. A convolution at full size comes last, since pixels that are shuffled back from independent channels show as a
    checkerboard.
    """

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        a, b, c, d = shape.widths
        e = shape.embedding
        self.prompt = PromptEncoder(shape)
        self.mask = MaskEncoder(shape)
        self.level = NoiseLevel(e)
        self.first = nn.Conv2d(4 + 2, a, 3, padding=1)
        self.down1 = nn.ModuleList([Block(a, a, e)])
        self.shrink1 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.down2 = nn.ModuleList([Block(b, b, e), Block(b, b, e)])
        self.shrink2 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.down3 = nn.ModuleList([Block(c, c, e), Block(c, c, e)])
        self.shrink3 = nn.Conv2d(c, d, 3, stride=2, padding=1)
        self.place = nn.Conv2d(MAP_CHANNELS, d, 1)
        self.middle1, self.attention, self.middle2 = Block(d, d, e), Attention(d), Block(d, d, e)
        self.grow3 = nn.Conv2d(d, c, 1)
        self.up3 = nn.ModuleList([Block(2 * c, c, e), Block(c, c, e)])
        self.grow2 = nn.Conv2d(c, b, 1)
        self.up2 = nn.ModuleList([Block(2 * b, b, e), Block(b, b, e)])
        self.grow1 = nn.Conv2d(b, a, 1)
        self.up1 = nn.ModuleList([Block(2 * a, a, e)])
        self.last_norm = GroupNorm(8, a)
        self.last = nn.Conv2d(a, 16, 3, padding=1)
        self.whole = nn.Conv2d(4 + 1, 1, 3, padding=1)
        half = shape.size // 2
        line = torch.linspace(-1.0, 1.0, half)
        grid = torch.stack([line[:, None].expand(half, half), line[None, :].expand(half, half)])
        self.register_buffer("coordinates", grid[None], persistent=False)
        nn.init.zeros_(self.whole.weight)
        nn.init.zeros_(self.whole.bias)

    def forward(self, x, time, vector, place, fine, coarse):
        """x [B,1,H,W]; time [B] in 0..1; vector and place from the prompt encoder, fine and coarse from the masks' -> v."""
        return self.leave(self.features(self.enter(x), time, vector, place, fine, coarse), x)

    def enter(self, x):
        """x [B,1,H,W] -> [B,A,H/2,W/2], which depends on no condition: the same for all predictions that guidance combines."""
        noisy = torch.cat([F.pixel_unshuffle(x, 2), self.coordinates.expand(x.shape[0], -1, -1, -1)], dim=1)
        return self.first(noisy)

    def features(self, entered, time, vector, place, fine, coarse):
        """What ``enter`` gave and the conditions -> features [B,A,H/2,W/2] for ``leave``."""
        condition = F.silu(self.level(time) + vector)
        h = entered + fine
        kept = []
        for blocks, shrink in ((self.down1, self.shrink1), (self.down2, self.shrink2), (self.down3, self.shrink3)):
            for block in blocks:
                h = block(h, condition)
            kept.append(h)
            h = shrink(h)
            if shrink is self.shrink1:
                h = h + coarse
        place = F.interpolate(self.place(place), size=(self.shape.size // 16, self.shape.size // 16))
        h = h + place
        h = self.middle2(self.attention(self.middle1(h, condition)), condition)
        for grow, blocks in ((self.grow3, self.up3), (self.grow2, self.up2), (self.grow1, self.up1)):
            h = torch.cat([F.interpolate(grow(h), scale_factor=2.0), kept.pop()], dim=1)
            for block in blocks:
                h = block(h, condition)
        return F.silu(self.last_norm(h))

    def leave(self, features, x):
        """Features and x [B,1,H,W] -> v [B,1,H,W]. Affine in the features: of features that are combined with weights of sum 1 it gives
        the same combination of v, once instead of once for each."""
        v = F.pixel_shuffle(self.last(features), 2)
        return self.whole(torch.cat([v, x], dim=1))


def signed(mask):
    """Masks of 0, 1 and 255 as the network wants them: -1, +1 and 0 (float32)."""
    return torch.where(mask > 1, 0.0, 2.0 * mask.to(torch.float32) - 1.0)
