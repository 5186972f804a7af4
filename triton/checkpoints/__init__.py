"""Diffusers directories: installing one into the model repository, and tuning one on radiographs."""
