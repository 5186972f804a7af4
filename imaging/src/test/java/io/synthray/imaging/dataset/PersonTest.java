package io.synthray.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonTest {
    @ParameterizedTest
    @CsvSource({
        "Female, 68, female, 60-79",
        "F, 068Y, female, 60-79",
        "male, 17.0, male, 0-17",
        "M, 18, male, 18-39",
        "Male, 39, male, 18-39",
        "Male, 40, male, 40-59",
        "Male, 80, male, 80+",
        "Unknown, 0, '', ''",
        "'', '', '', ''",
        "x, 121, '', ''",
        "x, -5, '', ''",
        "x, 99999999999, '', ''",
        "x, 006M, '', ''"
    })
    void readsWordsAndYears(String sex, String years, String knownSex, String band) {
        assertEquals(new Person(knownSex, band), Person.of(sex, years));
    }

    @Test
    void aCaseCountsAmongWhatIsKnown() {
        assertEquals(
                List.of("age=60-79", "sex=female", "view=AP"),
                of(Person.of("Female", "68"), "AP").subgroups());
        assertEquals(List.of("sex=male"), of(Person.of("Male", ""), "").subgroups());
        assertEquals(List.of(), of(Person.UNKNOWN, "").subgroups());
    }

    private static DatasetCase of(Person person, String view) {
        return new DatasetCase("i", "p", "p", Split.TEST, view, person, Map.of(), "");
    }
}
