package io.synthray.producer.report;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.Mask;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One picture of the page: a radiograph, alone or with the outlines of a mask, as an SVG that holds everything itself. */
final class Picture {
    /** Longest side of an embedded image; a larger one is shrunk, since a page shows it small. */
    static final int LARGEST = 256;

    private Picture() {}

    /**
     * A radiograph.
     *
     * @param alt what it shows, for those who do not see it
     * @param mask outlines to draw; null for none
     * @param structures the mask's structures to draw; a structure's place in the list is its colour
     */
    static String svg(GreyImage image, String alt, Mask mask, List<String> structures) {
        int longest = Math.max(image.width(), image.height());
        GreyImage shown = longest <= LARGEST
                ? image
                : image.resize(
                        Math.max(1, image.width() * LARGEST / longest),
                        Math.max(1, image.height() * LARGEST / longest));
        StringBuilder svg = new StringBuilder();
        svg.append("<svg class=\"picture\" role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">"
                .formatted(shown.width(), shown.height(), Markup.escape(alt)));
        String data = Base64.getEncoder().encodeToString(Png.encode(shown, Map.of()));
        svg.append("<image width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,%s\"/>"
                .formatted(shown.width(), shown.height(), data));
        if (mask != null) {
            outlines(svg, mask, structures, shown);
        }
        return svg.append("</svg>").toString();
    }

    private static void outlines(StringBuilder svg, Mask mask, List<String> structures, GreyImage shown) {
        svg.append("<g transform=\"scale(%s %s)\">"
                .formatted(
                        Numbers.plain((double) shown.width() / mask.width()),
                        Numbers.plain((double) shown.height() / mask.height())));
        for (int i = 0; i < structures.size(); i++) {
            int colour = colour(i);
            mask.plane(structures.get(i))
                    .map(Contours::path)
                    .filter(path -> !path.isEmpty())
                    .ifPresent(path -> svg.append("<path class=\"outline c%d\" d=\"%s\"/>".formatted(colour, path)));
        }
        svg.append("</g>");
    }

    /** Colours of the page, 0 to 7, repeat. */
    static int colour(int structure) {
        return structure % 8;
    }
}
