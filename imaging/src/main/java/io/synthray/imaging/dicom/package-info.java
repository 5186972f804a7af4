/**
 * DICOM files as data sets of chest radiographs contain them: one frame, one sample a pixel, 8 to 16 bits, explicit or implicit little
 * endian, native or packed by JPEG, JPEG 2000 or RLE (docs/decisions/0031-dicom-parser.md). Parsing is this package's own, codecs are
 * libraries'.
 */
package io.synthray.imaging.dicom;
