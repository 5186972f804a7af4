package io.synthray.generator.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.GenerationRequest;
import io.synthray.imaging.image.GreySamples;
import io.synthray.imaging.image.Png;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.sampler.SampledImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageFileTest {
    private static final GenerationRequest REQUEST = GenerationRequest.newBuilder()
            .setRequest("study/arm/shared/7")
            .setStudy("study")
            .setArm("arm")
            .setImageSet("shared")
            .setIndex(7)
            .setModel("sampler")
            .setModelVersion("2")
            .setSeed(-5)
            .setPrompt("\u80f8 effusion")
            .setNegativePrompt("")
            .setTextGuidance(1.5f)
            .setMaskGuidance(2)
            .setMask(null)
            .setLabels(List.of())
            .build();
    private static final SampledImage IMAGE =
            new SampledImage(2, new float[] {0, 0.5f / 255, 0.998f, 1}, new ModelRef("sampler", "2"), "ab".repeat(32));

    @Test
    void pixelsAreRoundedHalfUp() {
        GreySamples samples = Png.decodeSamples(ImageFile.encode(IMAGE, REQUEST), "image");
        assertArrayEquals(new byte[] {0, 1, (byte) 254, (byte) 255}, samples.samples());
    }

    @Test
    void textsTellWhereItComesFromAndThatItIsSynthetic() {
        Map<String, String> texts = Png.texts(ImageFile.encode(IMAGE, REQUEST), "image");
        assertEquals("Synthray", texts.get("Software"));
        assertTrue(texts.get("Description").contains("SYNTHETIC"));
        assertEquals("study/arm/shared/7", texts.get("Synthray-Request"));
        assertEquals("sampler", texts.get("Synthray-Model"));
        assertEquals("2", texts.get("Synthray-Model-Version"));
        assertEquals("ab".repeat(32), texts.get("Synthray-Weights-SHA256"));
        assertEquals("-5", texts.get("Synthray-Seed"));
        assertEquals("\u80f8 effusion", texts.get("Synthray-Prompt"));
        assertEquals("1.5", texts.get("Synthray-Text-Guidance"));
    }

    @Test
    void equalSamplesGiveEqualFiles() {
        assertArrayEquals(ImageFile.encode(IMAGE, REQUEST), ImageFile.encode(IMAGE, REQUEST));
    }
}
