"""A model of constant cost as Triton's Python backend loads it; what it does is in constant_cost.py at the repository's root."""

import glob
import os
import sys

# Triton's stub process ignores PYTHONPATH, so the packages' place comes by a variable of our own.
sys.path[:0] = [path for pattern in os.environ.get("SYNTHRAY_SITE_PACKAGES", "").split(os.pathsep) if pattern
                for path in glob.glob(pattern)]
# A __pycache__ at the root would be taken for a model.
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from constant_cost import TritonPythonModel  # noqa: E402, F401
