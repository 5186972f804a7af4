package io.synthray.producer.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A study's results as one HTML page that needs nothing else: pictures, plot and style are inside. The page is well-formed XML,
 * too. Its pictures of real radiographs come from the plan's dataset and are left out, with a word on why, where that cannot be read.
 */
public final class HtmlReport {
    private final boolean realPictures;

    private HtmlReport(boolean realPictures) {
        this.realPictures = realPictures;
    }

    /** Reports with the real radiographs beside the synthetic ones. */
    public static HtmlReport withRealPictures() {
        return new HtmlReport(true);
    }

    /** Reports without a pixel of a real radiograph, for those to whom the dataset must not be shown. */
    public static HtmlReport withoutRealPictures() {
        return new HtmlReport(false);
    }

    /** The page. */
    public String render(StudyResults results) {
        RealCases real = realPictures
                ? RealCases.of(results.study().getPlan())
                : RealCases.absent("this report was asked to leave them out");
        return render(new PageBuilder(results, real).build(version()));
    }

    /**
     * Writes the page; a reader sees the file whole or not at all. Missing directories are made.
     *
     * @throws OutputException when it cannot be written
     */
    public void write(StudyResults results, Path file) {
        WholeFile.write(file, render(results));
    }

    static String render(Page page) {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.html.mustache")) {
            String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Mustache.compiler()
                    .withEscaper(Markup::escape)
                    .compile(template)
                    .execute(page);
        } catch (IOException e) {
            throw new UncheckedIOException("report.html.mustache is part of the library", e);
        }
    }

    private static String version() {
        String version = HtmlReport.class.getPackage().getImplementationVersion();
        return version == null ? "of a development build" : version;
    }
}
