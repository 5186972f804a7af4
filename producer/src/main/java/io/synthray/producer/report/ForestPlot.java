package io.synthray.producer.report;

import io.synthray.event.Hypothesis;
import io.synthray.event.MetricPair;
import io.synthray.event.Statistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A forest plot: each comparison's mean difference with its interval, the repeats' own differences, zero, and margins. */
final class ForestPlot {
    private static final int WIDTH = 860;
    private static final int LEFT = 330;
    private static final int RIGHT = 640;
    private static final int TOP = 34;
    private static final int ROW = 46;
    private static final int LONGEST = 46;

    private final List<Statistics> statistics;
    private final double low;
    private final double high;
    private final double step;
    private final StringBuilder svg = new StringBuilder();

    private ForestPlot(List<Statistics> statistics) {
        this.statistics = statistics;
        double[] values =
                statistics.stream().flatMapToDouble(ForestPlot::values).toArray();
        double least = Math.min(0, DoubleStream.of(values).min().orElse(0));
        double most = Math.max(0, DoubleStream.of(values).max().orElse(0));
        double span = Math.max(most - least, 0.01);
        this.step = step(span);
        this.low = Math.floor((least - span * 0.04) / step) * step;
        this.high = Math.ceil((most + span * 0.04) / step) * step;
    }

    /** The plot as SVG; empty where no comparison has a pair yet. */
    static String svg(List<Statistics> statistics) {
        List<Statistics> known =
                statistics.stream().filter(s -> s.getMeanDifference() != null).toList();
        return known.isEmpty() ? "" : new ForestPlot(known).draw();
    }

    private static DoubleStream values(Statistics s) {
        DoubleStream pairs = s.getPairs().stream().mapToDouble(ForestPlot::difference);
        DoubleStream ends = Stream.of(s.getCiLow(), s.getCiHigh(), s.getMeanDifference())
                .filter(v -> v != null)
                .mapToDouble(v -> v);
        return DoubleStream.concat(
                DoubleStream.concat(pairs, ends), DoubleStream.of(-s.getPlan().getMargin()));
    }

    private static double difference(MetricPair pair) {
        return pair.getArm() - pair.getReference();
    }

    /** 1, 2 or 5 times a power of ten, so that there are 4 to 10 steps. */
    private static double step(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        for (double factor : new double[] {5, 2}) {
            if (span / (power * factor) >= 4) {
                return power * factor;
            }
        }
        return power;
    }

    private String draw() {
        int bottom = TOP + ROW * statistics.size();
        svg.append(
                "<svg class=\"forest\" role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"forest-title forest-desc\">"
                        .formatted(WIDTH, bottom + 48));
        svg.append("<title id=\"forest-title\">Forest plot of the differences</title><desc id=\"forest-desc\">%s</desc>"
                .formatted(Markup.escape(description())));
        text("axis-word", LEFT, TOP - 14, "start", "\u2190 arm lower");
        text("axis-word", RIGHT, TOP - 14, "end", "arm higher \u2192");
        text("axis-word", WIDTH, TOP - 14, "end", "difference [95% interval]");
        axis(bottom);
        for (int i = 0; i < statistics.size(); i++) {
            row(statistics.get(i), TOP + ROW * i + ROW / 2);
        }
        return svg.append("</svg>").toString();
    }

    private String description() {
        return String.join(
                " ",
                statistics.stream()
                        .map(s -> "%s, %s: %s, interval %s."
                                .formatted(
                                        StatisticsTable.subject(s.getPlan()),
                                        StatisticsTable.metric(s.getPlan()),
                                        Numbers.signed(s.getMeanDifference()),
                                        Numbers.interval(s.getCiLow(), s.getCiHigh())))
                        .toList());
    }

    private void axis(int bottom) {
        long ticks = Math.round((high - low) / step);
        for (long i = 0; i <= ticks; i++) {
            double value = low + i * step;
            boolean zero = Math.abs(value) < step / 1000;
            line(zero ? "zero" : "grid", x(value), TOP, x(value), bottom + 6);
            text("tick", x(value), bottom + 22, "middle", zero ? "0" : trimmed(value));
        }
        text("axis-word", (LEFT + RIGHT) / 2.0, bottom + 42, "middle", "difference of the metric, arm minus reference");
    }

    private String trimmed(double value) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%+." + decimals + "f", value).replace('-', '\u2212');
    }

    private void row(Statistics s, int y) {
        text(
                "subject",
                0,
                y - 3,
                "start",
                shortened(s.getPlan().getArm() + " \u2212 " + s.getPlan().getReference()));
        text(
                "metric",
                0,
                y + 14,
                "start",
                StatisticsTable.metric(s.getPlan()) + ", " + Verdict.of(s).word());
        if (s.getPlan().getHypothesis() == Hypothesis.NON_INFERIORITY) {
            double margin = x(-s.getPlan().getMargin());
            line("margin", margin, y - ROW / 2.0 + 3, margin, y + ROW / 2.0 - 3);
        }
        for (MetricPair pair : s.getPairs()) {
            svg.append("<circle class=\"pair\" cx=\"%s\" cy=\"%d\" r=\"3\"><title>repeat %d: %s</title></circle>"
                    .formatted(
                            number(x(difference(pair))), y + 11, pair.getRepeat(), Numbers.signed(difference(pair))));
        }
        if (s.getCiLow() != null && s.getCiHigh() != null) {
            line("interval", x(s.getCiLow()), y, x(s.getCiHigh()), y);
            line("interval", x(s.getCiLow()), y - 5, x(s.getCiLow()), y + 5);
            line("interval", x(s.getCiHigh()), y - 5, x(s.getCiHigh()), y + 5);
        }
        svg.append("<rect class=\"mean %s\" x=\"%s\" y=\"%d\" width=\"10\" height=\"10\"/>"
                .formatted(s.getMeanDifference() < 0 ? "below" : "above", number(x(s.getMeanDifference()) - 5), y - 5));
        String numbers = Numbers.signed(s.getMeanDifference()) + " " + Numbers.interval(s.getCiLow(), s.getCiHigh());
        text("value", WIDTH, y + 4, "end", numbers.replace('-', '\u2212'));
    }

    /** What fits beside the plot; the table has the whole. */
    private static String shortened(String subject) {
        return subject.length() <= LONGEST ? subject : subject.substring(0, LONGEST - 1) + "\u2026";
    }

    private double x(double value) {
        return LEFT + (value - low) / (high - low) * (RIGHT - LEFT);
    }

    private void line(String type, double x1, double y1, double x2, double y2) {
        svg.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(type, number(x1), number(y1), number(x2), number(y2)));
    }

    private void text(String type, double x, double y, String anchor, String text) {
        svg.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(type, number(x), number(y), anchor, Markup.escape(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
