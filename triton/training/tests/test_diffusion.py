import math

import pytest
import torch

from training.diffusion import GUIDED_FROM, LAST_TIME, alpha_sigma, guidance_factors, loss, pad, sample, solver
from training.network import signed


@pytest.mark.parametrize("size", [16, 64, 128])
def test_the_schedule_preserves_variance(size):
    alpha, sigma = alpha_sigma(torch.linspace(0, 1, 11), size)
    assert torch.allclose(alpha**2 + sigma**2, torch.ones(11))


@pytest.mark.parametrize("noisier, median", [(1.0, 0.5), (2.0, 0.75)])
def test_half_of_the_training_is_above_the_median_that_its_power_says(noisier, median):
    times = []

    class Recorder:
        prompt = mask = staticmethod(lambda given: (given,))

        def __call__(self, x, time, *conditions):
            times.append(time)
            return torch.zeros_like(x)

    image = torch.zeros(64, 1, 16, 16)
    loss(Recorder(), image, image, image, torch.Generator().manual_seed(1), noisier)
    assert (times[0] > median).sum() == 32 and 0 <= times[0].min() and times[0].max() <= 1


@pytest.mark.parametrize("steps", [2, 7, 20])
def test_the_solver_is_exact_for_a_constant_image(steps):
    """With the true image as its estimate, x stays alpha image + sigma noise (Lu et al. 2022, equation 9)."""
    image, noise = 0.3, -1.7
    alpha, sigma = alpha_sigma(torch.tensor(LAST_TIME, dtype=torch.float64), 128)
    x, before = float(alpha) * image + float(sigma) * noise, 0.0
    for i, (time, alpha, sigma, keep, now, previous, _) in enumerate(solver(steps, 128).double()):
        assert x == pytest.approx(float(alpha) * image + float(sigma) * noise, abs=1e-5)
        x, before = float(keep) * x + float(now) * image + float(previous) * before, image
    assert x == pytest.approx(image, abs=1e-6)


def end(s, steps, size):
    """Where the solver takes noise of 1 for data N(0, s^2), whose image estimate is known."""
    x, before = 1.0, 0.0
    for _, alpha, sigma, keep, now, previous, _ in solver(steps, size).double().tolist():
        image = alpha * s**2 * x / (alpha**2 * s**2 + sigma**2)
        x, before = keep * x + now * image + previous * before, image
    return x


def test_the_solver_is_of_second_order():
    """Data N(0, s^2) has a known image estimate and a known end point of its probability flow (Song et al. 2021)."""
    s = 0.5
    alpha, sigma = alpha_sigma(torch.tensor(LAST_TIME, dtype=torch.float64), 128)
    exact = s / math.sqrt(float(alpha) ** 2 * s**2 + float(sigma) ** 2)
    assert abs(end(s, 20, 128) - exact) < 0.02
    assert abs(end(s, 160, 128) - exact) < abs(end(s, 20, 128) - exact) / 4


@pytest.mark.parametrize("size", [64, 128])
@pytest.mark.parametrize("steps, lost", [(8, 0.15), (16, 0.03)])
def test_the_solver_keeps_how_much_coarse_and_fine_things_vary(size, steps, lost):
    """Data N(0, s^2), s from the contrast of a pixel's neighbourhood to that of brightness, which sums up over all pixels: from noise
    N(0, 1) comes data of deviation s. Times to the power 1.5 lose half of it at s = 16."""
    for s in (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0):
        assert end(s, steps, size) == pytest.approx(s, rel=lost)


def test_guidance_of_one_is_the_conditional_prediction():
    assert guidance_factors(torch.tensor([[1.0, 1.0]])).flatten().tolist() == [0, 0, 1]
    assert guidance_factors(torch.tensor([[0.0, 0.0]])).flatten().tolist() == [1, 0, 0]
    assert guidance_factors(torch.tensor([[3.0, 2.0]])).flatten().tolist() == [-1, -1, 3]


def test_words_masks_and_noise_all_change_the_image(denoiser):
    noise = torch.randn(1, 1, 16, 16, generator=torch.Generator().manual_seed(0))
    mask, guidance = torch.zeros(1, 8, 16, 16), torch.tensor([[1.0, 1.0]])
    base = sample(denoiser, noise, [[1]], [[]], mask, guidance, 3)
    assert 0 <= base.min() and base.max() <= 1
    assert not torch.equal(base, sample(denoiser, noise, [[2]], [[]], mask, guidance, 3))
    assert not torch.equal(base, sample(denoiser, noise, [[1]], [[]], mask + 1, guidance, 3))
    assert not torch.equal(base, sample(denoiser, -noise, [[1]], [[]], mask, guidance, 3))
    assert torch.equal(base, sample(denoiser, noise, [[1]], [[3]], mask, guidance, 3))


def test_word_order_matters_and_padding_does_not(denoiser):
    left_first, right_first = denoiser.prompt(torch.tensor([[1, 3, 2, 4], [2, 3, 1, 4]]))[0]
    assert not torch.allclose(left_first, right_first)
    padded = denoiser.prompt(torch.tensor([[1, 3, 2, 4, -1, -1, -1]]))[0][0]
    assert torch.allclose(left_first, padded, atol=1e-6)
    empty, unknown = denoiser.prompt(torch.tensor([[-1], [-1]]))[0]
    assert torch.equal(empty, unknown)


def test_masks_become_signed():
    assert signed(torch.tensor([0, 1, 255], dtype=torch.uint8)).tolist() == [-1, 1, 0]


def test_pad_never_gives_an_empty_sequence():
    assert pad([[], []]).tolist() == [[-1], [-1]]
    assert pad([[3], [1, 2]]).tolist() == [[3, -1], [1, 2]]


def test_guidance_acts_on_the_noisier_part_of_the_way():
    times, guided = solver(20, 128)[:, 0], solver(20, 128)[:, -1]
    assert torch.equal(guided == 1, times >= GUIDED_FROM) and 0 < guided.mean() < 1
