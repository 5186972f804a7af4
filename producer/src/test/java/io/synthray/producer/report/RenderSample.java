package io.synthray.producer.report;

import io.synthray.imaging.store.ImageStores;
import io.synthray.producer.fixture.SampleStudy;
import java.nio.file.Path;

/** Writes the sample study's report, for a look at it: {@code RenderSample FILE STORE-DIRECTORY}. */
final class RenderSample {
    private RenderSample() {}

    public static void main(String[] arguments) {
        SampleStudy sample = SampleStudy.create();
        var images = sample.images(
                ImageStores.open(Path.of(arguments[1]).toAbsolutePath().toUri()), 4);
        HtmlReport.withRealPictures().write(Samples.complete(sample, images), Path.of(arguments[0]));
    }
}
