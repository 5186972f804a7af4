package io.synthray.evaluator.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.FileDigest;
import io.synthray.evaluator.event.StoredFile;
import io.synthray.evaluator.event.StoredImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePageTest {
    @Test
    void isFullWithItsLastImageWhereverItWasKeptBefore() {
        ImagePage page = new ImagePage();
        for (int index = ImagePage.INDEXES - 1; index > 0; index--) {
            page.add(index, image(index));
            assertFalse(page.isFull(), "with image " + index);
        }
        ImagePage kept = ImagePage.of(page.toBytes());
        assertFalse(kept.isFull());
        kept.add(0, image(0));
        assertTrue(kept.isFull());
        assertTrue(ImagePage.of(kept.toBytes()).isFull());
        assertEquals(ImagePage.INDEXES, kept.images().size());
        assertEquals(image(7), kept.images().get(7));
    }

    private static StoredImage image(int index) {
        FileDigest digest = FileDigest.parse("sha256", "%064x".formatted(index));
        return new StoredImage(new StoredFile(digest, "file:///images/", ".png"), null, List.of("heart"));
    }
}
