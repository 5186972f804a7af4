"""Geometric and intensity changes of images and their masks together."""

import numpy as np
import torch
from torch.nn import functional as F


def change(image, mask, random, share=0.5, turn=0.0, zoom=0.15, gamma=0.0):
    """Zooms into a share of the images, off the middle; turns and (half as far) shrinks them if ``turn`` is not zero.

    image [B,1,H,W] in 0..1, mask [B,K,H,W] of any numbers (nearest neighbour); turn in radians, zoom a fraction, gamma
    the largest logarithm of the exponent of brightness. Without turns nothing outside the image is ever shown; with
    them its border is repeated.
    """
    count = len(image)
    some = random.random(count) < share
    farthest = 1 + 0.5 * zoom if turn else 1.0
    scale = np.where(some, random.uniform(1 - zoom, farthest, count), 1.0)
    angle = np.where(some, random.uniform(-1.0, 1.0, count) * turn, 0.0)
    shift = np.abs(1 - scale)[:, None] * random.uniform(-1.0, 1.0, (count, 2))
    matrix = scale[:, None, None] * np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1).reshape(-1, 2, 2)
    image, mask = warp(image, mask, matrix, shift, "border")
    if gamma:
        power = np.exp(np.where(some, random.uniform(-1.0, 1.0, count) * gamma, 0.0)).astype(np.float32)
        image = image.clamp(0, 1) ** torch.from_numpy(power)[:, None, None, None]
    return image, mask


def moved(mask, random, rotation=8.0, scale=0.1, translation=0.05, shear=4.0):
    """Masks [B,K,H,W] each rotated, scaled, moved and sheared by a uniform draw within plus or minus the ranges.

    Ranges as in a study file: degrees, fractions of size and side, degrees. What comes in from outside is outside; 255
    stays 255.
    """
    count = len(mask)
    turn, skew = (np.deg2rad(random.uniform(-1, 1, count) * reach) for reach in (rotation, shear))
    size = 1 / (1 + random.uniform(-1, 1, count) * scale)
    matrix = size[:, None, None] * np.stack(
        [np.cos(turn), np.tan(skew) * np.cos(turn) - np.sin(turn), np.sin(turn), np.tan(skew) * np.sin(turn) + np.cos(turn)],
        1).reshape(-1, 2, 2)
    shift = 2 * translation * random.uniform(-1, 1, (count, 2))
    tensor = torch.from_numpy(np.ascontiguousarray(mask)).float()
    unknown = (tensor == 255).flatten(2).all(2)[:, :, None, None]
    result = warp(tensor[:, :1], tensor, matrix, shift, "zeros")[1]
    return torch.where(unknown, 255.0, result).to(torch.uint8).numpy()


def warp(image, mask, matrix, shift, outside):
    """Images (bilinear) and masks (nearest) seen through x -> matrix x + shift, in units of half a side."""
    theta = torch.from_numpy(np.concatenate([matrix, shift[:, :, None]], axis=2).astype(np.float32))
    grid = F.affine_grid(theta, image.shape, align_corners=False)
    return (F.grid_sample(image, grid, mode="bilinear", padding_mode=outside, align_corners=False),
            F.grid_sample(mask, grid, mode="nearest", padding_mode=outside, align_corners=False))
