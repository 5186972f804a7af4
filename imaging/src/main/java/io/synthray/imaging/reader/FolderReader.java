package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Labels;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import java.util.function.Function;
import java.util.stream.Collectors;

/** This project's own layout, which {@link FolderDataset} reads. */
final class FolderReader implements DatasetReader {

    @Override
    public Listing read(DatasetSource source) {
        FolderDataset dataset = FolderDataset.open(source.path());
        ListingBuilder listing = new ListingBuilder()
                .labels(dataset.labels())
                .structures(dataset.structures())
                .grouping(dataset.grouping())
                .pixels(new Own(dataset));
        dataset.cases()
                .forEach(c -> listing.add(new ListedCase(
                        c.id(), c.patientId(), c.group(), c.split(), c.view(), Labels.copyOf(c.labels()), c.prompt())));
        return listing.build();
    }

    @Override
    public boolean recognises(Layout layout) {
        return layout.has("index.csv") && layout.hasLike("images");
    }

    private static final class Own implements Pixels {

        private final FolderDataset dataset;
        private final java.util.Map<String, DatasetCase> cases;

        Own(FolderDataset dataset) {
            this.dataset = dataset;
            this.cases = dataset.cases().stream().collect(Collectors.toMap(DatasetCase::id, Function.identity()));
        }

        @Override
        public GreyImage image(String id) {
            return dataset.image(cases.get(id));
        }

        @Override
        public Mask mask(String id, int width, int height) {
            return dataset.mask(cases.get(id));
        }

        @Override
        public String location(String id) {
            return "images/" + id + ".png";
        }

        @Override
        public long stamp(String id) {
            return dataset.stamp(cases.get(id));
        }
    }
}
