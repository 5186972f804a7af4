package io.synthray.generator.request;

import io.synthray.event.GenerationRequest;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.inference.sampler.SampledImage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image's PNG file: 8-bit greyscale, with where it comes from in text chunks. Nothing in it depends on time, worker or
 * attempt, so that equal pixels give equal files and repeated work gives the same object in the store.
 */
final class ImageFile {
    private ImageFile() {}

    /** Encodes a sample; pixels are rounded half up to 0..255. */
    static byte[] encode(SampledImage image, GenerationRequest request) {
        return Png.encode(GreyImage.of(image.side(), image.side(), image.pixels()), texts(image, request));
    }

    private static Map<String, String> texts(SampledImage image, GenerationRequest request) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("Title", "SYNTHETIC radiograph " + request.getRequest());
        texts.put("Description", "SYNTHETIC image made by a generative model; it shows no patient.");
        texts.put("Software", "Synthray");
        texts.put("Synthray-Request", request.getRequest());
        texts.put("Synthray-Model", image.model().name());
        texts.put("Synthray-Model-Version", image.model().version());
        texts.put("Synthray-Weights-SHA256", image.weightsSha256());
        texts.put("Synthray-Seed", Long.toString(request.getSeed()));
        texts.put("Synthray-Prompt", request.getPrompt());
        texts.put("Synthray-Negative-Prompt", request.getNegativePrompt());
        texts.put("Synthray-Text-Guidance", Float.toString(request.getTextGuidance()));
        texts.put("Synthray-Mask-Guidance", Float.toString(request.getMaskGuidance()));
        return texts;
    }
}
