/** Fidelity of synthetic images from quantised features: exact integer sums and small samples, free of the order of arrival. */
package io.synthray.fidelity;
