"""Trains, samples, exports and evaluates Synthray's diffusion models."""
