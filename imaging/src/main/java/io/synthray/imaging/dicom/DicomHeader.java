package io.synthray.imaging.dicom;

/**
 * What a file says of its image and patient. Texts are empty where the file says nothing; they must not leave the data set.
 *
 * @param patientId (0010,0020)
 * @param studyUid (0020,000D)
 * @param sopUid (0008,0018)
 * @param view (0018,5101): {@code PA}, {@code AP}, ...
 * @param width columns
 * @param height rows
 * @param bitsStored 1 to 16
 */
public record DicomHeader(
        String patientId, String studyUid, String sopUid, String view, int width, int height, int bitsStored) {}
