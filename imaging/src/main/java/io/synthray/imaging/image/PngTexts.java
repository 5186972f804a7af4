package io.synthray.imaging.image;

import java.util.Map;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Puts texts into the PNG metadata tree of javax.imageio, format {@code javax_imageio_png_1.0}. */
final class PngTexts {

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngTexts() {}

    static void addTo(IIOMetadata metadata, Map<String, String> texts) throws IIOInvalidTreeException {
        IIOMetadataNode plain = new IIOMetadataNode("tEXt");
        IIOMetadataNode international = new IIOMetadataNode("iTXt");
        texts.forEach((keyword, value) -> {
            if (!keyword.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,77}[\\x21-\\x7e])?")) {
                throw new IllegalArgumentException(
                        "expected a PNG keyword of 1 to 79 printable ASCII characters, found '" + keyword + "'");
            }
            if (value.matches("[\\n\\x20-\\x7e\\xa1-\\xff]*")) {
                plain.appendChild(entry("tEXtEntry", Map.of("keyword", keyword, "value", value)));
            } else {
                international.appendChild(entry(
                        "iTXtEntry",
                        Map.of(
                                "keyword", keyword,
                                "compressionFlag", "FALSE",
                                "compressionMethod", "0",
                                "languageTag", "",
                                "translatedKeyword", "",
                                "text", value)));
            }
        });
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        if (plain.hasChildNodes()) {
            root.appendChild(plain);
        }
        if (international.hasChildNodes()) {
            root.appendChild(international);
        }
        metadata.mergeTree(FORMAT, root);
    }

    private static IIOMetadataNode entry(String name, Map<String, String> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach(node::setAttribute);
        return node;
    }
}
