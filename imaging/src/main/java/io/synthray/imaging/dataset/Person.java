package io.synthray.imaging.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a data set tells of a patient that results are split by. No age leaves it but as a band.
 *
 * @param sex {@code female} or {@code male}; empty where it is not known
 * @param age band of years: {@code 0-17}, {@code 18-39}, {@code 40-59}, {@code 60-79}, {@code 80+}; empty where it is not known
 */
public record Person(String sex, String age) {
    /** Nothing is known. */
    public static final Person UNKNOWN = new Person("", "");

    private static final int OLDEST = 120;

    /**
     * As label files have it. A word or number that says neither sex nor age counts as not known, as does an age of 0, which files use
     * for it.
     *
     * @param sex {@code Female}, {@code F}, {@code Male}, {@code M}, in any case
     * @param years for instance {@code 68}, {@code 68.0} or DICOM's {@code 068Y}
     */
    public static Person of(String sex, String years) {
        return new Person(sex(sex.strip().toLowerCase(Locale.ROOT)), band(years.strip()));
    }

    private static String sex(String word) {
        return switch (word) {
            case "female", "f" -> "female";
            case "male", "m" -> "male";
            default -> "";
        };
    }

    private static String band(String years) {
        if (!years.matches("[0-9]{1,3}(\\.0{1,6})?Y?")) {
            return "";
        }
        int age = Integer.parseInt(years.replaceAll("[.Y].*", ""));
        if (age == 0 || age > OLDEST) {
            return "";
        }
        return age < 18 ? "0-17" : age < 40 ? "18-39" : age < 60 ? "40-59" : age < 80 ? "60-79" : "80+";
    }

    /** {@code sex=female}, {@code age=60-79}, where they are known. */
    List<String> subgroups() {
        List<String> known = new ArrayList<>();
        if (!age.isEmpty()) {
            known.add("age=" + age);
        }
        if (!sex.isEmpty()) {
            known.add("sex=" + sex);
        }
        return known;
    }
}
