/**
 * Data sets of radiographs: image folders and the phantom behind one interface, their checks, and the real subsets of a study's
 * repeats. Image ids stay inside: what leaves a service names a case by its {@link io.synthray.imaging.dataset.CaseKey} only.
 */
package io.synthray.imaging.dataset;
