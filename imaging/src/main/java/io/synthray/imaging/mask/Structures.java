package io.synthray.imaging.mask;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of anatomical structures. The set is open: any lower-case name of letters, digits and hyphens is a structure.
 * Left and right are the patient's, so the left lung is on the right of a frontal radiograph.
 */
public final class Structures {

    public static final String LEFT_LUNG = "left-lung";
    public static final String RIGHT_LUNG = "right-lung";
    public static final String HEART = "heart";
    public static final String LEFT_CLAVICLE = "left-clavicle";
    public static final String RIGHT_CLAVICLE = "right-clavicle";
    public static final String PNEUMOTHORAX = "pneumothorax";
    public static final String RIB_FRACTURE = "rib-fracture";
    public static final String CHEST_TUBE = "chest-tube";

    /** The structures of a bit-set mask in the order of their bits: 1, 2, 4, 8, 16. */
    public static final List<String> BIT_SET = List.of(LEFT_LUNG, RIGHT_LUNG, HEART, LEFT_CLAVICLE, RIGHT_CLAVICLE);

    /**
     * Everything that the models draw from masks: {@link #BIT_SET}, then bits 32, 64 and 128. A mask file of all eight names them in
     * {@code structures.txt}, as a data set with five says nothing about the others.
     */
    public static final List<String> DRAWN = List.of(
            LEFT_LUNG, RIGHT_LUNG, HEART, LEFT_CLAVICLE, RIGHT_CLAVICLE, PNEUMOTHORAX, RIB_FRACTURE, CHEST_TUBE);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private Structures() {}

    /**
     * Returns the name if it is one.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a structure name of lower-case letters, digits and hyphens, found '" + name + "'");
        }
        return name;
    }

    /** The structure that takes this one's place when the body is mirrored: left and right exchanged as {@link Laterality#mirrored} does. */
    public static String mirrored(String name) {
        return Laterality.mirrored(name);
    }
}
