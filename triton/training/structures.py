"""The segmented structures, their order in a mask tensor, and the bits they have in a mask file."""

NAMES = ("left-lung", "right-lung", "heart", "left-clavicle", "right-clavicle")
"""Channel k of a mask tensor is the structure NAMES[k]; in a mask file it is the bit 1 << k."""

OUTSIDE, INSIDE, UNSPECIFIED = 0, 1, 255
"""The values of a mask tensor. UNSPECIFIED leaves the structure to the model."""
