package io.synthray.imaging.dicom;

/** The elements that are read, group and element number in one (DICOM PS3.6). */
final class Tag {

    static final int TRANSFER_SYNTAX = 0x00020010;
    static final int SOP_INSTANCE = 0x00080018;
    static final int PATIENT_ID = 0x00100020;
    static final int VIEW_POSITION = 0x00185101;
    static final int STUDY_INSTANCE = 0x0020000d;
    static final int SAMPLES_PER_PIXEL = 0x00280002;
    static final int PHOTOMETRIC = 0x00280004;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int PIXEL_REPRESENTATION = 0x00280103;
    static final int WINDOW_CENTRE = 0x00281050;
    static final int WINDOW_WIDTH = 0x00281051;
    static final int RESCALE_INTERCEPT = 0x00281052;
    static final int RESCALE_SLOPE = 0x00281053;
    static final int WINDOW_FUNCTION = 0x00281056;
    static final int PIXEL_DATA = 0x7fe00010;
    static final int ITEM = 0xfffee000;
    static final int ITEM_END = 0xfffee00d;
    static final int SEQUENCE_END = 0xfffee0dd;

    private Tag() {}

    static int group(int tag) {
        return tag >>> 16;
    }
}
