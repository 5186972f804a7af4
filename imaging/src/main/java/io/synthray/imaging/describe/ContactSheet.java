package io.synthray.imaging.describe;

import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.random.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A sheet of a data set's pictures with the outlines of masks and boxes drawn in. Where there are label files alone, masks are drawn on a dark
 * ground.
 *
 * @param cases the cases that are shown, row by row
 * @param picture the sheet
 */
public record ContactSheet(List<ListedCase> cases, BufferedImage picture) {

    private static final int GAP = 4;
    private static final int GROUND = 0x202020;
    private static final int NOMINAL = 1024;
    private static final float SHADE = 0.22f;

    /** Told apart by people who see colours differently (Okabe and Ito 2008). */
    private static final List<Integer> COLOURS =
            List.of(0x56b4e9, 0xe69f00, 0x009e73, 0xf0e442, 0xcc79a7, 0xd55e00, 0x0072b2, 0xffffff);

    private static final List<String> NAMES =
            List.of("sky blue", "orange", "green", "yellow", "purple", "vermilion", "blue", "white");

    /** Keeps a copy of the list. */
    public ContactSheet {
        cases = List.copyOf(cases);
    }

    /**
     * Makes a sheet of cases chosen at random, half of them with findings where there are any.
     *
     * @param count at most so many
     * @param side pixels along each side of a picture
     * @param seed names the choice
     * @throws io.synthray.imaging.image.ImageFormatException if a picture cannot be read
     */
    public static ContactSheet of(Listing listing, int count, int side, long seed) {
        List<ListedCase> cases = choose(listing, count, seed);
        int columns = Math.max(1, (int) Math.round(Math.sqrt(cases.size() * 1.5)));
        int rows = Math.max(1, (cases.size() + columns - 1) / columns);
        BufferedImage sheet =
                new BufferedImage(columns * (side + GAP) + GAP, rows * (side + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < cases.size(); i++) {
            int x = GAP + i % columns * (side + GAP);
            int y = GAP + i / columns * (side + GAP);
            draw(listing, cases.get(i), sheet, x, y, side);
        }
        return new ContactSheet(cases, sheet);
    }

    /** Colours by structure, those of {@link Listing#structures} in order; boxes have the first. */
    public static Map<String, String> legend(Listing listing) {
        Map<String, String> legend = new LinkedHashMap<>();
        for (int i = 0; i < listing.structures().size(); i++) {
            legend.put(listing.structures().get(i), NAMES.get(i % NAMES.size()));
        }
        return legend;
    }

    /** Writes the sheet as PNG. */
    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(picture, "png", out);
        }
    }

    private static List<ListedCase> choose(Listing listing, int count, long seed) {
        List<ListedCase> shuffled = new ArrayList<>(listing.cases());
        CounterRandom random = new CounterRandom(seed, 2);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        List<ListedCase> chosen = new ArrayList<>(shuffled.stream()
                .filter(c -> !c.labels().present().isEmpty())
                .limit((count + 1) / 2)
                .toList());
        shuffled.stream()
                .filter(c -> !chosen.contains(c))
                .limit(count - chosen.size())
                .forEach(chosen::add);
        return chosen;
    }

    private static void draw(Listing listing, ListedCase c, BufferedImage sheet, int x, int y, int side) {
        int width = NOMINAL;
        int height = NOMINAL;
        int[] tile = new int[side * side];
        java.util.Arrays.fill(tile, GROUND);
        if (listing.pixels().hasImages()) {
            GreyImage image = listing.pixels().image(c.id());
            width = image.width();
            height = image.height();
            byte[] levels = image.resize(side, side).toBytes();
            for (int i = 0; i < tile.length; i++) {
                tile[i] = (levels[i] & 0xff) * 0x010101;
            }
        }
        if (!listing.structures().isEmpty()) {
            Mask mask = listing.pixels().mask(c.id(), width, height).resize(side, side);
            for (int i = 0; i < listing.structures().size(); i++) {
                int colour = COLOURS.get(i % COLOURS.size());
                mask.plane(listing.structures().get(i)).ifPresent(plane -> outline(plane, colour, tile));
            }
        }
        List<Box> boxes = listing.pixels().boxes(c.id());
        if (!boxes.isEmpty()) {
            outline(Box.plane(boxes, width, height).resize(side, side), COLOURS.get(0), tile);
        }
        sheet.setRGB(x, y, side, side, tile, 0, side);
    }

    /** Pixels of a plane are tinted, those at its edge have the colour. */
    private static void outline(Plane plane, int colour, int[] tile) {
        int side = plane.width();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (plane.at(x, y)) {
                    boolean edge = x == 0
                            || y == 0
                            || x == side - 1
                            || y == side - 1
                            || !(plane.at(x - 1, y) && plane.at(x + 1, y) && plane.at(x, y - 1) && plane.at(x, y + 1));
                    tile[y * side + x] = edge ? colour : tinted(tile[y * side + x], colour);
                }
            }
        }
    }

    private static int tinted(int ground, int colour) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            float of = ((ground >> shift) & 0xff) * (1 - SHADE) + ((colour >> shift) & 0xff) * SHADE;
            mixed |= Math.round(of) << shift;
        }
        return mixed;
    }
}
