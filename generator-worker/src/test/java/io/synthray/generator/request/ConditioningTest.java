package io.synthray.generator.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Mask;
import io.synthray.event.MaskStructure;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.RunLengths;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.sampler.SampleValues;
import io.synthray.inference.sampler.SamplerModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditioningTest {
    private static final SamplerModel MODEL = new SamplerModel(
            new ModelRef("sampler", "1"),
            1,
            4,
            4,
            List.of("heart", "left-lung", "right-lung"),
            4,
            1,
            "0".repeat(64),
            new SampleValues(Optional.empty()));

    @Test
    void structuresAreMappedByNameAndResizedAndTheOthersAreNotSpecified() {
        Mask mask = new Mask(
                2,
                2,
                List.of(new MaskStructure("right-lung", List.of(1, 1, 2)), new MaskStructure("heart", List.of(4))));
        byte[] none = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        byte[] rightUpperQuarter = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] tensor = Conditioning.of(mask).tensor(MODEL);
        assertArrayEquals(new byte[16], Arrays.copyOfRange(tensor, 0, 16), "heart is known to be absent");
        assertArrayEquals(none, Arrays.copyOfRange(tensor, 16, 32), "left lung");
        assertArrayEquals(rightUpperQuarter, Arrays.copyOfRange(tensor, 32, 48), "right lung");
    }

    @Test
    void withoutAMaskNothingIsSpecified() {
        Conditioning none = Conditioning.of(null);
        byte[] expected = new byte[48];
        Arrays.fill(expected, (byte) 255);
        assertArrayEquals(expected, none.tensor(MODEL));
        assertTrue(none.file().isEmpty());
    }

    @Test
    void theFileKeepsTheMaskAsItWasSent() {
        Mask mask = new Mask(3, 2, List.of(new MaskStructure("heart", List.of(2, 3, 1))));
        var read = BitSetPng.decode(Conditioning.of(mask).file().orElseThrow(), "mask");
        assertEquals(3, read.width());
        assertEquals(List.of(2, 3, 1), RunLengths.encode(read.plane("heart").orElseThrow()));
    }

    @Test
    void whatIsWrongIsNamed() {
        refused("left-clavicle", new Mask(1, 1, List.of(new MaskStructure("left-clavicle", List.of(1)))));
        refused("tail", new Mask(1, 1, List.of(new MaskStructure("tail", List.of(1)))));
        refused("2 x 2 = 4, found 3", new Mask(2, 2, List.of(new MaskStructure("heart", List.of(3)))));
        refused(
                "twice",
                new Mask(
                        1, 1, List.of(new MaskStructure("heart", List.of(1)), new MaskStructure("heart", List.of(1)))));
        refused("5000 x 1", new Mask(5000, 1, List.of()));
        refused("0 x 1", new Mask(0, 1, List.of()));
    }

    /** A mask of another shape would be stretched to an anatomy that nobody asked for. */
    @Test
    void masksHaveTheShapeOfTheModelsImages() {
        refused("mask: expected a square as the model's images are", new Mask(300, 100, List.of()));
        refused("found 100 x 102", new Mask(100, 102, List.of(new MaskStructure("heart", List.of(10200)))));
        assertEquals(48, Conditioning.of(new Mask(100, 101, List.of())).tensor(MODEL).length);
        assertEquals(48, Conditioning.of(new Mask(1024, 1024, List.of())).tensor(MODEL).length);
    }

    private static void refused(String named, Mask mask) {
        UnusableRequestException failure = assertThrows(
                UnusableRequestException.class, () -> Conditioning.of(mask).tensor(MODEL));
        assertTrue(failure.getMessage().contains(named), failure.getMessage());
    }
}
