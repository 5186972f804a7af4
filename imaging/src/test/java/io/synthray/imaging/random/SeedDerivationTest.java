package io.synthray.imaging.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SeedDerivationTest {

    /** Expected values by Python's hashlib and struct. */
    @Test
    void seedsAreAsDefined() {
        assertEquals(-3645211408346327988L, SeedDerivation.derive(7, "request", "masked", "shared", "17"));
        assertEquals(2611097487953636842L, SeedDerivation.derive(-3, "\u00e9"));
    }

    @Test
    void pathsCannotRunIntoEachOther() {
        assertNotEquals(SeedDerivation.derive(1, "ab", "c"), SeedDerivation.derive(1, "a", "bc"));
        assertNotEquals(SeedDerivation.derive(1, "a\n1:b"), SeedDerivation.derive(1, "a", "b"));
    }
}
