package io.synthray.producer.report;

import io.synthray.imaging.mask.Plane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Outlines of a plane as the data of an SVG path, in pixels of the plane. */
final class Contours {
    /** A corner of pixels: column and row of the grid's lines. */
    private record Corner(int x, int y) {}

    private final Map<Corner, Deque<Corner>> edges = new LinkedHashMap<>();

    private Contours() {}

    /**
     * Closed lines through the middles of the edges between inside and outside, which smooths the pixels' stairs. Empty for an
     * empty plane.
     */
    static String path(Plane plane) {
        Contours contours = new Contours();
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                if (plane.at(x, y)) {
                    contours.enter(plane, x, y);
                }
            }
        }
        return contours.trace();
    }

    /** The edges of one pixel that border on the outside, clockwise. */
    private void enter(Plane plane, int x, int y) {
        if (!inside(plane, x, y - 1)) {
            edge(new Corner(x, y), new Corner(x + 1, y));
        }
        if (!inside(plane, x + 1, y)) {
            edge(new Corner(x + 1, y), new Corner(x + 1, y + 1));
        }
        if (!inside(plane, x, y + 1)) {
            edge(new Corner(x + 1, y + 1), new Corner(x, y + 1));
        }
        if (!inside(plane, x - 1, y)) {
            edge(new Corner(x, y + 1), new Corner(x, y));
        }
    }

    private static boolean inside(Plane plane, int x, int y) {
        return x >= 0 && y >= 0 && x < plane.width() && y < plane.height() && plane.at(x, y);
    }

    private void edge(Corner from, Corner to) {
        edges.computeIfAbsent(from, corner -> new ArrayDeque<>()).add(to);
    }

    private String trace() {
        StringBuilder path = new StringBuilder();
        while (!edges.isEmpty()) {
            Corner start = edges.keySet().iterator().next();
            Corner at = start;
            char command = 'M';
            do {
                Corner next = take(at);
                path.append(command).append(half(at.x() + next.x())).append(' ').append(half(at.y() + next.y()));
                command = 'L';
                at = next;
            } while (!at.equals(start));
            path.append('Z');
        }
        return path.toString();
    }

    /** Every corner has as many edges in as out, so that a line never ends before its start. */
    private Corner take(Corner from) {
        Deque<Corner> ends = edges.get(from);
        Corner next = ends.remove();
        if (ends.isEmpty()) {
            edges.remove(from);
        }
        return next;
    }

    private static String half(int doubled) {
        return doubled % 2 == 0 ? Integer.toString(doubled / 2) : String.format(Locale.ROOT, "%.1f", doubled / 2.0);
    }
}
