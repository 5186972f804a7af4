package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.Listing;

/** Lists the cases of one kind of data set. Stateless. */
interface DatasetReader {

    /**
     * Lists what is at the source's path, pictures only where it is a folder.
     *
     * @throws io.synthray.imaging.dataset.DatasetException if an option is wrong or nothing of this kind is there
     */
    Listing read(DatasetSource source);

    /** Whether this reader's files are at a path. */
    boolean recognises(Layout layout);
}
