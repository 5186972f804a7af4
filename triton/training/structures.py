"""The segmented structures, their order in a mask tensor, and the bits they have in a mask file."""

NAMES = ("left-lung", "right-lung", "heart", "left-clavicle", "right-clavicle", "pneumothorax", "rib-fracture", "chest-tube")
"""Channel k of a mask tensor is the structure NAMES[k]."""

USUAL = NAMES[:5]
"""The structures of a mask file, bit 1 << k each, where the dataset has no ``structures.txt``."""

OUTSIDE, INSIDE, UNSPECIFIED = 0, 1, 255
"""The values of a mask tensor. UNSPECIFIED leaves the structure to the model."""

NOTHING = "none"
"""The plane of a model's mask that was taught no structure."""
