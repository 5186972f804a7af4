/** NumPy's archives of arrays, as MedMNIST distributes its images. */
package io.synthray.imaging.npz;
