package io.synthray.schemas.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Property(tries = 300)
    void a_request_survives_its_key(
            @ForAll("studies") String study,
            @ForAll("arms") String arm,
            @ForAll @IntRange(min = 0, max = 40) int repeat,
            @ForAll @IntRange(min = 0) int index) {
        ImageSetId set = repeat == 0 ? ImageSetId.shared(study, arm) : ImageSetId.ofRepeat(study, arm, repeat);
        RequestId id = new RequestId(set, index);
        assertEquals(id, RequestId.parse(id.key()));
        assertTrue(id.hasKey(id.key()));
    }

    @Property
    void aRequestHasNoOtherKey(@ForAll("keys") String key, @ForAll("keys") String other) {
        assertEquals(key.equals(other), RequestId.parse(key).hasKey(other));
    }

    @Property(tries = 3000)
    void namesAreSpeltAsTheirPatternsSay(@ForAll("almostNames") String name) {
        assertEquals(name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"), Names.STUDY.matches(name), name);
        assertEquals(name.matches("[a-z0-9]([a-z0-9+-]{0,61}[a-z0-9])?"), Names.ARM.matches(name), name);
    }

    @Property
    void imageSetsAreSpeltAsTheirPatternSays(@ForAll("almostImageSets") String imageSet) {
        boolean spelt = imageSet.matches("shared|repeat-[1-9][0-9]{0,8}");
        boolean taken = true;
        try {
            assertEquals(imageSet, new ImageSetId("s", "a", imageSet).imageSet());
        } catch (IllegalArgumentException e) {
            taken = false;
        }
        assertEquals(spelt, taken, imageSet);
    }

    @Provide
    Arbitrary<String> almostImageSets() {
        return Combinators.combine(
                        Arbitraries.of("shared", "repeat-", "repeat", "Repeat-", ""),
                        Arbitraries.strings().withChars("0129-/:").ofMaxLength(11))
                .as((beginning, end) -> beginning + end);
    }

    /** Keys that often differ in one place only. */
    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> name = Arbitraries.of("a", "b", "a-a", "aa");
        return Combinators.combine(
                        name, name, Arbitraries.of("shared", "repeat-1", "repeat-11"), Arbitraries.of(0, 1, 11))
                .as((study, arm, set, index) -> study + "/" + arm + "/" + set + "/" + index);
    }

    @Provide
    Arbitrary<String> almostNames() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("az09-+").ofMaxLength(6),
                Arbitraries.strings().withChars("az09-+").ofMinLength(61).ofMaxLength(65),
                Arbitraries.strings().withChars("az09-+`{/:A_ \u00e4").ofMaxLength(4));
    }

    @Property(tries = 300)
    void a_trial_survives_its_key(
            @ForAll("studies") String study, @ForAll("arms") String arm, @ForAll @IntRange(min = 1) int repeat) {
        TrialId id = new TrialId(study, arm, repeat);
        assertEquals(id, TrialId.parse(id.key()));
    }

    @Provide
    Arbitrary<String> studies() {
        return Arbitraries.strings()
                .withChars("abz019-")
                .ofMinLength(1)
                .ofMaxLength(63)
                .filter(Names.STUDY::matches);
    }

    @Provide
    Arbitrary<String> arms() {
        return Arbitraries.strings()
                .withChars("abz019-+")
                .ofMinLength(1)
                .ofMaxLength(63)
                .filter(Names.ARM::matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a/b/shared", "a/b/shared/x", "a/b/shared/-1", "a/b/set/1", "A/b/shared/1", "a/b/repeat-0/1"
            })
    void a_misspelt_request_is_refused(String key) {
        assertThrows(IllegalArgumentException.class, () -> RequestId.parse(key));
    }

    @Test
    void the_refusal_says_what_was_expected_and_found() {
        String message = assertThrows(IllegalArgumentException.class, () -> ImageSetId.shared("Lungs!", "real"))
                .getMessage();
        assertTrue(message.contains("'Lungs!'") && message.contains("lower case letters"), message);
    }

    @Test
    void aRepeatCanHaveAVersionOfItsOwn() {
        ImageSetId third = ImageSetId.ofRepeat("lungs", "real+synthetic", 3);
        assertEquals("3", third.modelVersion(ImageSetId.VERSION_OF_REPEAT));
        assertEquals("7", third.modelVersion("7"));
        ImageSetId shared = ImageSetId.shared("lungs", "real+synthetic");
        assertEquals("7", shared.modelVersion("7"));
        assertThrows(IllegalArgumentException.class, () -> shared.modelVersion(ImageSetId.VERSION_OF_REPEAT));
    }
}
